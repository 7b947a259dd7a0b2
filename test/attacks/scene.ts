// The place where attacks are played: a town with an accepted incident that holds a secret, another incident, and what an attacker may have captured.
import { dispatch } from '#dispatch.ts';
import type { Recorded } from '#incident/event.ts';
import { replyAddress } from '#incident/thread.ts';
import { take } from '#intake.ts';
import { fingerprint, fingerprintOf } from '#mail/fingerprint.ts';
import { type Held, type Office, openOffice } from '#office/office.ts';
import type { Taken } from '#office/taken.ts';
import { marks } from '#test/attacks/attack.ts';
import { openTown, type Person, people, type Received, type Town, type Writing } from '#test/town.ts';
import { after } from '#time.ts';

/** An incident as a member and its reporter see it. */
export interface Case {
  readonly id: string;
  /** Where the team's members write about it: the address with the token. */
  readonly address: string;
  /** The letter that brought the report to the lead. */
  readonly letter: Received;
  /** What the reporter got: the acknowledgement. */
  readonly acknowledgement: Received;
}

/** A letter that left, unopened. One that says the same to another member as the one before is not written twice: it has no bytes. */
export interface Left {
  readonly kind: string;
  readonly audience: string;
  /** The incident it is about, or the team's own matters. */
  readonly subject: string | undefined;
  readonly to: string;
  readonly seal: string;
  readonly bytes: Buffer | undefined;
}

/** Everything an attack may lean on. `here` is the incident it aims at, `other` another one with a reporter of its own. */
export interface Scene {
  readonly town: Town;
  readonly office: Office;
  readonly here: Case;
  readonly other: Case;
  now(): Date;
  /** A number that was not used before. */
  serial(): number;
  /** A forged command, and words that bind it to the incident as a signed mail must be bound. */
  evil(): string;
  bound(words: string): string;
  /** A note that must be obeyed, bound likewise. */
  honest(): string;
  /** A mail of somebody of the town that lies on the wire: an attacker has its bytes, we do not. */
  onTheWire(who: Person, writing: Writing): Promise<Buffer>;
  /** A sealed and signed mail with the secret in it, captured on its way to the team; it never arrived. */
  captured(who?: Person): Promise<Buffer>;
  /** Certificates that the roster holds beside those of the town. */
  hold(...held: readonly Held[]): void;
  arrives(bytes: Buffer): Promise<Taken>;
  /** Sends what is due. */
  leaves(): Promise<Left[]>;
  journal(id: string): Promise<readonly Recorded[]>;
  /** The bytes under which a taken mail is kept. */
  kept(taken: Taken, bytes: Buffer): Promise<Buffer | undefined>;
}

/** The town in which all scenes are set: opening one takes a second. */
export interface Ground {
  readonly town: Town;
  readonly other: Case;
  scene(released?: boolean): Promise<Scene>;
  close(): Promise<void>;
}

/** Opens the town and its other incident. */
export async function openGround(): Promise<Ground> {
  const distributors = (['acme', 'beta'] as const).map((id) => ({ id, name: `${id} os`, addresses: [people[id]] }));
  // Two members are enough to be taken for each other, and each letter less is time.
  const members = (['lead', 'second'] as const).map((handle) => ({ handle, name: `${handle} example`, addresses: [people[handle]] }));
  const engineers = [people.engineer, people.tester, colleague].map((address) => {
    const handle = address.split('@', 1)[0];
    return { handle, name: `${handle} example`, addresses: [address], roles: ['engineer'] };
  });
  const town = await openTown({
    roster: {
      members: [...members, ...engineers],
      oncall: { from: '2026-03-02', order: ['lead', 'second'] },
      distributors,
      administrator: { name: 'Access Desk', address: people.administrator },
    },
    certificates: ['lead', 'second', 'acme', 'beta', 'engineer', 'tester'],
  });
  const count = { mails: 0, serial: 0 };
  const other = await incident(town, 'another finding', 'reporter', otherCve);
  return { town, other, scene: (released = false) => setScene(town, other, count, released), close: () => town.close() };
}

/** An engineer who is on file and was never invited into anything. */
export const colleague = 'colleague@example.com';

/** The id of the other incident; one names one vulnerability. */
export const otherCve = 'CVE-1900-0001';

const prepared = (cve: string) => `/accept
/lead me
/cve ${cve}
/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
/note ${marks.secret} in a note
/set title ${marks.embargoed} traversal
/set impact ${marks.embargoed} reads every secret
/schedule 2026-03-16
/draft notice`;

async function incident(town: Town, subject: string, who: Person | string, cve: string): Promise<Case> {
  await town.writes(who, { subject, text: 'The controller follows links out of its directory.' });
  const letters = await town.post();
  const letter = letters.find(({ kind, to }) => kind === 'report' && to === people.lead);
  const acknowledgement = letters.find(({ kind }) => kind === 'acknowledgement');
  const id = /SRC-[0-9A-Z]{6}/.exec(letter?.subject ?? '')?.[0] ?? /SRC-[0-9A-Z]{6}/.exec(letter?.opened.message.subject ?? '')?.[0];
  if (!letter || !acknowledgement || !id) throw new Error('the report brought no letters');
  const { transcript } = await town.writes('lead', { answers: letter, signed: true, text: prepared(cve) });
  // An incident without the secret would prove nothing.
  const refused = transcript.find(({ outcome }) => outcome !== 'done');
  if (refused) throw new Error(`${refused.line}: ${refused.text}`);
  await town.post();
  return { id, address: replyAddress(town.office, id, 'team', town.office.mac), letter, acknowledgement };
}

/** The notice goes out: approved and confirmed by the second member. */
async function release(town: Town, { id, letter }: Case): Promise<void> {
  const draft = (await town.store.subjects.peek(id))?.recorded.map(({ event }) => event).find(({ type }) => type === 'drafted');
  const mark = draft?.type === 'drafted' ? draft.mark : '';
  await town.writes('second', { answers: letter, signed: true, text: `About ${id}\n/approve notice ${mark}` });
  await town.writes('lead', { answers: letter, signed: true, text: '/notify because they fix it with us' });
  const preview = (await town.post()).find(({ kind, to }) => kind === 'preview' && to === people.second);
  const code = /\/confirm ([0-9A-Z]{6})/.exec(preview?.text ?? '')?.[1] ?? '';
  await town.writes('second', { answers: letter, signed: true, text: `About ${id}\n/confirm ${code}` });
  const told = (await town.post()).filter(({ kind }) => kind === 'notice');
  if (told.length !== 2) throw new Error('the notice did not reach both distributors');
}

async function setScene(town: Town, other: Case, count: { mails: number; serial: number }, released: boolean): Promise<Scene> {
  const number = ++count.serial;
  const here = await incident(town, 'a finding', `finder-${number}@example.net`, `CVE-1900-${10_000 + number}`);
  if (released) await release(town, here);
  const { store } = town;
  let { office } = town;
  const now = () => town.now();
  const bound = (words: string) => `About ${here.id}:\n\n${words}`;
  return {
    town,
    get office() {
      return office;
    },
    here,
    other,
    now,
    serial: () => ++count.serial,
    evil: () => `/reply ${marks.evil} ${++count.serial}`,
    bound,
    honest: () => bound(`/note ${marks.honest} ${++count.serial}`),
    onTheWire: (who, writing) => town.bytesOf(who, writing),
    captured: (who = 'second') =>
      town.bytesOf(who, {
        answers: here.letter,
        subject: `${marks.secret} in the subject`,
        text: `${marks.secret} is how it is done, ${++count.serial}.\n\n/exploit ${marks.secret} with this\n`,
        signed: true,
        encrypted: true,
      }),
    hold(...held) {
      office = openOffice({ ...office, held: [...office.held, ...held], formerKeys: [] });
    },
    arrives: (bytes) =>
      take(
        { place: { mailbox: 'INBOX', uidValidity: '2', uid: ++count.mails }, size: bytes.length, arrived: now(), bytes },
        office,
        town.world,
      ),
    async leaves() {
      const left: Left[] = [];
      const written = new Set<string>();
      for (;;) {
        const leased = await store.outbox.lease({ now: now(), holder: 'test', most: 50, until: after(now(), '5m') });
        if (leased.length === 0) return left;
        for (const row of leased) {
          const { kind, audience, seal, facts } = row.letter;
          const alike = `${row.subject} ${kind} ${JSON.stringify(facts)}`;
          if (audience === 'team' && written.has(alike)) {
            left.push({ kind, audience, seal, subject: row.subject, to: row.letter.to.address, bytes: undefined });
            await store.outbox.sent(row.id, row.fence, now(), '250 2.0.0 Ok');
            continue;
          }
          written.add(alike);
          const relay = {
            async hand({ to, bytes }: { readonly to: string; readonly bytes: Buffer }) {
              left.push({ kind, audience, seal, subject: row.subject, to, bytes });
              return { outcome: 'accepted', response: '250 2.0.0 Ok' } as const;
            },
            close: async () => undefined,
          };
          await dispatch(row, office, relay, town.world);
        }
      }
    },
    journal: async (id) => ((await store.subjects.peek(id))?.recorded as readonly Recorded[]) ?? [],
    async kept({ message }, bytes) {
      const print = message ? [fingerprint(message), fingerprintOf(bytes)] : [fingerprintOf(bytes)];
      for (const one of print) {
        const seen = await store.messages.seen({ team: office.name, place: nowhere, fingerprint: one });
        if (seen) return (await store.messages.message(seen.message))?.raw;
      }
      return undefined;
    },
  };
}

const nowhere = { mailbox: 'nowhere', uidValidity: '0', uid: 0 };
