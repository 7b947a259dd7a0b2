// Commander and lead the whole way: on call at receipt, hand-offs also to outside maintainers, whose turn it is to lead, associates, teams without either.
import { afterEach, expect, test } from 'vitest';
import { type Changes, openTown, type Person, type Received, type Town } from '#test/town.ts';

let town: Town;
afterEach(() => town.close());

const person = (handle: string, roles: string[] = ['member'], more: object = {}) => ({
  handle,
  name: `${handle} example`,
  addresses: [`${handle}@example.org`],
  roles,
  ...more,
});
const members = ['lead', 'second', 'third'].map((handle) => person(handle));
const reminders = { at: '09:00', urgent: '24h', weekly: null };

/** A town whose people beside the members sign with keys of their own. */
async function open(changes: Changes & { with?: readonly object[] } = {}): Promise<void> {
  const { with: more = [], policy, roster } = changes;
  town = await openTown({
    policy: {
      reminders,
      proof: 'domain',
      ...policy,
      audiences: { team: { seal: 'may' }, 'fix-team': { seal: 'may' }, 'release-managers': { seal: 'may' } },
    },
    roster: { members: [...members, ...more], ...roster },
  });
}

/** Mail of a person without a key on file, about the incident of this letter: our mail server vouches for their domain. */
async function vouched(who: string, text: string, about: Received): Promise<Received[]> {
  const id = /SRC-\w+/.exec(about.subject)?.[0] ?? '';
  const bytes = await town.bytesOf(`${who}@example.org`, { text, subject: `Re: [${id}]` });
  const head = `Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n`;
  await town.arrives(Buffer.concat([Buffer.from(head), bytes]));
  return town.post();
}

async function report(from: Person | string = 'reporter', writing: { subject?: string; text?: string } = {}): Promise<Received[]> {
  await town.writes(from, { subject: 'a finding', text: 'Dear team, something is wrong with the importer.', ...writing });
  return town.post();
}
const readBy = (letters: readonly Received[], who: string, kind?: string) =>
  letters.filter((letter) => letter.to === `${who}@example.org` && (kind === undefined || letter.kind === kind));
function only(letters: readonly Received[]): Received {
  const [one] = letters;
  if (!one || letters.length !== 1)
    throw new Error(`${letters.length} letters instead of one: ${letters.map(({ subject }) => subject).join('; ')}`);
  return one;
}
async function says(who: Person, text: string, letter: Received): Promise<Received[]> {
  await town.writes(who, { text, answers: letter, signed: true });
  return town.post();
}
const transcript = (letters: readonly Received[], who: string) => only(readBy(letters, who, 'transcript')).text.replace(/\s+/g, ' ');
const kinds = (letters: readonly Received[]) => [...new Set(letters.map(({ kind, to }) => `${kind} to ${to.split('@')[0]}`))].sort();

test('a mail of a bounty platform and a direct one both become incidents of whoever is on call (S1-36, S2-27)', async () => {
  await open();
  const direct = await report();
  const platform = await report('no-reply@hackerone.com', {
    subject: 'New report #12345: Path traversal',
    text: 'A new report was submitted to your program.\n\nhttps://hackerone.com/reports/12345\n',
  });
  for (const letters of [direct, platform]) expect(only(readBy(letters, 'second', 'report')).text).toContain('Incident commander: lead');
  expect(only(readBy(direct, 'second', 'report')).subject.slice(0, 14)).not.toBe(
    only(readBy(platform, 'second', 'report')).subject.slice(0, 14),
  );
});

test('the end of a turn leaves the incident where it is, and its commander is reminded once of handing it off (S1-32, S1-33)', async () => {
  await open();
  const letter = only(readBy(await report(), 'second', 'report'));
  const week = await town.pass('8d', '3h');
  const told = week.filter(({ text }) => text.includes('Your turn on call is over'));
  expect(told.map(({ to }) => to)).toEqual(['lead@example.org']);
  expect(told[0]?.text).toContain('/handoff <member>');
  expect(transcript(await says('second', '/status', letter), 'second')).toContain('Incident commander: lead');
});

test('whoever handed off before the end of the turn is not reminded of it (S1-33)', async () => {
  await open();
  const first = await report();
  const offer = await says('lead', '/handoff second because my week ends', only(readBy(first, 'lead', 'report')));
  expect(only(readBy(offer, 'second', 'handoff')).text.replace(/\s+/g, ' ')).toContain('(my week ends)');
  await says('second', '/accept-handoff', only(readBy(offer, 'second', 'handoff')));
  const week = await town.pass('8d', '6h');
  expect(week.filter(({ text }) => text.includes('turn on call is over'))).toEqual([]);
});

test('an outside maintainer of the fix team takes an incident over, and reads it as the team does from then on (S1-35)', async () => {
  await open({ with: [person('maintainer', ['engineer'])] });
  const first = only(readBy(await report(), 'lead', 'report'));
  expect(transcript(await says('lead', '/handoff maintainer', first), 'lead')).toContain('must be on the fix team of this incident first');
  const invited = await says('lead', '/accept\n/fix-team invite maintainer', first);
  expect(readBy(invited, 'maintainer', 'invitation')).toHaveLength(1);
  const offer = only(readBy(await says('lead', '/handoff maintainer', first), 'maintainer', 'handoff'));
  expect(transcript(await says('second', '/status', only(readBy(invited, 'second', 'relay'))), 'second')).toContain(
    'Incident commander: lead',
  );
  const accepted = await vouched('maintainer', '/accept-handoff', offer);
  expect(transcript(accepted, 'maintainer')).toContain('You are incident commander now.');
  const after = await says('second', 'I can reproduce it.', first);
  expect(kinds(after)).toContain('relay to maintainer');
  const status = await vouched('maintainer', '/severity low because it needs an odd setup', offer);
  expect(transcript(status, 'maintainer')).toContain('low');
});

test('an outside maintainer who declines leaves it where it is (S1-35)', async () => {
  await open({ with: [person('maintainer', ['engineer'])] });
  const first = only(readBy(await report(), 'lead', 'report'));
  await says('lead', '/accept\n/fix-team invite maintainer', first);
  const offer = only(readBy(await says('lead', '/handoff maintainer', first), 'maintainer', 'handoff'));
  const declined = await vouched('maintainer', '/decline-handoff because I am away', offer);
  expect(transcript(declined, 'maintainer')).toContain('It stays with lead.');
  expect(readBy(await says('second', 'I can reproduce it.', first), 'maintainer')).toEqual([]);
});

test('an unanswered offer reminds whom it was made to, then others too, and the commander stays the same (S1-35, C7)', async () => {
  await open();
  const first = await report();
  await says('lead', '/accept\n/lead lead\n/handoff second', only(readBy(first, 'lead', 'report')));
  const later = (await town.pass('4d', '3h')).filter(({ text }) => text.includes('offered to hand this incident over'));
  const readers = later.map(({ to }) => to.split('@')[0]);
  expect(readers[0]).toBe('second');
  expect(new Set(readers)).toEqual(new Set(['lead', 'second', 'third']));
  expect(transcript(await says('third', '/status', only(readBy(first, 'third', 'report'))), 'third')).toContain('Incident commander: lead');
});

test('where nobody volunteers whose turn it is is asked, then the next, then everybody; a volunteer ends it (S1-46, S2-51, S4-09)', async () => {
  await open();
  const first = only(readBy(await report(), 'second', 'report'));
  await says('second', '/accept', first);
  const asked = (letters: readonly Received[]) =>
    letters.filter(({ kind }) => kind === 'part').map(({ to, subject }) => `${to.split('@')[0]}: ${subject.replace(/^\[[^\]]*\] /, '')}`);
  expect(asked(await town.pass('25h'))).toEqual(['lead: Yours, since it is your turn: Fix lead']);
  expect(asked(await town.pass('24h'))).toEqual([
    'second: Yours, since you are next in line: Fix lead',
    'lead: second is asked now: Fix lead',
  ]);
  const passed = await says('second', '/pass lead because I wrote the code', first);
  expect(asked(passed)).toEqual(['third: Yours, since you are next in line: Fix lead']);
  const everybody = asked(await town.pass('25h'));
  expect(everybody).toEqual(['lead', 'second', 'third'].map((who) => `${who}: Nobody has it yet: Fix lead`));
  expect(transcript(await says('third', '/lead me', first), 'third')).toContain('third leads the fix.');
  expect((await town.pass('5d', '6h')).filter(({ text }) => text.includes('the part "lead"'))).toEqual([]);
});

test('the first volunteer wins and the second is told (S1-46)', async () => {
  await open();
  const letters = await report();
  await says('lead', '/accept', only(readBy(letters, 'lead', 'report')));
  await town.writes('second', { text: '/lead me', answers: only(readBy(letters, 'second', 'report')), signed: true });
  await town.writes('third', { text: '/lead me', answers: only(readBy(letters, 'third', 'report')), signed: true });
  const told = await town.post();
  expect(transcript(told, 'second')).toContain('second leads the fix.');
  expect(transcript(told, 'third')).toContain('second leads the fix already');
});

test('five incidents, three members: whose turn it is goes round over incidents (S1-48, S2-52, S4-11)', async () => {
  await open();
  const leads: string[] = [];
  for (let number = 0; number < 5; number++) {
    const letter = only(readBy(await report(), 'lead', 'report'));
    const answer = transcript(await says('lead', '/accept\n/lead next', letter), 'lead');
    leads.push(/(\w+) leads the fix/.exec(answer)?.[1] ?? answer);
    await town.pass('1h');
  }
  expect(leads).toEqual(['lead', 'second', 'third', 'lead', 'second']);
});

const associates = { parts: { associatesLead: 'public' } };

test('an associate hears nothing of a private report and cannot lead it (S2-32, S2-33)', async () => {
  await open({ with: [person('newcomer', ['associate'])], policy: associates });
  const letters = await report();
  expect(readBy(letters, 'newcomer')).toEqual([]);
  const first = only(readBy(letters, 'lead', 'report'));
  const refused = await vouched('newcomer', '/lead me', first);
  expect(transcript(refused, 'newcomer')).toContain('This command is about an incident: reply to one of its letters');
  const named = await says('lead', '/lead newcomer', first);
  expect(transcript(named, 'lead')).toContain('associates lead only what is public already.');
  expect(readBy(await says('lead', '/accept\nthe parser reads past the end', first), 'newcomer')).toEqual([]);
});

test('an associate leads what is public, reads that incident and no other, and no longer once it is private again (S2-33, S2-32)', async () => {
  await open({ with: [person('newcomer', ['associate'])], policy: associates });
  const first = only(readBy(await report(), 'lead', 'report'));
  await says('lead', '/accept\n/public because it is in the tracker', first);
  const led = await vouched('newcomer', '/lead me', first);
  expect(transcript(led, 'newcomer')).toContain('newcomer leads the fix.');
  expect(only(readBy(led, 'newcomer', 'part')).text).toContain('You have this part');
  const more = await says('second', 'I can reproduce it.', first);
  expect(kinds(more)).toContain('relay to newcomer');
  expect(transcript(await vouched('newcomer', '/status', first), 'newcomer')).toContain('Fix lead: newcomer');
  // Other incidents stay closed, also to a command that lists them.
  expect(transcript(await vouched('newcomer', '/list', first), 'newcomer')).toContain('/list is for: member');
  expect(readBy(await report(), 'newcomer')).toEqual([]);
  await says('lead', '/private because the tracker entry was about another flaw', first);
  expect(readBy(await says('second', 'It reads past the end.', first), 'newcomer')).toEqual([]);
  expect(transcript(await vouched('newcomer', '/status', first), 'newcomer')).toContain('/status is for');
});

test('an associate leads what was called of low sensitivity where the team says so (S3-10)', async () => {
  const decisions = { sensitivity: {} };
  await open({ with: [person('newcomer', ['associate'])], policy: { decisions, parts: { associatesLead: 'public-or-low-sensitivity' } } });
  const first = only(readBy(await report(), 'lead', 'report'));
  expect(transcript(await vouched('newcomer', '/lead me', first), 'newcomer')).toContain('This command is about an incident');
  expect(transcript(await says('lead', '/lead newcomer', first), 'lead')).toContain('/decide sensitivity low because <reason>');
  await says('lead', '/accept\n/decide sensitivity low because it only shows a version', first);
  expect(transcript(await vouched('newcomer', '/lead me', first), 'newcomer')).toContain('newcomer leads the fix.');
  expect(kinds(await says('second', 'Agreed.', first))).toContain('relay to newcomer');
});

test('a team without commander and lead: reports are everybody’s, any member commands and is reminded (S3-06, S3-19, S3-34)', async () => {
  const commands = { schedule: { who: ['lead', 'commander'] }, severity: { who: ['lead'] } };
  await open({ policy: { parts: { commander: 'none', lead: 'none' }, commands } });
  const letters = await report();
  const first = only(readBy(letters, 'third', 'report'));
  expect(first.text).not.toContain('Incident commander');
  expect(first.text).not.toContain('/take');
  const done = transcript(await says('third', '/accept\n/severity low because it is harmless\n/schedule 2026-03-16 16:00', first), 'third');
  expect(done).not.toContain('is for:');
  expect(transcript(await says('third', '/take', first), 'third')).toContain('This team does not use /take.');
  expect(transcript(await says('third', '/lead me', first), 'third')).toContain('This team does not use /lead.');
  const status = transcript(await says('third', '/status', first), 'third');
  expect(status).not.toMatch(/Incident commander|Fix lead/);
  await report();
  const due = (await town.pass('4d', '6h')).filter(({ text }) => text.includes('awaits a verdict'));
  expect(new Set(due.map(({ to }) => to))).toEqual(new Set(['lead@example.org', 'second@example.org', 'third@example.org']));
});

test('without a commander the lead alone sends disclosure mail, and until there is one the members stand in (S4-10, S1-47)', async () => {
  const commands = { schedule: { who: ['lead', 'commander'] } };
  await open({ policy: { parts: { commander: 'none' }, commands } });
  const first = only(readBy(await report(), 'third', 'report'));
  expect(transcript(await says('third', '/accept\n/schedule 2026-03-16 16:00', first), 'third')).not.toContain('is for:');
  await says('second', '/lead me', first);
  expect(transcript(await says('third', '/schedule 2026-03-17 16:00', first), 'third')).toContain('/schedule is for: lead.');
  expect(transcript(await says('second', '/schedule 2026-03-17 16:00', first), 'second')).not.toContain('is for:');
});

test('what release managers are to do reaches their roster and nobody else outside the team (S1-37, S2-43)', async () => {
  const steps = [{ key: 'merge', what: 'Merge the pull requests', owner: 'release-manager', phase: 'release', tell: '2d' }];
  await open({
    with: [person('releaser', ['release-manager']), person('patcher', ['release-manager']), person('newcomer', ['associate'])],
    policy: { steps },
  });
  const first = only(readBy(await report(), 'lead', 'report'));
  await says('lead', '/accept\n/schedule 2026-03-10 16:00', first);
  const letters = (await town.pass('8d', '6h')).filter(({ text }) => text.includes('Merge the pull requests'));
  const outside = letters.map(({ to }) => to.split('@')[0] ?? '').filter((who) => !['lead', 'second', 'third'].includes(who));
  expect(new Set(outside)).toEqual(new Set(['releaser', 'patcher']));
});
