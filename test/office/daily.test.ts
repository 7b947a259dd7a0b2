// The mail of the day, the whole way: one for each member with all that is due for them, once, whatever becomes of daemons and clocks.
import { afterEach, expect, test } from 'vitest';
import { expectDeadlines, sendDigests } from '#office/daily.ts';
import { openTown, type Received, type Town } from '#test/town.ts';
import { ring } from '#watch.ts';

let town: Town;
afterEach(() => town.close());

/** A town in which reports came on Monday, 9:00 UTC; the one on call is "lead". */
async function reports(count: number, options: Parameters<typeof openTown>[0] = {}): Promise<string[]> {
  // Always the same one on call: that nobody's turn ends is a reminder less.
  town = await openTown({ ...options, roster: { oncall: { from: '2026-03-02', order: ['lead'] }, ...options.roster } });
  const ids: string[] = [];
  for (let report = 1; report <= count; report += 1) {
    await town.writes('reporter', { subject: `finding ${report}`, text: `finding ${report}` });
    await town.post();
  }
  for (const { id } of await town.store.subjects.incidents('security', 'open')) ids.push(id);
  return ids;
}
// The weekly mail goes its own way.
const kinds = (letters: readonly Received[]) =>
  letters
    .filter(({ kind }) => kind !== 'weekly')
    .map(({ kind, to }) => `${kind} ${to.split('@')[0]}`)
    .sort();
const due = () => town.store.deadlines.due({ now: town.now(), most: 100, until: town.now() });

test('several things that are late stand in one letter for each member, the oldest first (C7)', async () => {
  const ids = await reports(2);
  expect(kinds(await town.pass('72h'))).toEqual(['reminder lead', 'reminder lead']);
  const letters = await town.pass('23h');
  expect(kinds(letters)).toEqual(['digest lead']);
  expect(letters[0]?.subject).toBe('Today: 2 things are due, late');
  expect(letters[0]?.sealed).toBe(true);
  for (const id of ids) expect(letters[0]?.text).toContain(`${id}: The report awaits a verdict.`);
});

test('to whom nothing is due nothing is sent, and a day off has no mail of the day', async () => {
  await reports(1);
  const taken = await town.pass('72h');
  expect(kinds(taken)).toEqual(['reminder lead']);
  expect(kinds(await town.pass('23h'))).toEqual(['digest lead']);
  expect(kinds(await town.pass('71h'))).toEqual([]);
  expect(kinds(await town.pass('1h'))).toEqual(['digest lead', 'digest second', 'digest third']);
});

test('a daemon that slept for more than a week sends each reminder once: one mail of the day for each person, what is urgent by itself (C7)', async () => {
  await reports(2);
  await town.writes('lead', { text: '/accept\n/lead me\n/handoff second\n', answers: await reportTo('lead'), signed: true });
  await town.post();
  const woken = await town.pass('195h', '195h');
  const reminders = woken.filter(({ kind }) => kind === 'reminder');
  expect(kinds(reminders)).toEqual(['reminder second']);
  expect(kinds(woken.filter(({ kind }) => kind === 'digest'))).toEqual(['digest lead']);
  expect(await due()).toEqual([]);
  expect(kinds(await town.pass('1h'))).toEqual([]);
});

test('two daemons that come at once send it once', async () => {
  await reports(2);
  await town.pass('72h');
  await town.pass('22h');
  const rows = await waking('1h');
  await Promise.all([...rows, ...rows].map((row) => ring(row, town.office, town.world)));
  expect(kinds(await town.post())).toEqual(['digest lead']);
});

test('a daemon that is killed on the way leaves nothing half: the next one sends it whole', async () => {
  const ids = await reports(2);
  await town.pass('72h');
  await town.pass('22h');
  const [first] = await waking('1h');
  if (!first) throw new Error('nothing is due');
  const store: typeof town.store = {
    ...town.store,
    turn: (decide) =>
      town.store.turn(async (turn) => {
        await decide(turn);
        throw new Error('killed');
      }),
  };
  await expect(sendDigests(first.subject, town.office, { ...town.world, store })).rejects.toThrow('killed');
  expect(kinds(await town.post())).toEqual([]);
  expect(await sendDigests(first.subject, town.office, town.world)).toBe(true);
  const [letter, ...more] = await town.post();
  expect(more).toEqual([]);
  for (const id of ids) expect(letter?.text).toContain(id);
});

test('there is one a day: what comes up after it waits for the next, and nobody asks for it every minute', async () => {
  const [first = ''] = await reports(1);
  await town.pass('72h');
  expect(kinds(await town.pass('23h'))).toEqual(['digest lead']);
  const before = await journal(first);
  expect(await sendDigests(first, town.office, town.world)).toBe(false);
  expect(await journal(first)).toBe(before);
  for (const { dueAt } of await town.store.deadlines.of(first)) expect(dueAt.getTime()).toBeGreaterThan(town.now().getTime());
});

test('whoever lives elsewhere gets it at that hour of their own day', async () => {
  const members = [
    { handle: 'lead', name: 'lead example', addresses: ['lead@example.org'], zone: 'America/Los_Angeles' },
    { handle: 'second', name: 'second example', addresses: ['second@example.org'] },
    { handle: 'third', name: 'third example', addresses: ['third@example.org'] },
  ];
  await reports(1, { roster: { members } });
  await town.pass('72h');
  expect(kinds(await town.pass('30h'))).toEqual([]);
  expect(town.now()).toEqual(new Date('2026-03-06T15:00:00Z'));
  expect(kinds(await town.pass('1h'))).toEqual(['digest lead']);
});

test('a policy that became stricter while no daemon ran counts from the start, also where nobody says a word (C7)', async () => {
  const [id = ''] = await reports(1);
  const triage = async () => (await town.store.deadlines.of(id)).find(({ key }) => key === 'triage')?.dueAt;
  expect(await triage()).toEqual(new Date('2026-03-05T09:00:00Z'));
  town.change({ policy: { spans: { triage: '24h' } }, roster: { oncall: { from: '2026-03-02', order: ['lead'] } } });
  await expectDeadlines(town.office, town.world);
  expect(await triage()).toEqual(new Date('2026-03-03T09:00:00Z'));
  expect(await journal(id)).toBe(1);
});

/** The letter of the first report as somebody got it. */
async function reportTo(who: string): Promise<Received> {
  await town.writes('reporter', { subject: 'one more finding', text: 'one more finding' });
  const found = (await town.post()).find(({ kind, to }) => kind === 'report' && to.startsWith(who));
  if (!found) throw new Error('no report came');
  return found;
}

/** Lets time pass without ringing anything, and answers with what would ring. */
async function waking(time: '1h') {
  const { due: ask } = town.store.deadlines;
  town.store.deadlines.due = async () => [];
  await town.pass(time);
  town.store.deadlines.due = ask;
  return due();
}

async function journal(id: string): Promise<number | undefined> {
  return (await town.store.subjects.peek(id))?.recorded.length;
}
