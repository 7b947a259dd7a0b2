// docs/processes.md answers for every row of the four processes: with a test that is there, or with a reason.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answerOf, complaintsAbout, counted, filled, linesOf, rows, rowsIn, type Shown, shownRows } from '#test/rows.ts';

const page = readFileSync('docs/processes.md', 'utf8');
const shown = shownRows();

test('every row stands on the page once, and every test that it points to is there and names it', () => {
  expect(rows.size).toBe(270);
  expect(complaintsAbout(page, shown)).toEqual([]);
});

test('no row is called not built that a test names (npm run docs sets the pointers anew)', () => {
  const unbuilt = (text: string) => linesOf(text).flatMap((line) => (answerOf(line) === 'not built' ? [line.row] : []));
  expect(unbuilt(page)).toEqual(unbuilt(filled(page, shown)));
});

test('every row that a test names exists', () => {
  // Rows before these belong to the team, its nominations and votes; they are real and stand on no page yet.
  const known = new Set([...rows, ...Array.from({ length: 31 }, (_, at) => `S1-${String(at + 1).padStart(2, '0')}`)]);
  for (let at = 1; at <= 20; at += 1) known.add(`S2-${String(at).padStart(2, '0')}`);
  const unknown = shown.flatMap(({ file, title, rows: named }) =>
    named.filter((row) => !known.has(row)).map((row) => `${row}: ${file} ${title}`),
  );
  expect(unknown).toEqual([]);
});

/** The page with one line changed; `shown` as it is. */
function changed(row: string, to: (line: string) => string): string[] {
  const text = page.replace(new RegExp(`^\\| ${row} \\|.*$`, 'm'), to);
  expect(text).not.toBe(page);
  return complaintsAbout(text, shown);
}

test.each([
  ['a row that is missing', () => '', 'S1-41 is missing'],
  ['a row that stands twice', (line: string) => `${line}\n${line}`, 'S1-41 stands 2 times'],
  [
    'a row that nobody asked for',
    () => '| S4-99 | more | judgement: it is asked for by nobody at all |',
    'S4-99 is no row of the processes',
  ],
  ['a test file that is not there', () => '| S1-41 | mail | `test/no/such.test.ts › takes a report (S1-41)` |', 'is not there'],
  ['a test that is not there', () => '| S1-41 | mail | `test/processes.test.ts › takes a report (S1-41)` |', 'has no such test'],
  ['a story that shows something else', () => '| S1-41 | mail | `test/stories/30-retrospective` |', 'does not name the row'],
  ['a line that points nowhere', () => '| S1-41 | mail | see the tests |', 'S1-41 points nowhere'],
  ['a judgement without a reason', () => '| S1-41 | mail | judgement: it is so |', 'S1-41 is not shown and does not say why'],
])('notices %s', (_, to, complaint) => {
  expect(changed('S1-41', to).join('\n')).toContain(complaint);
});

test('notices a head that counts wrongly', () => {
  const lines = linesOf(page);
  expect(counted(lines)).toContain(`${lines.length} rows: ${lines.filter((line) => answerOf(line) === 'shown').length} shown`);
  expect(complaintsAbout(page.replace(/^\*\*270 rows/m, '**271 rows'), shown).join()).toContain('the head does not say');
});

test('reads rows alone, in ranges and with letters, and nothing that only looks like one', () => {
  expect(rowsIn('(S1-63 to S1-66, S2-69a, S2-30b; S3-01..S3-03)').sort()).toEqual(
    ['S1-63', 'S1-64', 'S1-65', 'S1-66', 'S2-30b', 'S2-69a', 'S3-01', 'S3-02', 'S3-03'].sort(),
  );
  expect(rowsIn('S5-01 xS1-41 S1-4')).toEqual([]);
});

test('the tool finds tests in tables, in groups and in stories', () => {
  const of = (file: string) => shown.filter((one: Shown) => one.file === file);
  expect(of('test/stories/20-notice-to-distributors')[0]?.rows.length).toBeGreaterThan(0);
  expect(of('test/config/example.test.ts').map(({ title }) => title)).toContain(
    'the policies keep to their processes: on call (S1-34, S2-27, S3-06)',
  );
});
