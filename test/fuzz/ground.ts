// The town that fuzzed mails arrive in: two incidents with secrets in them, letters that left, people outside who know or have a part, and a clock that moves.
import { dispatch } from '#dispatch.ts';
import { replyAddress } from '#incident/thread.ts';
import { take } from '#intake.ts';
import type { Taken } from '#office/taken.ts';
import type { World } from '#office/world.ts';
import type { Relay } from '#post/smtp.ts';
import type { Database } from '#store/database.ts';
import { openStore } from '#store/store.ts';
import { onEmbedded, testVault } from '#test/store/database.ts';
import { markers } from '#test/story/always.ts';
import { openTown, people, type Received, type Town, type Writing } from '#test/town.ts';
import { after } from '#time.ts';

/** What a person of the roster signed: only these lines may ever be obeyed, only once, and only in this incident. */
export interface Said {
  readonly by: string;
  /** Every line of it that begins with a slash, in order. */
  readonly lines: readonly string[];
  readonly text: string;
  /** The incident that the signed bytes are bound to; undefined where nobody looked. */
  readonly incident: string | undefined;
  /** All lines are meant as commands, so what is obeyed of them is their beginning; else it is some of them, in order. */
  readonly exact: boolean;
}

/** An incident of the ground, and the letters people got about it. */
export interface Case {
  readonly id: string;
  readonly reporter: string;
  /** Its team's address with the token. */
  readonly address: string;
  readonly got: readonly Received[];
}

export interface Ground {
  readonly town: Town;
  readonly database: Database;
  readonly first: Case;
  readonly other: Case;
  /** Every letter that left while the ground was laid. */
  readonly got: readonly Received[];
  /** A word of a /reply, and the incident whose reporter may read it. */
  readonly replies: Map<string, string>;
  /** Mails that arrived here before, and what was signed in them. */
  readonly before: { readonly text: string; readonly said: readonly Said[] }[];
  now(): Date;
  arrives(bytes: Buffer): Promise<Taken>;
  /** Hands over what waits; bytes by recipient, and what dispatch threw. */
  send(): Promise<{ sent: Sent[]; thrown: unknown[] }>;
  close(): Promise<void>;
}

/** A letter as the relay took it. */
export interface Sent extends Pick<Received, 'kind' | 'audience' | 'who' | 'to' | 'bytes'> {
  readonly subject: string | undefined;
}

/** Stands in everything that was encrypted to the team by a reporter. */
export const sealedWord = 'SEALEDWORD';

/** The lines of a text that look like commands. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^\/[a-z]/.test(line) && line !== '/end');
}

const embargoed = [
  '/accept',
  '/lead me',
  '/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
  '/cve CVE-1900-0001',
  `/set title ${markers.embargoed} escalation`,
  '/set impact Anybody becomes admin.',
  '/set affected 1.31 and older',
  '/set fixed 1.32',
  '/set mitigation none',
  '/schedule 2026-03-16',
  `/note ${markers.teamOnly} the fix is on a branch`,
  '/draft notice',
].join('\n');

/** The CNA of the ground; its domain is nobody else's. */
export const cnaAddress = 'numbers@cna.example.net';

/** Whoever published the other finding and was asked to go on in private. */
export const publisher = 'publisher@example.net';

const members = ['lead', 'second', 'third'].map((handle) => ({ handle, name: `${handle} example`, addresses: [`${handle}@example.org`] }));
const engineers = ['engineer', 'tester'].map((handle) => ({
  handle,
  name: `${handle} example`,
  addresses: [`${handle}@example.com`],
  roles: ['engineer'],
}));
const setting: Parameters<typeof openTown>[0] = {
  roster: {
    members: [...members, ...engineers],
    administrator: { name: 'Access Desk', address: people.administrator },
    cna: { name: 'Example CNA', address: cnaAddress },
  },
  policy: { headsUp: { fields: ['mitigation'] } },
  certificates: ['lead', 'second', 'third', 'acme', 'beta', 'engineer', 'tester'],
};

/** Lays a ground on an embedded database of its own. */
export async function openGround(): Promise<Ground> {
  const { database, end } = await onEmbedded();
  const store = await openStore(database, testVault());
  const town = await openTown({ ...setting, store });
  const got: Received[] = [];
  const writes = async (who: string, writing: Writing): Promise<Taken> => {
    const taken = await town.writes(who, writing);
    const refused = taken.transcript.find(({ outcome }) => outcome !== 'done');
    if (refused) throw new Error(`${refused.line}: ${refused.text}`);
    got.push(...(await town.post()));
    return taken;
  };
  const latest = (to: string, kind: string): Received => {
    const found = got.findLast((letter) => letter.to.startsWith(to) && letter.kind === kind);
    if (!found) throw new Error(`${to} has no letter "${kind}"`);
    return found;
  };
  const told = (who: string, kind: string, pattern: RegExp) => pattern.exec(latest(who, kind).text)?.[1] ?? '';
  const signs = (text: string, answers: Received): Writing => ({ text, answers, signed: true, encrypted: true });

  const report = await writes('reporter', { text: `${sealedWord} and an exploit.`, subject: sealedWord, encrypted: true });
  await writes('lead', signs(embargoed, latest('lead', 'report')));
  const mark = told('lead', 'review', /\/approve notice ([0-9a-f]{8})/);
  await writes('lead', signs(`/approve notice ${mark}\n/notify because they fix it with us`, latest('lead', 'report')));
  const confirms = async () =>
    writes('second', signs(`/confirm ${told('second', 'preview', /\/confirm ([0-9A-Z]{6})/)}`, latest('second', 'preview')));
  await confirms();
  latest('security@acme', 'notice');
  await writes('lead', signs('/fix-team invite engineer tester\n/access grant tester\n/draft heads-up', latest('lead', 'report')));
  await writes('lead', signs('/fix-team remove engineer because they left', latest('lead', 'report')));
  const word = told('lead', 'review', /\/approve heads-up ([0-9a-f]{8})/);
  await writes('lead', signs(`/approve heads-up ${word}\n/heads-up because users need the time`, latest('lead', 'report')));
  await confirms();
  latest('announce@', 'heads-up');
  const known = (id = '') => ({ id, address: replyAddress(town.office, id, 'team', town.office.mac) });
  const first: Case = { ...known(report.incident), reporter: 'reporter@example.net', got: [...got] };
  const plain = await writes('finder@example.net', { text: `${markers.reported} in the open.`, subject: 'a second finding' });
  const spreads = `/cve request because the rest follows\n/public because a post names it\n/privacy ask ${publisher}`;
  await writes('lead', signs(spreads, latest('lead', 'report')));
  const other: Case = { ...known(plain.incident), reporter: 'finder@example.net', got: got.slice(first.got.length) };
  return { ...working(town, database), first, other, got, replies: new Map(), before: [], close: end };
}

function working(town: Town, database: Database): Pick<Ground, 'town' | 'database' | 'now' | 'arrives' | 'send'> {
  let uid = 100_000;
  const now = () => after(town.now(), `${Math.max(0, uid - 100_000)}s`);
  const world: World = { ...town.world, clock: now };
  return {
    town,
    database,
    now,
    arrives: (bytes) => {
      uid += 1;
      return take({ place: { mailbox: 'INBOX', uidValidity: '1', uid }, size: bytes.length, arrived: now(), bytes }, town.office, world);
    },
    send: () => send(town, world),
  };
}

async function send({ office, store }: Town, world: World): Promise<{ sent: Sent[]; thrown: unknown[] }> {
  const sent: Sent[] = [];
  const thrown: unknown[] = [];
  const now = world.clock();
  for (const row of await store.outbox.lease({ now, holder: 'fuzz', most: 200, until: after(now, '5m') })) {
    const { kind, audience, to: recipient } = row.letter;
    const relay: Relay = {
      async hand({ to, bytes }) {
        sent.push({ kind, audience, who: recipient.who, to, bytes, subject: row.subject });
        return { outcome: 'accepted', response: '250 2.0.0 Ok' };
      },
      close: async () => undefined,
    };
    await dispatch(row, office, relay, world).catch((error: unknown) => thrown.push(error));
  }
  return { sent, thrown };
}
