// embargod rehearse --scenario: every scenario that comes along goes its whole way.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { run } from '#cli.ts';
import { quietTerminal } from '#test/config/folder.ts';

const shipped = readdirSync('config/scenarios').filter((name) => name.endsWith('.yaml'));

test.each(shipped)('%s is played from the report to the end, and no command is refused', { timeout: 60_000 }, async (file) => {
  const terminal = quietTerminal();
  const code = await run(['rehearse', '--scenario', file.replace('.yaml', ''), '--speed', 'max'], terminal);
  const text = terminal.lines.join('\n');
  expect(terminal.errors).toEqual([]);
  expect(code).toBe(0);
  expect(text).toMatch(/^Stage: closed, /m);
  expect(text).not.toMatch(/-> refused|-> not-reached|^Refused/m);
  expect(text).toContain('Nothing leaves');
  expect(text).toMatch(/^ {4}announcement to (?:announce|users) \(in clear\): \[Security Advisory\]/m);
});
