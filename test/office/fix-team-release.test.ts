// The fix team to the end, with real mails: access taken back on the day of release, leaving and coming back, a team that fixes itself.
import { afterEach, expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { afterwards } from '#test/office/afterwards.ts';
import { openTown, people, type Received, type Town } from '#test/town.ts';

const members = ['lead', 'second', 'third'].map((handle) => ({ handle, name: `${handle} example`, addresses: [`${handle}@example.org`] }));
const engineer = { handle: 'engineer', name: 'Engineer Example', addresses: [people.engineer], roles: ['engineer'], hosts: ['octocat'] };
const roster = { members: [...members, engineer], administrator: { name: 'Access Desk', address: people.administrator } };

let town: Town;
let incident: string;
afterEach(() => town.close());

async function open(changes: Parameters<typeof openTown>[0] = {}): Promise<void> {
  town = await openTown({ roster, certificates: ['lead', 'second', 'third', 'engineer'], ...changes });
  incident = (await town.writes('reporter', { text: 'REPORTEDWORD The parser loops.' })).incident ?? '';
  await town.post();
}

const happened = (...events: Event[]): Promise<Received[]> => afterwards(town, incident, events);

async function says(person: keyof typeof people, text: string): Promise<{ said: string | undefined; letters: Received[] }> {
  const taken = await town.writes(person, { text: `incident ${incident}\n${text}`, subject: incident, signed: true });
  const last = taken.transcript.at(-1);
  return { said: last && `${last.outcome}: ${last.text}`, letters: await town.post() };
}

const kinds = (letters: readonly Received[], to: string) => letters.filter((one) => one.to === to).map(({ kind }) => kind);

test('on the day of release the removal is requested without anybody’s doing, once, and closes when it is answered (S2-69l, S4-38)', async () => {
  await open({ policy: { fixTeam: { removal: 'release', access: 'must' } } });
  await happened(
    { type: 'accepted', by: 'lead' },
    { type: 'fix-team-invited', by: 'lead', people: ['engineer'] },
    { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'engineer' },
    { type: 'access-answered', by: 'lead', number: 1, how: 'done' },
    { type: 'drafted', by: 'lead', kind: 'announcement', mark: 'aaaaaaaa', own: true, subject: 'A fix', text: 'Update.\n' },
  );
  const released = await happened({ type: 'announced', mark: 'aaaaaaaa', channels: ['announce'] });
  expect(kinds(released, people.engineer)).toEqual(['critique-wanted']);
  const first = await town.pass('1h');
  expect(kinds(first, people.administrator)).toEqual(['access-request']);
  expect(first.find(({ kind }) => kind === 'access-request')?.text).toContain('take away the access of Engineer Example');
  expect(kinds(await town.pass('3h'), people.administrator)).toEqual([]);
  expect((await says('lead', '/close because the rest is done')).said).toMatch(/^done/);
  expect((await says('lead', '/reopen')).said).toMatch(/^done/);
  expect((await says('lead', '/answer 2 done\n/close')).said).not.toMatch(/access/i);
});

test('whoever was taken out and comes back gets nothing of the time between (S1-55)', async () => {
  await open();
  await says('lead', '/fix-team invite engineer');
  await town.pass('1h');
  expect(kinds((await says('lead', '/tell fix-team first')).letters, people.engineer)).toEqual(['message']);
  await says('lead', '/fix-team remove engineer because they are away');
  await town.pass('1h');
  await town.pass('1h');
  expect(kinds((await says('lead', '/fix-team invite engineer')).letters, people.engineer)).toEqual(['invitation']);
  expect(kinds((await says('lead', '/tell fix-team third')).letters, people.engineer)).toEqual(['message']);
});

test('a letter that waits for a key is not sent to somebody who was taken out meanwhile (S1-55)', async () => {
  await open({ certificates: ['lead', 'second', 'third'] });
  const { letters } = await says('lead', '/fix-team invite engineer');
  expect(kinds(letters, people.engineer)).toEqual(['key-wanted']);
  expect(letters.find(({ to }) => to === people.engineer)?.text).not.toContain('loops');
  await says('lead', '/fix-team remove engineer because they do not answer');
  const waiting = await town.store.outbox.keylessLetters(town.office.name);
  expect(waiting.map(({ letter }) => letter.kind)).toContain('invitation');
  await town.store.turn((turn) =>
    turn.rouse({ letters: waiting.map(({ id }) => id), to: 'waiting', now: town.now() }).then(() => undefined),
  );
  expect(kinds(await town.post(), people.engineer)).toEqual([]);
});

test('where the team itself is the fix team nobody is invited, and outsiders still can be (S4-12, S4-13)', async () => {
  await open({ policy: { fixTeam: { from: 'team' }, steps: [] } });
  await says('lead', '/accept');
  expect((await says('lead', '/fix-team list')).said).toBe('done: The team itself is the fix team.');
  expect((await says('second', '/fix-ready')).said).toBe('done: The fix is ready; the lead is told.');
  const { letters } = await says('lead', '/fix-team invite engineer');
  expect(kinds(letters, people.engineer)).toEqual(['invitation']);
});

test('the fix team says that its steps are done, and no others; then the fix is ready without a reason (S1-88, S2-64)', async () => {
  await open();
  await says('lead', '/accept\n/fix-team invite engineer');
  expect((await says('engineer', '/done binaries')).said).toMatch(/^refused: "binaries" is said by: release-manager/);
  expect((await says('engineer', '/done reviewed\n/done approve')).said).toBe('done: Done: approve.');
  expect((await says('engineer', '/fix-ready')).said).toBe('done: The fix is ready; the lead is told.');
});

test('threat: an engineer who sends captured ciphertext on has it opened for the team only (S1-55)', async () => {
  const tester = { handle: 'tester', name: 'Tester Example', addresses: [people.tester], roles: ['engineer'] };
  await open({
    roster: { ...roster, members: [...members, engineer, tester] },
    certificates: ['lead', 'second', 'third', 'engineer', 'tester'],
  });
  await says('lead', '/fix-team invite engineer tester');
  const inClear = await town.writes('engineer', { text: 'To all of you.', subject: incident, signed: true });
  expect(inClear.incident).toBe(incident);
  expect(kinds(await town.post(), people.tester)).toEqual(['message']);
  const own = await town.writes('engineer', { text: `incident ${incident}\nSealed.`, subject: incident, signed: true, encrypted: true });
  expect(own.by?.proof).toBe('signed');
  expect(kinds(await town.post(), people.tester)).toEqual(['message']);
  const captured = await town.bytesOf('reporter', { text: `incident ${incident}\nREPORTEDWORD for the team alone.`, encrypted: true });
  const inTheirName = captured
    .toString('latin1')
    .replace(/^From: .*$/m, `From: ${people.engineer}`)
    .replace(/^To: .*$/m, `To: security+${incident.toLowerCase()}@example.org`);
  const vouched = Buffer.from(`Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\n${inTheirName}`, 'latin1');
  const taken = await town.arrives(vouched);
  expect({ proof: taken.by?.proof, incident: taken.incident }).toEqual({ proof: 'domain', incident });
  const letters = await town.post();
  expect(kinds(letters, people.lead)).toEqual(['relay']);
  expect(letters.filter(({ text }) => text.includes('REPORTEDWORD')).map(({ audience }) => audience)).not.toContain('fix-team');
});

test('an engineer on file can report like anybody, and is nobody’s fix team by that (S1-55)', async () => {
  await open();
  const taken = await town.writes('engineer', { text: 'Another parser loops.', subject: 'A weakness', signed: true });
  expect(taken.incident).not.toBe(incident);
  expect(kinds(await town.post(), people.engineer)).toEqual(['acknowledgement']);
});

test('an engineer on file may ask for help, and sees no incident (S1-55)', async () => {
  await open();
  const help = await town.writes('engineer', { text: '/help', subject: 'help', signed: true });
  expect(help.transcript[0]?.outcome).toBe('done');
  expect(kinds(await town.post(), people.engineer)).toEqual(['transcript']);
  const list = await town.writes('engineer', { text: '/list', subject: 'list', signed: true });
  expect(list.transcript[0]?.outcome).toBe('refused');
});
