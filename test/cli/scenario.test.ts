// embargod rehearse --scenario: there is one for each process, and each mistake of one is a sentence.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readScenario } from '#cli/scenario.ts';
import { run } from '#cli.ts';
import { mistakeLine } from '#config/mistake.ts';
import { goodFolder, quietTerminal, temporary } from '#test/config/folder.ts';

let folder: string;
beforeAll(() => {
  folder = temporary();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function rehearse(...words: string[]): Promise<{ code: number; text: string; errors: string }> {
  const terminal = quietTerminal();
  const code = await run(['rehearse', ...words], terminal);
  return { code, text: terminal.lines.join('\n'), errors: terminal.errors.join('\n') };
}

const shipped = readdirSync('config/scenarios').filter((name) => name.endsWith('.yaml'));

test('there is a scenario for every process that comes along', () => {
  expect(shipped).toEqual(readdirSync('config/policies').filter((name) => name.endsWith('.yaml')));
});

const small = `title: A small one
begins: 2026-03-02 09:00
team:
  title: Example Team
  prefix: EX
  address: security@example.org
  policy: { extends: kubernetes }
  keyless: [beta]
  roster:
    members:
      - { handle: lead, name: Lead, addresses: [lead@example.org] }
      - { handle: second, name: Second, addresses: [second@example.org] }
    distributors:
      - { id: beta, name: Beta OS, addresses: [psirt@beta.example.net] }
people:
  reporter: { address: reporter@example.net }
  careful: { address: careful@example.net, key: true }
steps:
  - { who: reporter, subject: it breaks, text: It breaks. }
`;

function write(text: string): string {
  const file = join(folder, `scenario-${Math.random().toString(36).slice(2)}.yaml`);
  writeFileSync(file, text);
  return file;
}

const play = (steps: string, ...words: string[]) => rehearse('--scenario', write(small + steps), '--speed', 'max', ...words);

test('deadlines ring by themselves in between, at their moment, and what was late is said at the end', { timeout: 20_000 }, async () => {
  const { code, text } = await play('  - { wait: 5d }\n');
  expect(code).toBe(0);
  expect(text).toMatch(/^2026-03-05 09:00 UTC\n {4}reminder to lead, second \(sealed\): .*The report awaits a verdict\.$/m);
  expect(text).toContain('The report awaits a verdict: due 2026-03-05 09:00 UTC, open still, 2 days later');
  expect(text).not.toContain('2026-03-07 09:00 UTC\n');
  expect(text).toContain('Without a key: beta.');
});

test('time goes on after the last step until the end, and no further', { timeout: 20_000 }, async () => {
  const { text } = await play('ends: day 2 12:00\n');
  expect(text).toMatch(/^Stage: reported, open for 2 days 3 hours$/m);
});

test('a command refused is told with its sentence, and again at the end', { timeout: 20_000 }, async () => {
  const { code, text } = await play('  - { who: lead, answers: report, text: /close }\n');
  expect(code).toBe(0);
  expect(text).toContain('/close -> refused: ');
  expect(text).toContain('Refused, and the scenario does not say so: lead: /close: ');
});

test('a refusal that the scenario wants is no surprise at its end', { timeout: 20_000 }, async () => {
  const { text } = await play('  - { who: lead, answers: report, text: /close, refused: true }\n');
  expect(text).toContain('/close -> refused: ');
  expect(text).not.toContain('the scenario does not say so');
});

test('who has no key writes in clear and is not obeyed; a stranger with a key is written to under seal', { timeout: 20_000 }, async () => {
  const { text } = await play(
    '  - { who: lead, answers: report, clear: true, text: /accept }\n  - { who: careful, subject: more, text: More of it. }\n',
  );
  expect(text).toMatch(/\/accept -> refused: .*needs a mail signed with your key/);
  expect(text).toContain('careful writes (signed and encrypted): more');
  expect(text).toContain('acknowledgement to reporter (sealed)');
});

test('letters are printed in full where they are asked for, and written as they would leave and as they are read', async () => {
  const out = join(folder, 'letters');
  const { text } = await play('', '--show', 'acknowledgement', '--out', out);
  expect(text).toContain('      | we have your report, thank you.');
  const names = readdirSync(out).sort();
  expect(names).toEqual(
    ['acknowledgement-reporter', 'report-lead', 'report-second'].flatMap((name) => [
      expect.stringMatching(new RegExp(`^000\\d-${name}\\.eml$`)),
      expect.stringMatching(new RegExp(`^000\\d-${name}\\.txt$`)),
    ]),
  );
  const report = names.find((name) => name.endsWith('report-lead.eml')) ?? '';
  expect(readFileSync(join(out, report), 'utf8')).not.toContain('It breaks.');
  expect(readFileSync(join(out, report.replace('.eml', '.txt')), 'utf8')).toContain('It breaks.');
  const again = await play('', '--out', out);
  expect([again.code, again.errors]).toEqual([2, expect.stringContaining('is not empty')]);
});

test('the clock runs as much faster than real as it is told', { timeout: 20_000 }, async () => {
  const begun = Date.now();
  const { text } = await rehearse('--scenario', write(`${small}  - { wait: 2h }\n`), '--speed', '3600');
  expect(text).toContain('3600 times faster than real');
  expect(Date.now() - begun).toBeGreaterThan(1900);
});

test('a team plays a scenario with its own config and people, and none of its keys', { timeout: 20_000 }, async () => {
  const config = await goodFolder();
  const roster = readFileSync(join(config, 'teams/security/roster.yaml'), 'utf8');
  const [handle = ''] = /handle: ([a-z]+)/.exec(roster)?.slice(1) ?? [];
  const steps = '  - { who: boss, answers: { kind: report, to: boss }, text: "/take\\n/note for {{who boss}} from {{day 1}}" }\n';
  const file = write(small + steps);
  const { code, text, errors } = await rehearse('--scenario', file, '--speed', 'max', '--config', config, '--as', `boss=${handle}`);
  expect(errors).not.toContain('nobody called');
  expect(code).toBe(0);
  expect(text).toContain(`/note for ${handle} from 2026-03-03`);
  expect(text).toContain('boss writes (signed and encrypted)');
  rmSync(config, { recursive: true, force: true });
});

test.each([
  ['an unknown person', '  - { who: secnod, text: Hello. }\n', [], 1, 'There is nobody called "secnod"'],
  [
    'a letter that never came',
    '  - { who: lead, answers: notice, text: Thanks. }\n',
    [],
    1,
    'Step 2 (lead): no letter "notice" came to them; there were report.',
  ],
  [
    'a code that nobody sent',
    '  - { who: lead, answers: report, text: "/confirm {{code}}" }\n',
    [],
    1,
    'no letter tells lead a code to confirm',
  ],
  [
    'a word in braces that means nothing',
    '  - { who: lead, answers: report, text: "{{moon}}" }\n',
    [],
    1,
    '"{{moon}}" is nothing a scenario knows',
  ],
  ['a speed that is none', '', ['--speed', 'fast'], 2, '"fast" is no speed; write how much faster than real, like 1000, or "max".'],
  ['a beginning that is no moment', '', ['--at', '2026-02-30'], 2, '"2026-02-30" is no moment'],
  ['a letter that there is not', '', ['--show', 'postcard'], 2, 'There is no letter "postcard"; there is '],
  ['a name without who plays it', '', ['--as', 'lead'], 2, '--as takes a name of the scenario and a name of the roster'],
  ['mails and a scenario at once', '', ['mail.eml'], 2, 'Name the mails to rehearse, or the scenario to play'],
])(
  '%s is told in a sentence, before anything is played or where it stands',
  { timeout: 20_000 },
  async (_, steps, words, code, sentence) => {
    const told = await play(steps, ...words);
    expect(told.errors).toContain(sentence);
    expect(told.code).toBe(code);
  },
);

test('a scenario that is not there is told with those that are', async () => {
  const { code, errors } = await rehearse('--scenario', 'mars');
  expect([code, errors]).toEqual([1, expect.stringContaining('There is no scenario mars; name a file, or one of those that come along: ')]);
});

async function mistakes(text: string): Promise<string[]> {
  const read = await readScenario('s.yaml', text);
  return 'mistakes' in read ? read.mistakes.map(mistakeLine) : [];
}

test('a scenario without mistakes has none', async () => {
  expect(await mistakes(small)).toEqual([]);
});

test.each([
  [
    'an impossible moment',
    small.replace('2026-03-02 09:00', '2026-02-30 09:00'),
    's.yaml:2: begins: expected a moment like "2026-03-02 09:00" (UTC)',
  ],
  ['an unknown setting', `${small}  - { who: lead, txet: Hello. }\n`, 's.yaml:20: steps[1].txet: is not known; did you mean "text"?'],
  [
    'a step before the one before it',
    `${small}  - { who: lead, at: day 2 10:00, text: Hi. }\n  - { who: lead, at: day 1 10:00, text: Hi. }\n`,
    'steps[2].at: 2026-03-03 10:00 UTC lies before the step before it, which is at 2026-03-04 10:00 UTC.',
  ],
  [
    'an end before the start',
    `${small}ends: 2026-03-01 09:00\n`,
    'ends: 2026-03-01 09:00 UTC lies before the beginning, 2026-03-02 09:00 UTC.',
  ],
  [
    'an end before the last step',
    `${small}  - { wait: 3d }\nends: day 1 10:00\n`,
    'ends: 2026-03-03 10:00 UTC lies before the last step, 2026-03-05 09:00 UTC.',
  ],
  [
    'a step that waits and writes',
    `${small}  - { wait: 3d, who: lead, text: Hi. }\n`,
    'steps[1].wait: a step that waits says nothing else',
  ],
  ['a step that does nothing', `${small}  - { after: 3d }\n`, 'steps[1].who: is missing: a step says who writes, or how long to wait.'],
  ['a mail without words', `${small}  - { who: lead }\n`, 'steps[1].text: is missing: what does the mail say?'],
  [
    'two times at once',
    `${small}  - { who: lead, at: "10:00", after: 1h, text: Hi. }\n`,
    'steps[1].at: a step has either "at" or "after".',
  ],
  [
    'a length that is none',
    `${small}  - { wait: a week }\n`,
    'steps[1].wait: expected a whole number and s, m, h, d or w, like "24h" or "7d"',
  ],
  [
    'a policy that nobody has',
    small.replace('extends: kubernetes', 'extends: kubernetse'),
    'team.policy.extends: there is no policy "kubernetse"; did you mean "kubernetes"?',
  ],
  [
    'a setting of the policy that is not known',
    small.replace('extends: kubernetes', 'extends: kubernetes, spnas: {}'),
    'spnas: is not known; did you mean "spans"?',
  ],
  ['one address of two people', small.replace('second@example.org', 'lead@example.org'), 'lead@example.org belongs to lead already'],
  ['no steps', `${small.split('steps:')[0]}steps: []\n`, 'steps: expected at least one entry'],
  ['YAML that is none', 'title: "x\n', 's.yaml:2: the file ends, and something that was opened further up is not closed'],
])('%s is a mistake with its line', async (_, text, line) => {
  expect((await mistakes(text)).join('\n')).toContain(line);
});

test('hours are the next ones, days are counted from the beginning, and another beginning moves them', async () => {
  const steps = `  - { who: lead, at: "08:00", text: a }\n  - { who: lead, at: day 7 16:00, text: b }\n  - { who: lead, after: 90m, text: c }\n`;
  const moments = async (begins?: Date) => {
    const read = await readScenario('s.yaml', small + steps, begins);
    return 'scenario' in read ? read.scenario.steps.map(({ at }) => at.toISOString().slice(0, 16)) : read.mistakes;
  };
  expect(await moments()).toEqual(['2026-03-02T09:00', '2026-03-03T08:00', '2026-03-09T16:00', '2026-03-09T17:30']);
  expect(await moments(new Date('2027-05-03T07:00:00Z'))).toEqual([
    '2027-05-03T07:00',
    '2027-05-03T08:00',
    '2027-05-10T16:00',
    '2027-05-10T17:30',
  ]);
});
