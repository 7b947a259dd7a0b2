// Letters that wait while what they promise changes: a date that moved, an announcement that was taken back. What holds no longer does not leave.
import { afterEach, expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { afterwards } from '#test/office/afterwards.ts';
import { openTown, people, type Received, type Town } from '#test/town.ts';

const member = (handle: string, roles = ['member']) => ({
  handle,
  name: `${handle} example`,
  addresses: [handle === 'engineer' ? people.engineer : `${handle}@example.org`],
  roles,
});
const roster = {
  members: [...['lead', 'second', 'third'].map((handle) => member(handle)), member('engineer', ['release-manager'])],
  administrator: { name: 'Access Desk', address: people.administrator },
};

let town: Town;
let incident: string;
afterEach(() => town.close());

async function open(): Promise<void> {
  town = await openTown({ roster, certificates: ['lead', 'second', 'third', 'acme', 'beta', 'engineer'] });
  incident = (await town.writes('reporter', { text: 'The parser loops.' })).incident ?? '';
  await town.post();
}

const happened = (...events: Event[]): Promise<Received[]> => afterwards(town, incident, events);

const busy = (...addresses: string[]) =>
  town.relayAnswers((to) => (addresses.includes(to) ? { outcome: 'temporary', response: '450 later' } : undefined));
const kinds = (letters: readonly Received[], to: string) => letters.filter((one) => one.to === to).map(({ kind }) => kind);
/** Everybody's server takes mail again; what waited and still leaves. */
async function later(): Promise<Received[]> {
  town.relayAnswers(() => undefined);
  return town.pass('3h', '30m');
}

const publicAt = '2026-03-16T16:00:00.000Z';
const begun: readonly Event[] = [
  { type: 'accepted', by: 'lead' },
  { type: 'scheduled', by: 'lead', publicAt },
  { type: 'drafted', by: 'lead', kind: 'announcement', mark: 'aaaaaaaa', own: true, subject: 'A fix', text: 'Update.\n' },
  { type: 'drafted', by: 'lead', kind: 'notice', mark: 'bbbbbbbb', own: true, subject: 'Soon', text: 'EMBARGOED\n' },
  { type: 'notice-released', by: 'lead', mark: 'bbbbbbbb', distributors: ['acme', 'beta'], unreachable: [] },
  { type: 'announcement-set', mark: 'aaaaaaaa', at: publicAt },
] as unknown as readonly Event[];

test('threat: a final notice that waited does not leave after the announcement was taken back (S1-50, S1-94)', async () => {
  await open();
  await happened(...begun);
  busy(people.acme);
  const released = await happened({ type: 'final-notice-released', mark: 'aaaaaaaa', publicAt, distributors: ['acme', 'beta'] });
  expect([kinds(released, people.acme), kinds(released, people.beta)]).toEqual([[], ['final-notice']]);
  await town.pass('1m', '1m');
  const back = await happened({ type: 'cancelled', by: 'lead', what: 'announcement', because: 'the fix does not hold' });
  expect(kinds(back, people.beta)).toEqual(['date-moved']);
  expect(kinds(await later(), people.acme)).toEqual(['date-moved']);
});

test('threat: the word to merge that waited does not leave after the announcement was taken back (S1-89)', async () => {
  await open();
  await happened(...begun, { type: 'final-notice-released', mark: 'aaaaaaaa', publicAt, distributors: ['acme', 'beta'] });
  busy(people.engineer);
  await happened({ type: 'step-told', step: 'merge', to: ['engineer'] });
  await town.pass('1m', '1m');
  await happened({ type: 'cancelled', by: 'lead', what: 'announcement', because: 'the fix does not hold' });
  expect(kinds(await later(), people.engineer)).toEqual(['date-moved']);
});

test('threat: a moved date that waited does not leave after a later one (S1-50)', async () => {
  await open();
  await happened(...begun.slice(0, -1));
  busy(people.acme);
  await happened({ type: 'scheduled', by: 'lead', publicAt: '2026-03-10T16:00:00.000Z' });
  await town.pass('1m', '1m');
  await happened({ type: 'scheduled', by: 'lead', publicAt: '2026-03-19T16:00:00.000Z' });
  const left = (await later()).filter(({ to }) => to === people.acme);
  expect(left.map(({ subject }) => subject.replace(/.*2026/, '2026'))).toEqual(['2026-03-19 16:00 UTC']);
});

test('threat: a request for access that waited does not leave after the request to take it away (S1-40, S1-92)', async () => {
  await open();
  const grant: Event = { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'engineer' };
  busy(people.administrator);
  await happened({ type: 'accepted', by: 'lead' }, { type: 'fix-team-invited', by: 'lead', people: ['engineer'] }, grant);
  await town.pass('1m', '1m');
  await happened(
    { type: 'fix-team-left', by: 'lead', person: 'engineer', because: 'they left' },
    { ...grant, number: 2, what: 'remove' },
    { ...grant, number: 3, person: 'third' },
  );
  const asked = (await later()).filter(({ to }) => to === people.administrator).map(({ subject }) => /Request \d/.exec(subject)?.[0]);
  expect(asked).toEqual(['Request 2', 'Request 3']);
});

test('threat: a moved date does not come before the notice that names the old one (S1-50)', async () => {
  await open();
  busy(people.acme);
  await happened(...begun.slice(0, -1));
  await town.pass('2h', '10m');
  const moved: Event = { type: 'scheduled', by: 'lead', publicAt: '2026-03-19T16:00:00.000Z' };
  town.relayAnswers(() => undefined);
  // The notice has failed often by now, and waits longer than the letter that is new.
  const first = await happened(moved);
  expect(kinds([...first, ...(await town.pass('12h', '10m'))], people.acme)).toEqual(['notice', 'date-moved']);
});
