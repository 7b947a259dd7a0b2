// Something needs a person.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const alarm = await renderer('alarm');

test('says what happened and what to do, in the subject too', () => {
  const { subject, text } = alarm();
  expect(subject).toBe('[SRC-4F7K2M] Alarm: A mail could not be decrypted and lies in the folder Shunted.');
  expect(text).toContain('What to do: Open the folder');
});

test('holds nothing but its two sentences and the id', () => {
  expect(alarm({ what: 'One.', advice: 'Two.' }).text).toBe('SRC-4F7K2M: One.\n\nWhat to do: Two.\n');
});

test('does without an incident', () => {
  const { subject, text } = alarm({ id: undefined });
  expect(subject).toMatch(/^Alarm: /);
  expect(text).toMatch(/^A mail could not be decrypted/);
});
