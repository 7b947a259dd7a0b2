// Processes that descend from a shipped one: a few lines that say what differs, and mails that go their way.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configurationDocument } from '#config/document.ts';
import { configOf, openBench, team, warningsOf } from '#test/config/bench.ts';
import { openTown, type Received, type Town } from '#test/town.ts';

/** The example of docs/configuration.md: what is indented after the word about four processes, up to the next sentence. */
const example =
  /^ {4}# policies\/envoy-like\.yaml[^\n]*\n((?: {4}[^\n]*\n)+)/m.exec(configurationDocument())?.[1]?.replace(/^ {4}/gm, '') ?? '';

/** Fifteen lines of another descendant: a team without a lead that fixes by itself, answers within two days of work, and asks for a priority. */
const edge = `extends: kubernetes
process: { name: Example Edge Security Team, overview: null, link: https://example.org/edge }
zone: Asia/Shanghai
calendar: { holidays: ["2026-10-01", "2026-10-02"] }
parts: { commander: none, lead: none }
triage: { priority: true }
fixTeam: { from: team, due: false, access: none, releaseManagers: false, overview: false, removal: none }
decisions: { early: null, release: null, slow: { post: false } }
branches: [v1.20, v1.19]
steps:
  - { key: binaries, what: "The images are published", owner: member, phase: release, gate: announcement }
commands: { notify: { who: [member] }, announce: { who: [member] }, schedule: { who: [member] }, severity: { who: [member] }, retrospective: { who: [member] }, close: { who: [member] } }
spans: { triage: 2wd, retrospectiveBy: null }
slot: null
notice: { least: 3d, most: 14d, allBranches: false }
cvss: { versions: ["3.0", "3.1"] }
`;

let bench: Awaited<ReturnType<typeof openBench>>;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.clear());

const extended = (base: string, own = '') =>
  bench.changed((write) => {
    write('policies/ours.yaml', base);
    write(`${team}/policy.yaml`, `extends: ours\n${own}`);
  });

test('the example of the documentation holds: what it says differs, and the rest is as in its base', async () => {
  expect(example.split('\n').length).toBeLessThan(13);
  const directory = extended(example);
  const [one] = (await configOf(directory)).teams;
  expect(one?.policy.spans).toMatchObject({ triage: '1wd', release: '21d', fix: '7d', lead: '24h' });
  expect(one?.policy.parts).toMatchObject({ commander: 'none', lead: 'round-robin' });
  expect(one?.policy.decisions.semiPublic).toBeUndefined();
  expect(one?.policy.decisions.slow?.below).toBe(4);
  expect(one?.policy.process).toEqual({
    name: 'Example Proxy Security Team',
    overview: 'Fixed in private within three weeks.',
    link: 'https://example.org/security',
  });
  expect(one?.policyOrigins['slot.days']).toBe('policies/ours.yaml');
  expect(one?.policyOrigins['slot.time']).toBe('embargod:policies/kubernetes.yaml');
  expect(await warningsOf(directory)).not.toMatch(/no date|nobody could|is more than/);
});

test('a descendant of fifteen lines holds, and a team can differ from it again', async () => {
  expect(edge.trimEnd().split('\n').length).toBeLessThanOrEqual(16);
  const [one] = (await configOf(extended(edge, 'triage: { noise: { clickjacking: null } }\nbranches: [v1.21]\n'))).teams;
  expect(one?.policy.slot).toBeUndefined();
  expect(one?.policy.spans.retrospectiveBy).toBeUndefined();
  expect(one?.policy.branches).toEqual(['v1.21']);
  expect(one?.policy.steps.map(({ key }) => key)).toEqual(['binaries']);
  expect(Object.keys(one?.policy.triage.noise ?? {})).not.toContain('clickjacking');
  expect(Object.keys(one?.policy.triage.noise ?? {})).toContain('mail-records');
});

async function says(town: Town, who: 'lead' | 'second', answers: Received, text: string): Promise<Received[]> {
  const id = /EX-\w{6}|SRC-\w{6}/.exec(answers.subject)?.[0] ?? '';
  await town.writes(who, { answers, text: `${id}\n${text}`, signed: true });
  return town.post();
}

const transcript = (letters: readonly Received[]) => letters.find(({ kind }) => kind === 'transcript')?.text ?? '';
const found = (letters: readonly Received[], kind: string): Received => {
  const letter = letters.find((one) => one.kind === kind);
  if (!letter) throw new Error(`no ${kind} among ${letters.map((one) => one.kind).join(', ')}`);
  return letter;
};

test('mails go the way of the descendant: no commander, a priority, any day, its own window and versions (S3-06, S3-13, S3-19, S3-26, S3-39)', async () => {
  const town = await openTown({ policy: parse(edge) as Record<string, unknown> });
  try {
    await town.writes('reporter', { text: 'The parser loops on an empty list.' });
    const arrived = await town.post();
    expect(arrived.filter(({ kind }) => kind === 'acknowledgement').map(({ to }) => to)).toEqual(['reporter@example.net']);
    expect(arrived.filter(({ kind }) => kind === 'report').map(({ to }) => to)).toEqual([
      'lead@example.org',
      'second@example.org',
      'third@example.org',
    ]);
    const report = found(arrived, 'report');
    expect(transcript(await says(town, 'second', report, '/accept'))).toMatch(/priority/i);
    expect(transcript(await says(town, 'second', report, '/accept high'))).toContain('Accepted');
    // Nobody leads: every member commands, and a vector of either version of 3 counts.
    const rated = transcript(await says(town, 'lead', report, '/severity CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H'));
    expect(rated).toContain('7.5');
    expect(
      transcript(await says(town, 'lead', report, '/severity CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N')),
    ).toContain('Refused');
    // A Saturday at any hour, without a reason.
    const scheduled = transcript(await says(town, 'second', report, '/schedule 2026-03-14T07:30:00Z'));
    expect(scheduled).not.toMatch(/Refused|recommended/);
  } finally {
    await town.close();
  }
});
