// The fix team, the whole way with real mails: proposed, invited, told, ready, granted access, taken out again.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, people, type Received, type Town } from '#test/town.ts';

const members = ['lead', 'second', 'third'].map((handle) => ({ handle, name: `${handle} example`, addresses: [`${handle}@example.org`] }));
const engineers = ['engineer', 'tester'].map((handle) => ({
  handle,
  name: `${handle} example`,
  addresses: [`${handle}@example.com`],
  roles: ['engineer'],
  hosts: [`${handle}-account`],
}));
const roster = { members: [...members, ...engineers], administrator: { name: 'Access Desk', address: people.administrator } };
const policy = {
  steps: [{ key: 'reviewed', what: 'All commits have an LGTM of an owner', owner: 'fix-team', phase: 'fix', gate: 'notice' }],
  commands: { notify: { confirm: 'second-person' } },
};

let town: Town;
let folder: string;
let incident: string;
const last = new Map<string, Received>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'owners-'));
  await mkdir(join(folder, 'repo/pkg/parser'), { recursive: true });
  await writeFile(join(folder, 'repo/OWNERS'), 'approvers: [root-account]\n');
  await writeFile(join(folder, 'repo/OWNERS_ALIASES'), 'aliases:\n  parser-people: [Engineer-Account, nobody-account]\n');
  await writeFile(join(folder, 'repo/pkg/parser/OWNERS'), 'approvers: [parser-people]\nreviewers: [tester-account]\n');
  await writeFile(join(folder, 'secret'), 'approvers: [stolen]\n');
  await mkdir(join(folder, 'repo/out'));
  await symlink(join(folder, 'secret'), join(folder, 'repo/out/OWNERS'));
  town = await openTown({
    roster,
    policy,
    checkouts: [{ name: 'main', path: join(folder, 'repo') }],
    certificates: ['lead', 'second', 'third', 'engineer'],
  });
  incident = (await town.writes('reporter', { text: 'REPORTEDWORD The parser loops.' })).incident ?? '';
  await post();
});
afterAll(async () => {
  await town.close();
  await rm(folder, { recursive: true, force: true });
});

/** Sends what waits; remembers the last letter of each reader. */
async function post(): Promise<Received[]> {
  const letters = await town.post();
  for (const letter of letters) last.set(letter.to, letter);
  return letters;
}

/** Somebody answers the last letter they have, signed; the transcript and the letters that follow. */
async function says(person: keyof typeof people, text: string, how: Parameters<Town['writes']>[1] | object = {}) {
  const answers = last.get(people[person]) ?? last.get(people.lead);
  const mail = `incident ${incident}\n${text}`;
  const taken = await town.writes(person, { text: mail, signed: true, ...(answers && { answers }), ...how });
  return { taken, outcomes: taken.transcript.map(({ outcome, text: said }) => `${outcome}: ${said}`), letters: await post() };
}

/** The mail of the administrator, vouched for by our own mail server. */
async function administratorSays(text: string) {
  const answers = last.get(people.administrator);
  const bytes = await town.bytesOf('administrator', { text, ...(answers && { answers }) });
  const vouched = Buffer.concat([Buffer.from('Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\n'), bytes]);
  const taken = await town.arrives(vouched);
  return { taken, outcomes: taken.transcript.map(({ outcome, text: said }) => `${outcome}: ${said}`), letters: await post() };
}

const to = (letters: readonly Received[], person: keyof typeof people) => letters.filter((one) => one.to === people[person]);
// The tester has no key, which alarms the team with every letter: the clock of this town stands still.
const kinds = (letters: readonly Received[], person: keyof typeof people) =>
  to(letters, person).flatMap(({ kind }) => (kind === 'alarm' ? [] : [kind]));

test('a proposal names owners with their files and the line that invites them, and invites nobody (S1-56, S2-56)', async () => {
  await says('lead', '/accept\n/lead me');
  const { outcomes, letters } = await says('lead', '/fix-team propose pkg/parser/reader.go');
  expect(outcomes).toEqual([
    [
      'done: Owners of main:pkg/parser/reader.go:',
      '- engineer (engineer example): approver in pkg/parser/OWNERS',
      '- nobody-account (nobody on file; the operator can enter them in roster.yaml with hosts: [nobody-account]): approver in pkg/parser/OWNERS',
      '- tester (tester example): reviewer in pkg/parser/OWNERS',
      'From the folders above, for you to choose:',
      '- root-account (nobody on file; the operator can enter them in roster.yaml with hosts: [root-account]): approver in OWNERS',
      'Note: pkg/parser/reader.go is not in the checkout; the folders above it were asked.',
      'Nobody is invited by this. The line that invites them:',
      '/fix-team invite engineer tester',
    ].join('\n'),
  ]);
  expect([...to(letters, 'engineer'), ...to(letters, 'tester')]).toEqual([]);
});

test('threat: no path and no link leads out of the checkout (S1-56)', async () => {
  for (const path of ['../secret', 'pkg/../../secret', 'main:../secret', 'other:pkg']) {
    const { outcomes } = await says('lead', `/fix-team propose ${path}`);
    expect(outcomes[0], path).toMatch(/^refused: /);
  }
  const { outcomes } = await says('lead', '/fix-team propose out/thing.go');
  expect(outcomes[0]).not.toContain('stolen');
  expect(outcomes[0]).toContain('root-account');
});

test('somebody who is not invited is told nothing, obeyed in nothing, and answered as if there were no such incident (S1-55)', async () => {
  const { taken, outcomes, letters } = await says('engineer', '/status', { subject: 'hello' });
  expect(taken.incident).toBeUndefined();
  expect(outcomes).toEqual(['refused: /status is for: member, fix-team. You are: engineer.']);
  expect(to(letters, 'engineer').map(({ kind, text }) => [kind, text.includes('hello')])).toEqual([['transcript', false]]);
});

test('an invitation has the terms, the overview and who leads, comes once, sealed, and nothing older with it (S1-54, S1-55, S1-58)', async () => {
  await says('lead', 'TEAMONLY a note among us');
  await says('lead', '/note TEAMONLY kept for the team');
  const { outcomes, letters } = await says('lead', '/fix-team invite engineer tester');
  expect(outcomes[0]).toMatch(/^done: Invited: engineer, tester\./);
  expect(kinds(letters, 'engineer')).toEqual(['invitation']);
  const [invitation] = to(letters, 'engineer');
  expect(invitation?.sealed).toBe(true);
  expect(invitation?.text).toContain('The fix is led by lead.');
  expect(invitation?.text).toContain('What you learn here is under embargo.');
  expect(invitation?.text).toContain('A report is triaged by the member on call');
  expect(invitation?.text).not.toMatch(/TEAMONLY|REPORTEDWORD|reporter@example\.net/);
  const again = await says('lead', '/fix-team invite engineer');
  expect(again.outcomes).toEqual(['refused: On the fix team already: engineer.']);
  expect(to(again.letters, 'engineer')).toEqual([]);
});

test('whoever has no usable certificate hears that something waits, without contents (S1-54)', async () => {
  const asked = last.get(people.tester);
  expect(asked?.kind).toBe('key-wanted');
  expect(asked?.text).not.toMatch(/parser|embargo/);
});

test('what members and the reporter write stays with the team; /tell is the way to the fix team (S1-55, S1-65)', async () => {
  const remark = await says('second', 'TEAMONLY between us');
  expect(to(remark.letters, 'engineer')).toEqual([]);
  const report = await town.writes('reporter', {
    text: 'REPORTEDWORD more',
    subject: `Re: [${incident}]`,
    answers: [...last.values()].find(({ to: who }) => who === people.reporter) ?? fail(),
  });
  expect(report.incident).toBe(incident);
  expect(to(await post(), 'engineer')).toEqual([]);
  const attachments = [{ filename: 'fix.patch', contentType: 'text/x-patch', content: Buffer.from('+ return;\n') }];
  const told = await says('second', 'TEAMONLY beside it\n/tell fix-team\nPlease review the patch.\n/end', { attachments });
  expect(told.outcomes).toEqual(['done: Told to the fix team: engineer, tester.']);
  const [message] = to(told.letters, 'engineer');
  expect(message?.kind).toBe('message');
  expect(message?.text).toContain('| Please review the patch.');
  expect(message?.text).not.toContain('TEAMONLY');
  expect(message?.opened.attachments.map(({ filename }) => filename)).toEqual(['fix.patch']);
});

test('what one of the fix team writes reaches the team and nobody outside (S1-55)', async () => {
  const { letters } = await says('engineer', 'The loop is in the reader.');
  expect(kinds(letters, 'lead')).toEqual(['relay']);
  expect(to(letters, 'lead')[0]?.text).toContain('engineer example (fix team) wrote about');
  expect(to(letters, 'reporter')).toEqual([]);
  expect(to(letters, 'engineer')).toEqual([]);
});

test('threat: a mail in the name of one of the fix team without proof reaches the team only (S1-55)', async () => {
  const { taken, letters } = await says('engineer', 'Please send me everything.\n/fix-ready', { signed: false });
  expect(taken.transcript[0]?.outcome).toBe('refused');
  expect(letters.filter(({ audience }) => audience === 'fix-team')).toEqual([
    expect.objectContaining({ kind: 'transcript', to: people.engineer, sealed: true }),
  ]);
  expect(to(letters, 'lead')[0]?.text).toContain('Take care');
});

test('the fix team sees its work and no more, and may not speak to the reporter (S1-55)', async () => {
  const { outcomes } = await says('engineer', '/status');
  expect(outcomes[0]).toContain('Open: All commits have an LGTM of an owner (/done reviewed)');
  expect(outcomes[0]).not.toMatch(/reporter|Due /i);
  for (const order of ['/reply\nhello\n/end', '/timeline', '/note x', '/access grant all', '/fix-team invite tester', '/tell fix-team x'])
    expect((await says('engineer', order)).outcomes[0], order).toMatch(/^refused: /);
});

test('the fix is ready when its steps are, or with a reason; the lead hears of it (S2-64, S2-65, S4-20)', async () => {
  const early = await says('engineer', '/fix-ready');
  expect(early.outcomes).toEqual([
    'refused: Not done yet: All commits have an LGTM of an owner (/done reviewed). To say so all the same: /fix-ready because <reason>.',
  ]);
  const ready = await says('engineer', '/fix-ready because the last review comes tonight');
  expect(kinds(ready.letters, 'lead').sort()).toEqual(['fix-ready', 'relay']);
  expect(kinds(ready.letters, 'second')).toEqual(['relay']);
  const letter = to(ready.letters, 'lead').find(({ kind }) => kind === 'fix-ready');
  expect(letter?.text).toContain('The reason: the last review comes tonight');
  expect(letter?.text).toContain('All commits have an LGTM of an owner');
});

test('access is requested of an administrator, who learns a name and nothing of the flaw, and open until answered (S1-40, S1-57, S2-57, S4-17)', async () => {
  const { outcomes, letters } = await says('lead', '/access grant engineer');
  expect(outcomes).toEqual(['done: Access is requested from Access Desk: 1 (engineer). Open until answered.']);
  const [request] = to(letters, 'administrator');
  expect(request?.kind).toBe('access-request');
  expect(request?.text).toContain('please give engineer example access to the private security repository');
  expect(request?.text).toContain('engineer-account');
  expect(`${request?.subject}${request?.text}`).not.toMatch(/parser|REPORTEDWORD|reporter|embargo/i);
  const words = await administratorSays('Will do that tomorrow.');
  expect(to(words.letters, 'lead')[0]?.text).toContain('/answer 1 done');
  expect((await says('lead', '/access list')).outcomes[0]).toContain('Request 1: access for engineer, open since');
});

test('an open request reminds whoever asked (S1-40)', async () => {
  const letters = await town.pass('72h');
  for (const letter of letters) last.set(letter.to, letter);
  expect(to(letters, 'lead').some(({ text }) => text.includes('Request 1 (access for engineer) is not answered yet'))).toBe(true);
});

test('the administrator’s own line closes a request; a forged one does not (S1-40, S1-57)', async () => {
  const forged = await town.writes('administrator', { text: '/answer 1 done', answers: last.get(people.administrator) ?? fail() });
  expect(forged.transcript[0]?.outcome).toBe('refused');
  await post();
  const { outcomes } = await administratorSays('/answer 1 done');
  expect(outcomes).toEqual(['done: Request 1 (access for engineer): done.']);
  expect((await says('lead', '/access list')).outcomes[0]).toContain('for this incident: engineer\n');
});

test('standing viewers are listed beside those who were granted access (S1-39)', async () => {
  expect((await says('lead', '/access list')).outcomes[0]).toContain('Always: member (lead, second, third)');
  expect((await says('lead', '/access list')).outcomes[0]).toContain('Always: release-manager (nobody)');
});

test('an incident is not closed while somebody holds access, and closed once the removal is answered (S1-92)', async () => {
  const early = await says('lead', '/close');
  expect(early.outcomes[0]).toContain('Access to the private repository is still held by engineer: /access remove all.');
  const removal = await says('lead', '/access remove all');
  expect(to(removal.letters, 'administrator')[0]?.text).toContain('please take away the access of engineer example');
  expect((await says('lead', '/close')).outcomes[0]).toContain('Nobody has answered request 2 (removal of engineer)');
  await administratorSays('/answer 2 done');
  expect((await says('lead', '/close')).outcomes[0]).not.toMatch(/access/i);
});

test('whoever is taken out gets a word without contents, then nothing, and commands nothing (S1-55)', async () => {
  const removed = await says('lead', '/fix-team remove engineer because they have moved on');
  expect(kinds(removed.letters, 'engineer')).toEqual(['invitation-ended']);
  expect(to(removed.letters, 'engineer')[0]?.text).not.toMatch(/parser|moved on/);
  const told = await says('lead', '/tell fix-team Something new.');
  expect(to(told.letters, 'engineer')).toEqual([]);
  const after = await says('engineer', '/fix-unready because I say so');
  expect(after.outcomes).toEqual(['refused: /fix-unready is for: member, fix-team. You are: engineer.']);
  expect(kinds(after.letters, 'engineer')).toEqual(['transcript']);
});

function fail(): never {
  throw new Error('there is no letter to answer');
}
