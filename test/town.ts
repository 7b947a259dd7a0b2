// A small town for tests of the whole way: a team, its people with keys, distributors, a settable clock, and a post made of arrays.
import { createHmac, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { type Received, read } from '#cli/rehearsal-mail.ts';
import { dispatch } from '#dispatch.ts';
import { take } from '#intake.ts';
import { compileTemplates, type Templates } from '#letter/template.ts';
import { openLog } from '#log.ts';
import { composeClear, type Outgoing } from '#mail/compose.ts';
import { defaultLimits } from '#mail/entity.ts';
import { lookThrough, mindRegister } from '#office/minding.ts';
import { type Office, openOffice } from '#office/office.ts';
import { teamSubject } from '#office/register.ts';
import { registerDeadline } from '#office/registering.ts';
import type { Taken } from '#office/taken.ts';
import type { World } from '#office/world.ts';
import { type OwnKey, readOwnKey } from '#pgp/keyring.ts';
import { makeKey } from '#pgp/make-key.ts';
import { autocryptField, seal } from '#pgp/seal.ts';
import type { HandOver, Relay } from '#post/smtp.ts';
import type { Store } from '#store/store.ts';
import { Roster } from '#team/roster.ts';
import { policySaid } from '#test/config/policies.ts';
import { testStore } from '#test/store/database.ts';
import { after, type Span } from '#time.ts';
import { ring } from '#watch.ts';

export type { Received };

/** How somebody writes a mail. */
export interface Writing {
  readonly to?: string;
  readonly subject?: string;
  readonly text: string;
  /** Answers this letter: its Reply-To, its subject, its Message-ID. */
  readonly answers?: Received;
  /** Signed with the writer's own key, with that of another address, with this one, or at another time than now. */
  readonly signed?: boolean | { readonly by?: string; readonly key?: OwnKey; readonly at?: Date };
  readonly encrypted?: boolean;
  readonly name?: string;
  readonly attachments?: Outgoing['attachments'];
  /** The key that the writer's mail program announces by itself. */
  readonly autocrypt?: OwnKey;
}

const begin = new Date('2026-03-02T09:00:00Z');
const domain = 'example.org';
export const team = `security@${domain}`;
/** Who has a key in this town: handle or name -> address. */
export const people = {
  lead: `lead@${domain}`,
  second: `second@${domain}`,
  third: `third@${domain}`,
  reporter: 'reporter@example.net',
  acme: 'security@acme.example.net',
  beta: 'psirt@beta.example.net',
  engineer: 'engineer@example.com',
  tester: 'tester@example.com',
  administrator: 'administrator@example.com',
} as const;
export type Person = keyof typeof people;

const keys = new Map<string, Promise<OwnKey>>();

/** The key of an address, made once for a run of the tests; a year old when the story begins. */
export function keyOf(address: string): Promise<OwnKey> {
  const known = keys.get(address);
  if (known) return known;
  const made = makeKey({ name: `TEST ${address}`, email: address, now: after(begin, '-365d' as Span) }).then((key) =>
    readOwnKey(key.private),
  );
  keys.set(address, made);
  return made;
}

let compiled: Promise<Templates> | undefined;
function templates(): Promise<Templates> {
  compiled ??= compileTemplates(
    Object.fromEntries(readdirSync('templates').map((file) => [file, readFileSync(`templates/${file}`, 'utf8')])),
  ).then((result) => {
    if (Array.isArray(result)) throw new Error(result.join('\n'));
    return result as Templates;
  });
  return compiled;
}

export interface Town {
  /** As it stands now. */
  readonly office: Office;
  readonly store: Store;
  readonly world: World;
  now(): Date;
  /** Lets time pass, rings what came due on the way (in steps of an hour unless another is given), and answers with the letters that left. */
  pass(time: Span, step?: Span): Promise<Received[]>;
  /** Somebody writes; the mail is taken. Letters leave with `post()`. */
  writes(person: Person | string, writing: Writing): Promise<Taken>;
  /** Bytes arrive as they are. */
  arrives(bytes: Buffer): Promise<Taken>;
  /** Sends what is due and answers with it. */
  post(): Promise<Received[]>;
  /** What the relay answers from now on, by recipient; undefined accepts. */
  relayAnswers(answer: (to: string) => HandOver | undefined): void;
  bytesOf(person: Person | string, writing: Writing): Promise<Buffer>;
  /** The operator changes policy or roster; it holds from now on. */
  change(changes: Changes): void;
  /** From now on a person signs with this key, and still reads with those before. */
  holds(person: Person | string, key: OwnKey): void;
  close(): Promise<void>;
}

/** What an operator writes into policy.yaml and roster.yaml beside what the town has. */
export interface Changes {
  /** Certificates on file instead of the usual one, by handle or id; `team` is the team's own key. */
  readonly keys?: Readonly<Record<string, OwnKey>>;
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly roster?: Readonly<Record<string, unknown>>;
  readonly checkouts?: Office['checkouts'];
}

const rosterOfTown = {
  members: (['lead', 'second', 'third'] as const).map((handle) => ({ handle, name: `${handle} example`, addresses: [people[handle]] })),
  oncall: { from: '2026-03-02', order: ['lead', 'second', 'third'] },
  distributors: [
    { id: 'acme', name: 'Acme Linux', addresses: [people.acme] },
    { id: 'beta', name: 'Beta OS', addresses: [people.beta] },
    { id: 'gamma', name: 'Gamma Cloud', addresses: ['security@gamma.example.net'] },
  ],
  channels: [
    { kind: 'mail', name: 'announce', address: `announce@lists.${domain}` },
    { kind: 'paste', name: 'chat', where: '#announcements' },
  ],
  retrospective: ['announce'],
  cna: { name: 'Example CNA', address: `cna@${domain}` },
};

// The digest of the week would stand in every story that lasts longer than one: who wants it says so.
function withoutWeekly(policy: Changes['policy']): Readonly<Record<string, unknown>> {
  return policy?.extends === undefined ? { at: '08:00', urgent: '24h', weekly: null } : { weekly: null };
}

function rules({ policy, roster }: Changes): Pick<Office, 'policy' | 'roster'> {
  return {
    policy: policySaid({ reminders: withoutWeekly(policy), ...policy }),
    roster: Roster.parse({ ...rosterOfTown, ...roster }),
  };
}

async function officeOf(changes: Changes, holders: readonly Person[] = ['lead', 'second', 'third', 'acme', 'beta']): Promise<Office> {
  const held = [];
  for (const who of holders) held.push({ who, certificate: (changes.keys?.[who] ?? (await keyOf(people[who]))).certificate });
  return openOffice({
    name: 'security',
    title: 'Example Security Response Committee',
    prefix: 'SRC',
    address: team,
    subaddressing: true,
    authserv: [`mx.${domain}`],
    ...rules(changes),
    ...(changes.checkouts && { checkouts: changes.checkouts }),
    key: changes.keys?.team ?? (await keyOf(team)),
    formerKeys: [],
    held,
    templates: await templates(),
    mac: (text) => createHmac('sha256', 'not a secret').update(text).digest('hex'),
  });
}

/** Opens a town with the shipped Kubernetes policy, changed by `policy` where given; `certificates` says who has one on the roster. */
export async function openTown(
  options: Changes & { readonly store?: Store; readonly certificates?: readonly Person[] } = {},
): Promise<Town> {
  const opened = options.store ? { store: options.store, end: async () => undefined } : await testStore();
  let clock = begin;
  let serial = 0;
  let uid = 0;
  // Another town over the same store is the same team after a restart, with other mails.
  const uidValidity = randomBytes(6).toString('hex');
  let office = await officeOf(options, options.certificates);
  const world: World = {
    store: opened.store,
    clock: () => clock,
    random: (count) => randomBytes(count),
    limits: defaultLimits,
    log: openLog({ level: 'silent' }),
  };
  let answer: (to: string) => HandOver | undefined = () => undefined;
  const newKeys = new Map<string, OwnKey[]>();
  for (const [who, key] of Object.entries(options.keys ?? {})) newKeys.set(people[who as Person] ?? who, [key]);
  const keysOf = async (address: string) => [...(newKeys.get(address) ?? []), await keyOf(address)];
  await lookThrough(office, world);

  const bytesOf: Town['bytesOf'] = async (person, { to, subject, text, answers, signed, encrypted, name = '', attachments, autocrypt }) => {
    const address = people[person as Person] ?? person;
    const mail: Outgoing = {
      from: { address, name },
      to: [{ address: to ?? answers?.replyTo ?? team, name: '' }],
      subject: subject ?? (answers ? `Re: ${answers.subject}` : 'hello'),
      date: clock,
      messageId: `test-${++serial}-${randomBytes(4).toString('hex')}@${address.split('@')[1]}`,
      ...(answers && { inReplyTo: answers.messageId, references: [answers.messageId] }),
      text,
      ...(attachments && { attachments }),
      ...(autocrypt && { extra: [autocryptField(autocrypt, address)] }),
    };
    if (!signed && !encrypted) return composeClear(mail);
    const { by = address, at = clock, key: given } = typeof signed === 'object' ? signed : {};
    const [key] = given ? [given] : await keysOf(by);
    if (!key) throw new Error(`${by} has no key`);
    const outerSubject = answers ? `Re: ${answers.subject}` : '...';
    const sealed = await seal(mail, {
      key,
      certificate: encrypted ? office.key.certificate : undefined,
      seal: encrypted ? 'must' : 'never',
      outerSubject,
      now: at,
    });
    if ('refused' in sealed) throw new Error(sealed.refused);
    return sealed.bytes;
  };

  const town: Town = {
    get office() {
      return office;
    },
    store: opened.store,
    world,
    now: () => clock,
    bytesOf,
    change(changes) {
      office = { ...office, ...rules(changes) };
    },
    holds(person, key) {
      const address = people[person as Person] ?? person;
      newKeys.set(address, [key, ...(newKeys.get(address) ?? [])]);
    },
    relayAnswers(next) {
      answer = next;
    },
    arrives: (bytes) =>
      take({ place: { mailbox: 'INBOX', uidValidity, uid: ++uid }, size: bytes.length, arrived: clock, bytes }, office, world),
    writes: async (person, writing) => town.arrives(await bytesOf(person, writing)),
    async post() {
      const look = (await opened.store.deadlines.of(teamSubject(office))).find(({ key }) => key === registerDeadline);
      if (look && look.dueAt <= clock) await mindRegister(office, world);
      const sent: Parameters<typeof read>[0][] = [];
      for (;;) {
        const leased = await opened.store.outbox.lease({ now: clock, holder: 'test', most: 50, until: after(clock, '5m') });
        if (leased.length === 0) break;
        for (const row of leased) {
          const { kind, audience, to: recipient } = row.letter;
          const relay: Relay = {
            async hand({ to, bytes }) {
              const said = answer(to);
              if (!said || said.outcome === 'accepted') sent.push({ kind, audience, who: recipient.who, to, bytes });
              return said ?? { outcome: 'accepted', response: '250 2.0.0 Ok' };
            },
            close: async () => undefined,
          };
          await dispatch(row, office, relay, world);
        }
      }
      return Promise.all(sent.map(async (one) => read(one, await keysOf(one.to), office, clock)));
    },
    async pass(time, step = '1h') {
      const end = after(clock, time);
      const letters: Received[] = [];
      const { deadlines, outbox } = opened.store;
      for (let next = await earliest(deadlines.nextDue(), outbox.next()); clock < end; ) {
        clock = new Date(Math.min(end.getTime(), after(clock, step).getTime()));
        // Nothing rings and nothing leaves: nobody is asked.
        if (!next || next > clock) continue;
        for (const due of await deadlines.due({ now: clock, most: 100, until: after(clock, '1m') })) await ring(due, office, world);
        letters.push(...(await town.post()));
        next = await earliest(deadlines.nextDue(), outbox.next());
      }
      return letters;
    },
    close: opened.end,
  };
  return town;
}

async function earliest(...moments: readonly Promise<Date | undefined>[]): Promise<Date | undefined> {
  const known = (await Promise.all(moments)).filter((moment) => moment !== undefined);
  return known.length > 0 ? new Date(Math.min(...known.map(Number))) : undefined;
}
