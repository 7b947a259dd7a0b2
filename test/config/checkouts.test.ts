// The checkouts of team.yaml: read relative to the folder, warned of when they cannot help, refused when commands could not tell them apart.
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checks } from '#cli/checks.ts';
import { mistakeLine, readConfig } from '#config/read.ts';
import { goodFolder, now } from '#test/config/folder.ts';

let folder = '';
beforeEach(async () => {
  folder = await goodFolder();
  mkdirSync(join(folder, 'repos/main'), { recursive: true });
  writeFileSync(join(folder, 'repos/main/OWNERS'), 'approvers: [octocat]\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function reading(checkouts: string) {
  appendFileSync(join(folder, 'teams/security/team.yaml'), `\ncheckouts:\n${checkouts}`);
  const read = await readConfig(folder, {}, { check: checks, now });
  if ('mistakes' in read) return { mistakes: read.mistakes.map(mistakeLine), warnings: [], checkouts: [] };
  return {
    mistakes: [],
    warnings: read.warnings.filter((warning) => warning.includes('checkout')),
    checkouts: read.config.teams[0]?.checkouts,
  };
}

test('a checkout lies in the config folder or anywhere else (S1-56)', async () => {
  const elsewhere = join(folder, 'repos/main');
  const { checkouts, warnings } = await reading(`  - { name: main, path: repos/main }\n  - { name: other, path: ${elsewhere} }\n`);
  expect(checkouts).toEqual([
    { name: 'main', path: elsewhere },
    { name: 'other', path: elsewhere },
  ]);
  expect(warnings).toEqual([]);
});

test('one that is missing, is no folder, or names no owners is warned of, and the service starts', async () => {
  mkdirSync(join(folder, 'repos/empty'));
  const { warnings } = await reading(
    '  - { name: gone, path: repos/gone }\n  - { name: file, path: repos/main/OWNERS }\n  - { name: empty, path: repos/empty }\n',
  );
  expect(warnings).toEqual([
    'teams/security/team.yaml: the checkout gone (repos/gone) does not exist or may not be read; /fix-team propose finds nobody there.',
    'teams/security/team.yaml: the checkout file (repos/main/OWNERS) is no folder; /fix-team propose finds nobody there.',
    'teams/security/team.yaml: the checkout empty (repos/empty) has none of OWNERS, .github/CODEOWNERS, CODEOWNERS, docs/CODEOWNERS at its root; /fix-team propose finds nobody there.',
  ]);
});

test('two of one name are a mistake', async () => {
  const { mistakes } = await reading('  - { name: main, path: repos/main }\n  - { name: main, path: repos/other }\n');
  expect(mistakes).toEqual([
    expect.stringContaining('checkouts[1].name: two checkouts are called "main"; commands could not tell them apart.'),
  ]);
});

test('a name that a command could not carry is a mistake', async () => {
  const { mistakes } = await reading('  - { name: "Main Repo", path: repos/main }\n');
  expect(mistakes[0]).toContain('checkouts[0].name: expected a short name');
});
