// The story runner itself: wildcards, missing and unexpected letters, and leaks that no story spelt out, all fail.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Policy } from '#team/policy.ts';
import { testStore } from '#test/store/database.ts';
import { unfit } from '#test/story/always.ts';
import { compare, expectations, wildcard } from '#test/story/match.ts';
import { play } from '#test/story/play.ts';
import { headAndBody, type Step } from '#test/story/script.ts';
import { openTown, type Received, type Town } from '#test/town.ts';

let town: Town;
let letters: Received[];
beforeAll(async () => {
  town = await openTown();
  await town.writes('reporter', { text: 'REPORTEDWORD', subject: 'REPORTEDWORD' });
  letters = await town.post();
});
afterAll(() => town.close());

test.each([
  ['hello', 'hello', true],
  ['h*o', 'hello', true],
  ['h?llo', 'hello', true],
  ['hello', 'hello you', false],
  ['a.c', 'abc', false],
  ['(x)', '(x)', true],
  ['*', '', true],
])('"%s" fits "%s": %s', (pattern, text, fits) => {
  expect(wildcard(pattern).test(text)).toBe(fits);
});

const acknowledged = 'To: reporter\nKind: acknowledgement\n';
const wrong = (text: string) => compare(expectations(text), letters).complaints.join('\n');

test('fits a letter line by line, wrapped lines too, and says which line does not fit', () => {
  expect(wrong(`${acknowledged}\nHello,\n\nwe have your report, thank you. Its id is *.\n*`)).toBe('');
  expect(wrong(`${acknowledged}\n*\nA member of the team reads it and decides whether it is a security issue. *\n*`)).toBe('');
  expect(wrong(`${acknowledged}\nHello,\nno such line\n*`)).toContain('- no such line');
  expect(wrong(`${acknowledged}\nHello,`)).toContain('- (the end), before');
});

test('a missing letter, a wrong header, a word that must not stand there are complaints', () => {
  expect(wrong('To: acme\nKind: notice')).toContain('MISSING: notice to security@acme.example.net; nothing left for them.');
  expect(wrong(`${acknowledged}Sealed: yes`)).toContain('+ sealed: no');
  expect(wrong(`${acknowledged}Subject: hello`)).toContain('- subject: hello');
  expect(wrong(`${acknowledged}Never: thank you`)).toContain('- (never "thank you")');
  expect(wrong(`${acknowledged}Header: x-nothing: *`)).toContain('- header x-nothing: *');
});

test('what nobody expected is left over', () => {
  expect(compare(expectations(acknowledged), letters).left.map(({ kind }) => kind)).toEqual(['report', 'report', 'report']);
});

test('an expectation without To and Kind, or with a field nobody knows, is a mistake of the story', () => {
  expect(() => expectations('To: lead')).toThrow('says To and Kind');
  expect(() => expectations(`${acknowledged}Colour: red`)).toThrow('colour');
  expect(() => headAndBody('no header')).toThrow('is no header line');
});

test('whatever no story spells out is looked at in every letter: recipients, ids, audiences, contents', () => {
  const [acknowledgement, report] = [letters.find(({ kind }) => kind === 'acknowledgement'), letters.find(({ kind }) => kind === 'report')];
  if (!acknowledgement || !report) throw new Error('the town is silent');
  const seen = new Set<string>();
  expect(unfit(acknowledgement, seen)).toEqual([]);
  expect(unfit(acknowledgement, seen).join()).toContain('has a Message-ID that is not its own');
  const fresh = (changes: Partial<Received>, of = acknowledgement) => unfit({ ...of, ...changes }, new Set()).join();
  expect(fresh({ to: 'acme@example.net' })).toContain('says To: reporter@example.net');
  expect(fresh({ text: 'TEAMONLY' })).toContain('holds what a member wrote to the team');
  expect(fresh({ text: 'REPORTEDWORD' })).toContain('repeats the report');
  expect(fresh({ text: 'for security@acme.example.net too' })).toContain('names security@acme.example.net');
  expect(fresh({ text: 'write /accept' })).toContain('tells commands to somebody outside');
  expect(fresh({ kind: 'reply' })).toContain('says Auto-Submitted: auto-replied instead of nothing');
  expect(fresh({ sealed: false }, report)).toContain('is not encrypted');
  const office = (seal: 'must' | 'may', ...who: string[]) => ({
    policy: Policy.parse({ process: { name: 'x' }, audiences: { team: { seal } } }),
    held: town.office.held.filter((held) => who.includes(held.who)),
  });
  const clear = (of: Parameters<typeof unfit>[2]) => unfit({ ...report, sealed: false }, new Set(), of).join();
  expect(clear(office('must'))).toContain('is not encrypted');
  expect(clear(office('may'))).not.toContain('is not encrypted');
  expect(clear(office('may', 'lead', 'second', 'third'))).toContain('is not encrypted');
  expect(fresh({ text: 'Version: 1 with some more', bytes: Buffer.from('\r\n\r\nVersion: 1 with some more') }, report)).toContain(
    'shows sealed words in clear',
  );
});

test('a confirmation code belongs to one reader', () => {
  const [report] = letters.filter(({ kind }) => kind === 'report');
  if (!report) throw new Error('the town is silent');
  const seen = new Set<string>();
  const preview = (code: string) =>
    unfit({ ...report, kind: 'preview', text: `/confirm ${code}`, messageId: `${code}@example.org` }, seen).join();
  expect(preview('K7Q2ZD')).not.toContain('code');
  expect(preview('M4X8TN')).not.toContain('code');
  expect(preview('K7Q2ZD')).toContain('shows the code K7Q2ZD that another reader has');
});

const report: Step = { file: '01-in.eml', does: 'in', text: 'Story-From: one@example.com\n\nA finding.' };
async function story(...steps: Step[]): Promise<void> {
  const ground = await testStore();
  await play({ about: { proves: 'x' }, steps }, ground.store).finally(ground.end);
}

test('a story whose letters nobody expected fails at the next step and at its end', async () => {
  await expect(story(report)).rejects.toThrow('At the end of the story letters left that nobody expected.');
  await expect(story(report, { file: '02-nothing', does: 'nothing' })).rejects.toThrow(/^02-nothing: Before this step letters left/);
});
