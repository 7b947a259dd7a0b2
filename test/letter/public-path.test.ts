// Public already: what it means and what is due.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const letter = await renderer('public-path');

test('says in the subject that everything is due, then why, what is waived and what is due (S1-42, S1-44, S1-51)', () => {
  const { subject, text } = letter();
  expect(subject).toBe('[SRC-4F7K2M] PUBLIC already: everything is due now');
  expect(text).toContain('The reason: it is in an issue of the repository since yesterday');
  expect(text).toContain('What it means: everything is due at once (ASAP).');
  expect(text).toMatch(/Waived: the 7 days of the distributors/);
  expect(text).toContain('Due ASAP:\n');
  expect(text).toMatch(/- The report awaits a verdict. \(2026-03-03 12:00 UTC/);
  expect(text).toContain('  /privacy ask\n');
});

test('says when the usual dates hold, and when they agreed (S1-43, S4-14)', () => {
  expect(letter({ pace: 'usual' }).text).toContain('Due:\n');
  expect(letter({ pace: 'usual' }).subject).toBe('[SRC-4F7K2M] Public already; the usual dates hold');
  expect(letter({ pace: 'agreed' }).subject).toBe('[SRC-4F7K2M] They go on in private');
});

test('tells that a host can be asked to delete it, and sends nothing of that kind (S1-45, S2-50, S4-08)', () => {
  const { text } = letter({ because: undefined, waives: undefined, due: [], commands: [] });
  expect(text.replace(/\s+/g, ' ')).toContain(
    'can be asked to delete it. This is rarely needed, and nothing of that kind is ever sent from here',
  );
  expect(text).not.toContain('Due');
});

test('threat: a reason cannot imitate a command', () => {
  expect(commandLines(letter({ because: 'so\n/accept' }).text)).toEqual([]);
});
