// Commands of one mail in turn: the first refusal stops the rest, later ones see what earlier ones did.
import { expect, test } from 'vitest';
import { carryOut, rolesIn } from '#command/carry-out.ts';
import { accepted, incident, member, obey, situation, stranger } from '#test/situation.ts';

const outcomes = (text: string, events = [] as Parameters<typeof situation>[0]) =>
  obey(text, situation(events)).transcript.map(({ line, outcome }) => `${line}: ${outcome}`);

test('carries out commands in turn, each on what the ones before did', () => {
  const { events, transcript, incident: after } = obey('/take\n/handoff second\n/handoff second', situation([]));
  expect(events.map(({ type }) => type)).toEqual(['taken', 'handoff-offered']);
  expect(transcript.at(-1)?.text).toBe('It is offered to second already; no answer yet.');
  expect(after?.taken).toBe(true);
});

test('the first refusal stops the rest, what was done before stays done', () => {
  expect(outcomes('/take\n/acept\n/note x\n/status')).toEqual([
    '/take: done',
    '/acept: refused',
    '/note x: not-reached',
    '/status: not-reached',
  ]);
  expect(obey('/take\n/acept\n/note x', situation([])).events.map(({ type }) => type)).toEqual(['taken']);
});

test('guesses what was meant, and does not do it', () => {
  const { transcript, events } = obey('/acept', situation([]));
  expect(transcript[0]?.text).toBe('There is no command /acept. Did you mean /accept? /help lists them all.');
  expect(events).toEqual([]);
});

test('a later line of the same mail cannot use a right that an earlier one of it gave away', () => {
  const taken = obey('/take', situation([], { by: member('second') })).incident;
  expect(taken?.commander).toBe('second');
  expect(obey('/lead second\n/severity low because so', situation([], { by: member('third') })).transcript.at(-1)?.outcome).toBe('refused');
});

test('command-like lines outside the own words stand in the transcript and do nothing (S1-01)', () => {
  const { transcript, events } = carryOut(
    { lines: [{ text: 'Hello', code: false }], ignored: [{ line: '/accept', why: 'in a quote' }] },
    situation([]),
  );
  expect(events).toEqual([]);
  expect(transcript).toEqual([{ line: '/accept', outcome: 'ignored', text: 'Not obeyed: it stands in a quote.' }]);
});

test('what is said beside the commands is kept apart from them', () => {
  expect(obey('Hello\n/status\nbye', situation([])).remarks).toBe('Hello\nbye');
});

test('a reason is cut off where it begins, in any case, at its first "because"', () => {
  expect(obey('/severity low BECAUSE it is because of that', situation([])).events).toEqual([
    { type: 'severity-set', by: 'lead', level: 'low', because: 'it is because of that' },
  ]);
});

test('a policy cannot give a command to somebody its definition keeps out', () => {
  const outsider = { ...stranger, who: 'acme', roles: ['distributor' as const], proof: 'signed' as const };
  const wide = { by: outsider, policy: { commands: { accept: { who: ['distributor'] } } } };
  expect(obey('/accept', situation([], wide)).events).toEqual([]);
});

test('without an incident a command about one says how to name it', () => {
  const { transcript } = obey('/accept', { ...situation([]), incident: undefined });
  expect(transcript[0]?.text).toBe(
    'This command is about an incident: reply to one of its letters, or write its id on a line of its own above the command.',
  );
});

test('a part in the incident adds a role, to the one who has it and nobody else', () => {
  const known = incident(accepted, { type: 'lead-chosen', by: 'lead', lead: 'second', how: 'named' });
  expect(rolesIn(known, member('lead'))).toEqual(['member', 'commander']);
  expect(rolesIn(known, member('second'))).toEqual(['member', 'lead']);
  expect(rolesIn(known, member('third'))).toEqual(['member']);
  expect(rolesIn(known, { ...stranger, address: 'reporter@example.net' })).toEqual(['reporter']);
  expect(rolesIn(known, stranger)).toEqual([]);
  expect(rolesIn(undefined, member('lead'))).toEqual(['member']);
});

test.each([
  ['/accept\n/decline out-of-scope', 'verdict', '/accept'],
  ['/decline out-of-scope\n/accept', 'verdict', '/decline out-of-scope'],
  ['/schedule 2026-03-16\n/schedule 2026-03-17', 'date', '/schedule 2026-03-16'],
  ['/public\n/private because not', 'exposure', '/public'],
  ['/cve CVE-1900-0001\n/cve CVE-1900-0002 because so', 'CVE id', '/cve CVE-1900-0001'],
])('of two lines that contradict each other only the first counts, and nobody outside hears both: %s', (text, what, first) => {
  const { transcript, events } = obey(text, situation([]));
  expect(transcript.map(({ outcome }) => outcome)).toEqual(['done', 'refused']);
  expect(transcript[1]?.text).toBe(`A mail can give one ${what} only, and "${first}" gave it. If that was wrong, send this line alone.`);
  expect(events).toHaveLength(1);
});

test('a later line of the same mail shows what an earlier one of it did', () => {
  const [, shown] = obey('/note it is real\n/timeline', situation([])).transcript;
  expect(shown?.text.split('\n').at(-1)).toMatch(/^ {2}2 .*lead made a note/);
});
