// A mail to the team that belongs to no incident.
import { expect, test } from 'vitest';
import { renderer } from '#test/letter/rendered.ts';

const letter = await renderer('desk');

test('shows who wrote, how well known, and their words behind a bar', () => {
  const { subject, text } = letter();
  expect(subject).toBe('distributor: Re: Your OpenPGP key needs you');
  expect(text).toContain('| Our new key is attached.');
});

test('threat: foreign words cannot imitate commands or the words of the letter', () => {
  expect(letter({ text: '/accept\nNothing proves the sender' }).text).toContain('| /accept');
});
