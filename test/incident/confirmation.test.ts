// Codes of one person each: whose is whose, how they may be written, how many wrong ones are too many.
import { expect, test } from 'vitest';
import { codeFor, isCode, mostMisses, type Pending, pendingOf, triesLeft, withoutCodes } from '#incident/confirmation.ts';

const pending: Pending = pendingOf({
  type: 'confirmation-asked',
  by: 'lead',
  action: { act: 'notify', mark: 'aaaaaaaa' },
  codes: [
    { to: 'second', code: 'K7Q2ZD' },
    { to: 'constructor', code: 'M4X8TN' },
  ],
  expires: '2026-03-04T12:00:00.000Z',
});

test('everybody has their own code and nobody that of another', () => {
  expect(['second', 'constructor', 'lead', 'third'].map((who) => codeFor(pending, who))).toEqual([
    'K7Q2ZD',
    'M4X8TN',
    undefined,
    undefined,
  ]);
});

test.each([
  ['K7Q2ZD', 'K7Q2ZD', true],
  ['k7q2zd', 'K7Q2ZD', true],
  ['oOiIlL', '001111', true],
  ['K7Q2Z', 'K7Q2ZD', false],
  ['K7Q2ZDD', 'K7Q2ZD', false],
  ['', 'K7Q2ZD', false],
  ['undefined', 'K7Q2ZD', false],
])('"%s" for %s: %s', (written, code, is) => {
  expect(isCode(written, code)).toBe(is);
});

test('the last of so many wrong codes leaves no more', () => {
  const after = (times: number) => ({ ...pending, missed: [...Array<string>(times).fill('second'), 'third'] });
  expect([0, 1, mostMisses - 2, mostMisses - 1, mostMisses].map((times) => triesLeft(after(times), 'second'))).toEqual([
    mostMisses - 1,
    mostMisses - 2,
    1,
    0,
    0,
  ]);
  expect(triesLeft(after(mostMisses), 'constructor')).toBe(mostMisses - 1);
});

test('every way to write a code is hidden from others, and nothing else', () => {
  expect(withoutCodes('k7q2zd K7Q2ZD m4x8tn K7Q2ZE', pending)).toBe('****** ****** ****** K7Q2ZE');
  expect(withoutCodes('K7Q2ZD', undefined)).toBe('K7Q2ZD');
});
