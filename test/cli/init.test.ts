// embargod init: a folder for each of the processes that come with the program, whole and without a mistake.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checks } from '#cli/checks.ts';
import { init } from '#cli/init.ts';
import { mistakeLine, readConfig } from '#config/read.ts';
import { now, quietTerminal, temporary } from '#test/config/folder.ts';
import { shipped } from '#test/config/policies.ts';

const wish = { name: 'security', title: 'Example Security Team', address: 'security@example.org', prefix: 'EX' };

test.each(shipped)('a team can begin with %s, and its first roster fits the process', async (policy) => {
  const directory = temporary();
  try {
    expect(await init({ ...wish, directory, policy }, quietTerminal())).toBe(0);
    const read = await readConfig(directory, {}, { check: checks, now });
    if ('mistakes' in read) throw new Error(read.mistakes.map(mistakeLine).join('\n'));
    const [team] = read.config.teams;
    expect(readFileSync(join(directory, 'teams/security/policy.yaml'), 'utf8')).toContain(`extends: ${policy}\n`);
    expect(Object.keys(team?.roster.parts ?? {})).toEqual(Object.keys(team?.policy.parts.standing ?? {}));
    expect(team?.roster.oncall !== undefined).toBe(team?.policy.parts.commander === 'oncall');
    expect(read.warnings.join('\n')).not.toMatch(/takes turns|turns are not used|no oncall/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

test('a process that does not come with the program is refused with those that do, and nothing is written', async () => {
  const directory = join(temporary(), 'new');
  const terminal = quietTerminal();
  expect(await init({ ...wish, directory, policy: 'kubernets' }, terminal)).toBe(1);
  expect(terminal.errors).toEqual(['--policy: there is no policy "kubernets"; known are gardener, karmada, kubernetes, kubernetes-pst.']);
  expect(() => readFileSync(join(directory, 'service.yaml'))).toThrow('ENOENT');
});

test.each(['../../etc/passwd', '', 'Kubernetes', 'kubernetes.yaml'])('the name of a process is never a path: "%s"', async (policy) => {
  const terminal = quietTerminal();
  expect(await init({ ...wish, directory: join(temporary(), 'new'), policy }, terminal)).toBe(1);
  expect(terminal.errors.join()).toContain('there is no policy');
});
