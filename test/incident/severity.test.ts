// CVSS vectors: scored as FIRST scores them, or refused with the metric that is wrong.
import { expect, test } from 'vitest';
import { levelOf, score } from '#incident/severity.ts';

test.each([
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '3.1', 9.8, 'critical'],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', '3.1', 10, 'critical'],
  ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', '3.1', 8.8, 'high'],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', '3.1', 6.1, 'medium'],
  ['CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', '3.1', 1.8, 'low'],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', '3.1', 0, 'none'],
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '3.0', 9.8, 'critical'],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H', '4.0', 10, 'critical'],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', '4.0', 9.3, 'critical'],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', '4.0', 0, 'none'],
] as const)('%s is %s %d, %s (S1-104, S2-59)', (vector, version, value, level) => {
  expect(score(vector)).toEqual({ vector, version, score: value, level });
});

test('the prefix may be written in any case, the metrics may not', () => {
  expect(score('cvss:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H')).toMatchObject({ vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' });
  expect(score('CVSS:3.1/av:N')).toEqual({ wrong: 'CVSS 3.1 has no metric "av".' });
});

test.each([
  ['hello', '"hello" begins no CVSS vector; one begins with CVSS:3.0/, CVSS:3.1/, CVSS:4.0/.'],
  ['CVSS:2.0/AV:N', '"CVSS:2.0" begins no CVSS vector; one begins with CVSS:3.0/, CVSS:3.1/, CVSS:4.0/.'],
  ['CVSS:3.1/AV:N/AC:L', 'The vector lacks PR, UI, S, C, I, A.'],
  ['CVSS:3.1/AV:N/AV:L', 'The metric AV stands twice in the vector.'],
  ['CVSS:3.1/AV:NN', 'The metric AV cannot be "NN"; it is one of N, A, L, P.'],
  ['CVSS:3.1/AV:', 'The metric AV cannot be ""; it is one of N, A, L, P.'],
  ['CVSS:3.1/VC:H', 'CVSS 3.1 has no metric "VC".'],
  ['CVSS:3.1/__proto__:H', 'CVSS 3.1 has no metric "__proto__".'],
  ['CVSS:3.1/constructor:H', 'CVSS 3.1 has no metric "constructor".'],
  [`CVSS:3.1/${'AV:N/'.repeat(50)}`, 'This CVSS vector has too many metrics.'],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/', 'CVSS 3.1 has no metric "".'],
])('%s is refused: %s (S2-59)', (vector, wrong) => {
  expect(score(vector)).toEqual({ wrong });
});

test.each([
  [0, 'none'],
  [0.1, 'low'],
  [3.9, 'low'],
  [4, 'medium'],
  [6.9, 'medium'],
  [7, 'high'],
  [8.9, 'high'],
  [9, 'critical'],
  [10, 'critical'],
] as const)('%d is %s', (value, level) => {
  expect(levelOf(value)).toBe(level);
});
