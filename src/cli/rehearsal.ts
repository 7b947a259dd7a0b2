// The house of a rehearsal: the real parts over a database in memory, with a clock that is moved and a post that ends here. Nothing leaves.
import { createHmac, randomBytes } from 'node:crypto';
import { type Received, read } from '#cli/rehearsal-mail.ts';
import { dispatch } from '#dispatch.ts';
import { take } from '#intake.ts';
import type { Templates } from '#letter/template.ts';
import { openLog } from '#log.ts';
import { defaultLimits } from '#mail/entity.ts';
import { lookThrough } from '#office/minding.ts';
import { type Office, openOffice } from '#office/office.ts';
import type { Taken } from '#office/taken.ts';
import type { World } from '#office/world.ts';
import { type OwnKey, readOwnKey } from '#pgp/keyring.ts';
import { makeKey } from '#pgp/make-key.ts';
import type { Relay } from '#post/smtp.ts';
import type { Database } from '#store/database.ts';
import { openStore } from '#store/store.ts';
import { openVault } from '#store/vault.ts';
import { holderOf } from '#team/holder.ts';
import type { Policy } from '#team/policy.ts';
import type { Roster } from '#team/roster.ts';
import { after } from '#time.ts';
import { ring } from '#watch.ts';

/** The team that rehearses. No key of it is asked for: all are made for the rehearsal, so that nothing in it could pass for real. */
export interface Rehearsing {
  readonly name: string;
  readonly title: string;
  readonly prefix: string;
  readonly address: string;
  readonly subaddressing: boolean;
  readonly policy: Policy;
  readonly roster: Roster;
  readonly checkouts?: Office['checkouts'];
  readonly templates: Templates;
  /** Who of the roster is played with a key: handles, ids, `cna`, `administrator`, `operator`. */
  readonly keyed: readonly string[];
}

export interface Rehearsal {
  readonly office: Office;
  readonly world: World;
  now(): Date;
  /** The key that somebody is played with: a name of the roster, or an address outside that was given one by `giveKey`. */
  keyOf(whoOrAddress: string): OwnKey | undefined;
  giveKey(address: string): Promise<OwnKey>;
  /** The mail is taken. What leaves then, `post` hands out. */
  arrives(bytes: Buffer): Promise<Taken>;
  /** Rings what has come, and answers with everything that leaves now, as its recipients read it. */
  post(): Promise<Received[]>;
  /** The next moment up to `end` at which something rings or leaves by itself; undefined when nothing does. */
  next(end: Date): Promise<Date | undefined>;
  /** Moves the clock, never back; then as `post`. */
  moveTo(moment: Date): Promise<Received[]>;
  close(): Promise<void>;
}

/** Opens the house at a moment, over an empty database that is closed with it. */
export async function openRehearsal(team: Rehearsing, begins: Date, database: Database): Promise<Rehearsal> {
  const keys = new Map<string, OwnKey>();
  const giveKey = async (name: string, address = name) => {
    // Older than the first mail, or no signature of that day would count.
    const made = await makeKey({ name: `REHEARSAL ${address}`, email: address, now: after(begins, '-365d') });
    const key = await readOwnKey(made.private);
    keys.set(name, key);
    return key;
  };
  const key = await giveKey(team.address);
  const held = [];
  for (const who of team.keyed) {
    const holder = holderOf(team.roster, who);
    if (holder) held.push({ who, certificate: (await giveKey(who, holder.addresses[0] ?? who)).certificate });
  }
  const office = officeOf(team, key, held);
  const vault = openVault({ keys: [{ id: 'rehearsal', key: randomBytes(32) }], mac: randomBytes(32) });
  let clock = begins;
  let uid = 0;
  const world: World = {
    store: await openStore(database, vault),
    clock: () => clock,
    random: (count) => randomBytes(count),
    limits: defaultLimits,
    log: openLog({ level: 'silent' }),
  };
  await lookThrough(office, world);

  const rehearsal: Rehearsal = {
    office,
    world,
    now: () => clock,
    keyOf: (name) => keys.get(name),
    giveKey: (address) => giveKey(address),
    arrives: (bytes) =>
      take({ place: { mailbox: 'INBOX', uidValidity: '1', uid: ++uid }, size: bytes.length, arrived: clock, bytes }, office, world),
    async post() {
      const received: Received[] = [];
      const keysOf: KeysOf = (who, to) => [keys.get(who), keys.get(to)].filter((one) => one !== undefined);
      // What rings can let something else ring at the same moment: the announcement, and then what is due after it.
      for (let rang = true; rang; ) {
        rang = await rung(office, world);
        received.push(...(await posted(office, world, keysOf)));
      }
      return received;
    },
    async next(end) {
      const { deadlines, outbox } = world.store;
      const moments = [await deadlines.nextDue(), await outbox.next()].filter((at) => at !== undefined && at > clock && at <= end);
      return moments.toSorted((one, other) => Number(one) - Number(other))[0];
    },
    async moveTo(moment) {
      if (moment > clock) clock = moment;
      return rehearsal.post();
    },
    close: () => world.store.close(),
  };
  return rehearsal;
}

// Our own mail server vouches for everybody in a rehearsal, under a name that no real one has.
function officeOf({ keyed: _, checkouts, ...team }: Rehearsing, key: OwnKey, held: Office['held']): Office {
  const secret = randomBytes(32);
  return openOffice({
    ...team,
    ...(checkouts && { checkouts }),
    authserv: ['mx.rehearsal.invalid'],
    key,
    formerKeys: [],
    held,
    mac: (text) => createHmac('sha256', secret).update(text).digest('hex'),
  });
}

async function rung(office: Office, world: World): Promise<boolean> {
  const now = world.clock();
  const come = await world.store.deadlines.due({ now, most: 1000, until: after(now, '1m') });
  for (const due of come) await ring(due, office, world);
  return come.length > 0;
}

type KeysOf = (who: string, address: string) => readonly OwnKey[];

async function posted(office: Office, world: World, keysOf: KeysOf): Promise<Received[]> {
  const received: Received[] = [];
  for (;;) {
    const now = world.clock();
    const leased = await world.store.outbox.lease({ now, holder: 'rehearsal', most: 50, until: after(now, '5m') });
    if (leased.length === 0) return received;
    for (const row of leased) {
      const { kind, audience, to: recipient } = row.letter;
      // The post ends here: whatever is handed over is read and put on the screen.
      const relay: Relay = {
        async hand({ to, bytes }) {
          const of = { kind, audience, who: recipient.who, to, bytes };
          received.push(await read(of, keysOf(recipient.who, to), office, now));
          return { outcome: 'accepted', response: '250 2.0.0 rehearsed' };
        },
        close: async () => undefined,
      };
      await dispatch(row, office, relay, world);
    }
  }
}
