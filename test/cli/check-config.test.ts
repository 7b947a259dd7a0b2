// embargod init and check-config as an operator meets them.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '#cli.ts';
import { Policy } from '#team/policy.ts';
import { goodFolder, laidOver, quietTerminal, temporary } from '#test/config/folder.ts';

const made: string[] = [];
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true });
});

async function folder(): Promise<string> {
  const directory = await goodFolder();
  made.push(directory);
  return directory;
}

test('init writes a folder that check-config takes, with nothing to warn of but what only the operator can add', async () => {
  const terminal = quietTerminal();
  expect(await run(['check-config', '--config', await folder()], terminal)).toBe(0);
  const warnings = terminal.errors.filter((line) => line.startsWith('warning: '));
  expect(warnings.map((line) => line.replace(/^warning: (teams\/security(\/policy\.yaml:\d+)?: )?/, '').slice(0, 30))).toEqual([
    'secrets/security.mailbox still',
    'teams/security/team.yaml: auth',
    'fixTeam.releaseManagers is tru',
    'branches is empty, and the ste',
    'branches is empty, and notice.',
    'the steps merge, binaries are ',
    'notice.duty is cve, and the ro',
    'the roster has no channel of t',
    'the roster has no cna: /cve re',
    'the roster has no operator: tr',
    'letters to the team are sealed',
  ]);
  expect(terminal.errors.at(-1)).toBe('The config can be used: 1 team, 11 warnings.');
});

test('what init writes keeps the overview of its process, for whoever is invited to a fix, and its words to reporters (S1-58)', async () => {
  const terminal = quietTerminal();
  expect(await run(['check-config', '--json', '--config', await folder()], terminal)).toBe(0);
  const { teams } = JSON.parse(terminal.lines.join('\n')) as { teams: { policy: unknown }[] };
  const { process, fixTeam, intake } = Policy.parse(teams[0]?.policy);
  expect(fixTeam.overview).toBe(true);
  expect(process.overview).toContain('triaged by the member on call');
  expect(process.link).toBeUndefined();
  expect(intake.nextSteps).toContain('agree with you on a day of publication');
});

test('a letter is shown without the warnings of its config, and not where the config has mistakes', async () => {
  const directory = await folder();
  const shown = quietTerminal();
  expect(await run(['preview', 'breach', '-c', directory], shown)).toBe(0);
  expect(shown.errors).toEqual([]);
  expect(shown.lines.join('\n')).toContain('EMBARGO BROKEN');
  writeFileSync(join(directory, 'service.yaml'), 'nothing: here\n');
  const refused = quietTerminal();
  expect(await run(['preview', 'breach', '-c', directory], refused)).toBe(1);
  expect(refused.errors.join('\n')).toContain('service.yaml');
});

test('init keeps secrets to their owner, apart from each other, and out of a repository', async () => {
  const directory = await folder();
  for (const name of ['seal-1.key', 'mac.key', 'security.private.asc', 'security.rev', 'security.mailbox'])
    expect(statSync(join(directory, 'secrets', name)).mode & 0o777, name).toBe(0o600);
  expect(statSync(join(directory, 'secrets')).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toContain('/secrets/');
  const other = await folder();
  for (const name of ['seal-1.key', 'mac.key', 'security.private.asc'])
    expect(readFileSync(join(directory, 'secrets', name))).not.toEqual(readFileSync(join(other, 'secrets', name)));
  expect(readFileSync(join(directory, 'teams/security/team.asc'), 'utf8')).not.toContain('PRIVATE');
});

test('init writes nothing over, and nothing at all when one file is there', async () => {
  const directory = temporary();
  made.push(directory);
  writeFileSync(join(directory, 'service.yaml'), 'mine\n');
  const terminal = quietTerminal();
  expect(await run(['init', directory], terminal)).toBe(1);
  expect(terminal.errors).toEqual([`Nothing was written: ${directory} has service.yaml already.`]);
  expect(readFileSync(join(directory, 'service.yaml'), 'utf8')).toBe('mine\n');
  expect(() => statSync(join(directory, 'secrets'))).toThrow();
});

test('init takes the name, title, address and prefix of the first team, and says what is wrong with them', async () => {
  const directory = join(temporary(), 'deep/er');
  made.push(join(directory, '../..'));
  const terminal = quietTerminal();
  const title = 'Team: "Quotes" & #hashes';
  expect(
    await run(
      ['init', directory, '--team', 'karmada', '--title', title, '--address', 'Security@Karmada.Example', '--prefix', 'KARM'],
      terminal,
    ),
  ).toBe(0);
  expect(parse(readFileSync(join(directory, 'teams/karmada/team.yaml'), 'utf8'))).toMatchObject({
    title,
    address: 'security@karmada.example',
    prefix: 'KARM',
  });
  expect(await run(['check-config', '-c', directory], quietTerminal())).toBe(0);
  const wrong = quietTerminal();
  expect(
    await run(
      ['init', join(directory, 'no'), '--team', '../x', '--address', 'nobody', '--prefix', 'karm', '--title', 'a <b@example.org>'],
      wrong,
    ),
  ).toBe(1);
  expect(wrong.errors).toEqual([
    '--team takes small letters, digits and "-", beginning with a letter.',
    '--prefix: expected two to eight capital letters, like "SRC".',
    '--address: expected a mail address.',
    '--title takes no "<", ">" or line ends: it becomes the name on the key.',
  ]);
});

test('check-config prints the policy that holds, as YAML that is a policy itself and says where each setting comes from', async () => {
  const terminal = quietTerminal();
  await run(['check-config', '-c', await folder()], terminal);
  const text = terminal.lines.join('\n');
  expect(Policy.parse(parse(text)).spans.triage).toBe('3d');
  expect(text).toContain('  # From report to accept or decline.\n  triage: 3d # embargod:policies/kubernetes.yaml\n');
  expect(text).toContain('name: Example Security Response Committee # teams/security/policy.yaml\n');
});

test('check-config --json answers programs, with and without mistakes', async () => {
  const good = quietTerminal();
  const directory = await folder();
  expect(await run(['check-config', '--json', '-c', directory], good)).toBe(0);
  expect(JSON.parse(good.lines.join('\n'))).toMatchObject({ ok: true, teams: [{ name: 'security', policy: { zone: 'UTC' } }] });
  expect(good.lines.join('\n')).not.toContain('PRIVATE KEY');
  const bad = quietTerminal();
  const wrong = laidOver(directory, new URL('../bad-config/23-five-mistakes', import.meta.url).pathname);
  made.push(wrong);
  expect(await run(['check-config', '--json', '-c', wrong], bad)).toBe(1);
  const said = JSON.parse(bad.lines.join('\n'));
  expect(said.ok).toBe(false);
  expect(said.mistakes).toHaveLength(5);
  expect(said.mistakes[0]).toEqual({
    file: 'service.yaml',
    path: 'relay.port',
    line: 7,
    message: 'expected a port from 1 to 65535, found 70000.',
  });
});

test('check-config says all mistakes of all files and ends with 1', async () => {
  const terminal = quietTerminal();
  const wrong = laidOver(await folder(), new URL('../bad-config/23-five-mistakes', import.meta.url).pathname);
  made.push(wrong);
  expect(await run(['check-config', '-c', wrong], terminal)).toBe(1);
  expect(terminal.errors).toHaveLength(6);
  expect(terminal.errors.at(-1)).toBe('5 mistakes; nothing starts with this config.');
});

test('a wrong call is one sentence and the usage', async () => {
  const called = async (...words: string[]) => {
    const terminal = quietTerminal();
    return { code: await run(words, terminal), said: terminal.errors.join('\n') };
  };
  expect(await called('check-confg')).toEqual({
    code: 2,
    said: "Unknown command 'check-confg' (Did you mean check-config?).\nusage: embargod [options] [command]",
  });
  expect(await called('doctor', '--probes')).toEqual({
    code: 2,
    said: "Unknown option '--probes' (Did you mean --probe?).\nusage: embargod doctor [options]",
  });
  expect(await called('check-config', '--config')).toEqual({
    code: 2,
    said: "Option '-c, --config <dir>' argument missing.\nusage: embargod check-config [options]",
  });
});

test('prints the version of package.json', async () => {
  const terminal = quietTerminal();
  expect(await run(['--version'], terminal)).toBe(0);
  expect(terminal.lines).toEqual([JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version]);
});
