// Whoever must not hear of an incident: their mail about it is taken and answered exactly like one about an id that nobody has, and the team is told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, people, type Received, type Town } from '#test/town.ts';

const unknown = 'SRC-ZZZZZZ';
const members = ['lead', 'second', 'third'].map((handle) => ({ handle, name: `${handle} example`, addresses: [`${handle}@example.org`] }));
const person = (...roles: string[]) => ({ handle: 'engineer', name: 'Somebody Example', addresses: [people.engineer], roles });
const administrator = { name: 'Access Desk', address: people.administrator };
const rosterWith = (...roles: string[]) => ({ members: [...members, person(...roles)], administrator });
const associates = { parts: { associatesLead: 'public' } };

let town: Town;
let incident: string;
let report: Received;

beforeAll(async () => {
  town = await openTown({
    roster: rosterWith('associate'),
    policy: associates,
    certificates: ['lead', 'second', 'third', 'acme', 'engineer', 'administrator'],
  });
  incident = (await town.writes('reporter', { subject: 'a finding', text: 'REPORTEDWORD The parser loops.' })).incident ?? '';
  report = (await town.post()).find(({ kind, to }) => kind === 'report' && to === people.lead) ?? missing();
});
afterAll(() => town.close());

function missing(): never {
  throw new Error('a letter is missing');
}

/** The same letter, had it been about the id that nobody has. */
function aboutNobody(letter: Received): Received {
  const renamed = (text: string) => text.replaceAll(incident, unknown).replaceAll(incident.toLowerCase(), unknown.toLowerCase());
  return { ...letter, subject: renamed(letter.subject), replyTo: renamed(letter.replyTo), messageId: 'never.sent@example.org' };
}

/** A letter as its reader sees it, whichever id it names, and whichever a new report got. */
const seen = ({ kind, audience, subject, text, sealed }: Received) =>
  JSON.stringify({ kind, audience, sealed, subject, text }).replace(/SRC-[0-9A-Z]{6}/gi, 'SRC-*');

type How = Parameters<Town['writes']>[1];
interface Answer {
  readonly letters: Received[];
  readonly heard: string[];
  readonly outcomes: string[];
  readonly kind: string;
  readonly incident: string | undefined;
}

async function writes(who: keyof typeof people, how: How): Promise<Answer> {
  const taken = await town.writes(who, { signed: true, ...how });
  const letters = await town.post();
  const heard = letters.filter(({ to }) => to === people[who]).map(seen);
  const outcomes = taken.transcript.map(({ outcome, text }) => `${outcome}: ${text}`);
  return { letters, heard, outcomes, kind: taken.kind, incident: taken.incident };
}

/** Somebody writes twice, about the incident and about the id that nobody has: what they hear and what becomes of it is the same. */
async function asIfUnknown(who: keyof typeof people, how: (id: string, letter: Received) => How): Promise<Answer> {
  const before = (await town.store.subjects.peek(incident))?.kind === 'incident' ? await events() : 0;
  const about = await writes(who, how(incident, report));
  const other = await writes(who, how(unknown, aboutNobody(report)));
  expect(about.heard).toEqual(other.heard);
  expect(about.outcomes).toEqual(other.outcomes);
  expect(about.kind).toBe(other.kind);
  expect(about.incident).not.toBe(incident);
  expect(await events()).toBe(before);
  const told = (letters: readonly Received[]) =>
    letters.filter(({ kind, to, text }) => kind === 'alarm' && to === people.lead && text.includes(incident));
  expect(told(about.letters)).toHaveLength(1);
  expect(told(about.letters)[0]?.text.replace(/\s+/g, ' ')).toContain(`of which they are told nothing`);
  expect(told(other.letters)).toEqual([]);
  expect(about.heard.join()).not.toContain('REPORTEDWORD');
  return about;
}

async function events(): Promise<number> {
  const subject = await town.store.subjects.peek(incident);
  return subject?.kind === 'incident' ? subject.recorded.length : missing();
}

const inSubject = (order: string) => (id: string) => ({ subject: `Re: [${id}]`, text: `incident ${id}\n${order}` });
const inAnswer = (order: string) => (_: string, answers: Received) => ({ answers, text: order });
const untilThen: readonly [string, readonly string[]][] = [
  ['an associate', ['associate']],
  ['somebody of the steering body', ['steering']],
  ['a release manager who was asked for nothing', ['release-manager']],
  ['an engineer who was not invited', ['engineer']],
  ['an associate who also makes releases', ['associate', 'release-manager']],
];

test.each(untilThen)('threat: %s learns from no command whether an id exists (S1-55, S1-89, S2-32)', async (_, roles) => {
  town.change({ roster: rosterWith(...roles), policy: associates });
  expect((await asIfUnknown('engineer', inSubject('/lead me'))).heard).toHaveLength(1);
  expect((await asIfUnknown('engineer', inAnswer('/status\n/done merge'))).heard).toHaveLength(1);
});

test('threat: nor by a report in whose text it is named, nor without a signature (S1-55)', async () => {
  town.change({ roster: rosterWith('associate'), policy: associates });
  const opened = await asIfUnknown('engineer', (id) => ({ subject: 'hello', text: `What is ${id} about?\n/status` }));
  expect(opened.kind).toBe('report');
  expect(opened.incident).toBeDefined();
  const plain = { signed: false } as const;
  await asIfUnknown('engineer', (_, answers) => ({ answers, text: '/status', ...plain }));
});

test('threat: a distributor who was told of nothing, and the administrator of whom nothing was asked, learn no more (S1-55)', async () => {
  await asIfUnknown('acme', inAnswer('/breach it stands in a forum'));
  await asIfUnknown('acme', inSubject('/status'));
  await asIfUnknown('administrator', inAnswer('/answer 1 done'));
});

test('threat: an engineer who was taken out is as one who never was on the fix team (S1-55)', async () => {
  town.change({ roster: rosterWith('engineer') });
  const lead = (text: string) => writes('lead', { answers: report, text });
  const { letters } = await lead('/accept\n/fix-team invite engineer');
  const invitation = letters.find(({ kind }) => kind === 'invitation') ?? missing();
  const during = await writes('engineer', { answers: invitation, text: '/status' });
  expect(during.outcomes[0]).toContain('Fix team: engineer');
  await lead('/fix-team remove engineer because they have moved on');
  const after = async (order: string) => {
    const about = await writes('engineer', { answers: invitation, text: order });
    const other = await writes('engineer', { answers: aboutNobody(invitation), text: order });
    expect([about.heard, about.outcomes, about.incident]).toEqual([other.heard, other.outcomes, undefined]);
    return about;
  };
  expect((await after('/status')).outcomes).toEqual(['refused: /status is for: member, fix-team. You are: engineer.']);
  await after('/fix-unready because I say so');
  await after('/fix-team list');
});

test('threat: an associate who leads no longer keeps nothing but what associates may see (S2-32, S2-33)', async () => {
  town.change({ roster: rosterWith('associate'), policy: associates });
  await writes('lead', { answers: report, text: '/public because it is in the tracker' });
  const led = await writes('engineer', inSubject('/lead me')(incident));
  expect(led.outcomes).toEqual(['done: engineer leads the fix.']);
  expect((await writes('engineer', inSubject('/status')(incident))).outcomes[0]).toContain('Fix lead: engineer');
  await writes('lead', { answers: report, text: '/lead second because the newcomer is away' });
  const open = await writes('engineer', inSubject('/status')(incident));
  expect(open.outcomes).toEqual(['refused: /status is for: member, fix-team. You are: associate.']);
  await writes('lead', { answers: report, text: '/private because the tracker entry was about another flaw' });
  await asIfUnknown('engineer', inSubject('/status'));
});

test('an associate who leads asks for and records the id, and is told of no other incident that has one (S2-32, S2-33, S2-63)', async () => {
  town.change({ roster: rosterWith('associate'), policy: associates });
  const { incident: other = '' } = await town.writes('reporter', { subject: 'another finding', text: 'Something else.' });
  await town.post();
  const lead = (id: string, text: string) => writes('lead', { subject: `Re: [${id}]`, text: `incident ${id}\n${text}` });
  expect((await lead(other, '/cve CVE-1900-0001')).outcomes).toEqual(['done: Recorded CVE-1900-0001.']);
  await lead(incident, '/public because it is in the tracker\n/lead engineer because second is away');
  const used = await writes('engineer', inSubject('/cve CVE-1900-0001')(incident));
  expect(used.outcomes).toEqual(['refused: CVE-1900-0001 is in use already; one id names one vulnerability.']);
  expect(used.heard.join()).not.toContain(other);
  expect((await writes('engineer', inSubject('/cve CVE-1900-0002')(incident))).outcomes).toEqual(['done: Recorded CVE-1900-0002.']);
});

test('whoever handed a report on goes on in it, and hears no more than their own words (S4-04)', async () => {
  town.change({ roster: rosterWith('associate'), policy: associates });
  const forward = [
    'FYI',
    '',
    '---------- Forwarded message ---------',
    'From: Someone <someone@example.net>',
    'Date: Mon, 2 Mar 2026 at 08:00',
    'Subject: broken import',
    'To: <engineer@example.com>',
    '',
    'The import reads past the end.',
  ].join('\n');
  const first = await writes('engineer', { subject: 'Fwd: broken import', text: forward });
  expect(first.kind).toBe('report');
  const id = first.incident ?? missing();
  const more = await writes('engineer', {
    subject: `Re: [${id}] broken import`,
    text: `incident ${id}\nThey also wrote to us in January.`,
  });
  expect(more.incident).toBe(id);
});
