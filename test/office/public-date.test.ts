// The public date in everybody's calendar, the whole way: inside the encryption, the same event when it moves, gone when it is taken back.
import { afterEach, expect, test } from 'vitest';
import { openTown, people, type Received, type Town } from '#test/town.ts';

let town: Town;
afterEach(() => town.close());

async function says(text: string, answers: Received): Promise<Received[]> {
  await town.writes('lead', { text, answers, signed: true });
  return town.post();
}

const fileIn = ({ opened }: Received): string => {
  const found = opened.attachments.find(({ contentType }) => contentType === 'text/calendar');
  if (!found) throw new Error('no calendar file goes along');
  return found.content.toString();
};
const field = (file: string, name: string) => new RegExp(`^${name}:(.*)\\r$`, 'm').exec(file)?.[1];

test('every member gets the date sealed, with a calendar file that moves with it and ends with it (S1-50, C9)', async () => {
  town = await openTown({ policy: { zone: 'America/Los_Angeles' } });
  await town.writes('reporter', { subject: 'a finding', text: 'a finding' });
  const report = (await town.post()).find(({ kind, to }) => kind === 'report' && to.startsWith('lead'));
  if (!report) throw new Error('no report came');
  await says('/accept', report);

  const dates = (letters: readonly Received[]) => letters.filter(({ kind }) => kind === 'public-date');
  const set = dates(await says('/schedule 2026-03-16 09:00 America/Los_Angeles', report));
  expect(set.map(({ to }) => to)).toEqual(['lead@example.org', 'second@example.org', 'third@example.org']);
  const [first] = set;
  if (!first) throw new Error('no letter');
  expect(first.sealed).toBe(true);
  expect(first.text).toContain('2026-03-16 16:00 UTC (09:00 America/Los_Angeles)');
  expect(first.bytes.toString()).not.toContain('text/calendar');
  expect(first.opened.inner?.toString()).toMatch(/Content-Type: text\/calendar;[\s\S]*method=PUBLISH/i);
  expect([field(fileIn(first), 'DTSTART'), field(fileIn(first), 'SEQUENCE'), field(fileIn(first), 'STATUS')]).toEqual([
    ...['20260316T160000Z', '0', 'CONFIRMED'],
  ]);

  const [moved] = dates(await says('/schedule 2026-03-18', report));
  const [gone] = dates(await says('/cancel schedule because the fix is not ready', report));
  if (!moved || !gone) throw new Error('no letter');
  expect(field(fileIn(moved), 'UID')).toBe(field(fileIn(first), 'UID'));
  expect([field(fileIn(moved), 'DTSTART'), field(fileIn(moved), 'SEQUENCE')]).toEqual(['20260318T160000Z', '1']);
  expect([field(fileIn(gone), 'STATUS'), field(fileIn(gone), 'SEQUENCE')]).toEqual(['CANCELLED', '2']);
  for (const letter of [first, moved, gone]) expect(fileIn(letter)).not.toContain('finding');
});

test('a release manager gets the date before the issue, and what they say of it reaches the team (S1-50, S1-89)', async () => {
  const members = [
    ...(['lead', 'second', 'third'] as const).map((handle) => ({ handle, name: handle, addresses: [people[handle]] })),
    { handle: 'engineer', name: 'Builder', addresses: [people.engineer], roles: ['release-manager'] },
  ];
  town = await openTown({ roster: { members }, certificates: ['lead', 'second', 'third', 'engineer'] });
  await town.writes('reporter', { subject: 'a finding', text: 'a finding' });
  const report = (await town.post()).find(({ kind, to }) => kind === 'report' && to === people.lead);
  if (!report) throw new Error('no report came');
  const theirs = (await says('/accept\n/set title A finding of weight\n/schedule 2026-03-16', report)).filter(
    ({ to }) => to === people.engineer,
  );
  const [date, ...more] = theirs;
  if (!date) throw new Error('the release manager heard no date');
  expect([date.kind, date.sealed, more]).toEqual(['release-date', true, []]);
  expect(date.text).toContain('2026-03-16 16:00 UTC');
  expect(field(fileIn(date), 'DTSTART')).toBe('20260316T160000Z');
  expect(`${date.subject}${date.text}${fileIn(date)}`).not.toContain('finding');
  await town.writes('engineer', { text: 'That Monday is a holiday here.', answers: date, signed: true });
  const heard = await town.post();
  const relay = heard.find(({ kind, to }) => kind === 'relay' && to === people.lead);
  expect(relay?.text).toContain('| That Monday is a holiday here.');
  expect(heard.filter(({ to }) => to === people.engineer)).toEqual([]);
});
