// What a report says of being public, and what somebody answers who is asked to go on in private.
import { expect, test } from 'vitest';
import { privacyAnswer, seemsPublic } from '#incident/exposure.ts';

test.each([
  ['This is already public: see the tracker.', 'already public'],
  ['I posted at\nhttps://example.net/1 yesterday.', 'posted at https:'],
  ['It has been published. Details were sent to full-disclosure as well.', 'full-disclosure'],
  ['We see it exploited in the wild.', 'exploited in the wild'],
])('finds the words of %s (S1-42)', (text, words) => {
  expect(seemsPublic('report', text)).toBe(words);
});

test.each([
  'It is not already public.',
  'I will go for full disclosure in 90 days.',
  'Nothing of it has been published.',
  "It isn't publicly known yet.",
  'If it has been published by then, tell me.',
  'The republished at https page is fine.',
])('is not taken in by %s', (text) => {
  expect(seemsPublic('report', text)).toBeUndefined();
});

test.each([
  [['YES'], 'yes'],
  [['', '  yes, gladly.', 'But not for long.'], 'yes'],
  [['No.'], 'no'],
  [['NO - it stays where it is', ''], 'no'],
] as const)('takes %j as the answer (S1-43)', (lines, answer) => {
  expect(privacyAnswer(lines)).toBe(answer);
});

test.each([
  [[]],
  [['Yesterday I published it.']],
  [['No problem, go on in private.']],
  [['Yes, but only until Friday.']],
  [['Yes or no, I do not care.']],
  [['Yes?']],
  [['Hello,', 'YES']],
  [['Not really.']],
  [['nope']],
])('leaves %j to people', (lines) => {
  expect(privacyAnswer(lines)).toBeUndefined();
});
