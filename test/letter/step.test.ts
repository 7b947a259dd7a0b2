// The time of a step has come.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const step = await renderer('step');

test('says what is to be done now, where, and how to say that it is done (S1-89)', () => {
  const { subject, text } = step();
  expect(subject).toBe('[SRC-4F7K2M] Now: Merge the pull requests as quickly as possible; nothing in them may change now');
  expect(text).toContain('https://example.org/pulls/17');
  expect(text).toContain('  /done merge\n      it is done');
  expect(text).toContain('- All binaries are built, publicly available and work');
  expect(text).toContain('under embargo');
});

test('leaves out what nobody knows', () => {
  const { text } = step({ patches: undefined, lead: undefined, publicAt: undefined, others: [] });
  expect(text).not.toMatch(/Patches|Fix lead|Release:|Also open/);
});
