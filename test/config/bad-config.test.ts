// Every folder of test/bad-config: what differs from a good config, and every line that check-config must say of it.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checks } from '#cli/checks.ts';
import { mistakeLine, readConfig } from '#config/read.ts';
import { goodFolder, laidOver, now } from '#test/config/folder.ts';

const cases = new URL('../bad-config/', import.meta.url).pathname;
const names = readdirSync(cases).sort();
let good = '';

beforeAll(async () => {
  good = await goodFolder();
});
afterAll(() => rmSync(good, { recursive: true }));

async function linesOf(directory: string): Promise<string[]> {
  const read = await readConfig(directory, {}, { check: checks, now });
  return 'mistakes' in read ? read.mistakes.map(mistakeLine) : [];
}

/** A `*` in an expected line stands for what other rooms say there. */
function pattern(expected: string): RegExp {
  return new RegExp(`^${expected.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '[^\n]{1,2000}')}$`);
}

test('the config that the bad ones differ from has no mistake', async () => {
  expect(await linesOf(good)).toEqual([]);
  expect(names.length).toBeGreaterThanOrEqual(20);
});

test.each(names)('says every mistake of %s, and no secret', async (name) => {
  const directory = laidOver(good, `${cases}${name}`);
  try {
    const said = (await linesOf(directory)).join('\n');
    expect(existsSync(`${cases}${name}/expected-error`), said).toBe(true);
    expect(`${said}\n`).toMatch(pattern(readFileSync(`${cases}${name}/expected-error`, 'utf8')));
    expect(said).not.toContain('NEVER-TO-BE-SHOWN');
    expect(said).not.toBe('');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
