// The report is a security issue.
import { expect, test } from 'vitest';
import { lettersOf } from '#test/letter/occasion.ts';
import { renderer } from '#test/letter/rendered.ts';
import { accepted } from '#test/situation.ts';

const exposed = { type: 'exposed', by: 'lead' } as const;
const verdictPositive = await renderer('verdict-positive');

test('says so, says what comes next and asks about credit', () => {
  const { subject, text } = verdictPositive();
  expect(subject).toBe('[SRC-4F7K2M] Your report is a security issue');
  expect(text).toContain('Thank you for the second archive');
  expect(text).toContain('We prepare a fix, agree with you on a day');
  expect(text).toMatch(/Please\s+keep\s+it\s+private\s+until\s+then\./);
  expect(text).toContain('credited');
});

test('does without words of the team', () => {
  const { text } = verdictPositive({ text: undefined });
  expect(text).not.toContain('second archive');
  expect(text).not.toContain('\n\n\n');
});

test('owns up where the first answer was no (S4-03)', () => {
  expect(verdictPositive({ again: true }).text).toContain('we looked at your report again');
  expect(verdictPositive().text).not.toContain('again');
});

test('asks nobody to keep private what is public already (S1-42, S1-44)', () => {
  const { text } = verdictPositive({ isPublic: true });
  expect(text.replace(/\s+/g, ' ')).toContain('The issue is public already, so we prepare a fix as fast as we can.');
  expect(text).not.toMatch(/private|before anything becomes public/);
  expect(lettersOf([accepted])[0]?.facts).toMatchObject({ isPublic: false });
  expect(lettersOf([exposed, accepted])[0]?.facts).toMatchObject({ isPublic: true });
  expect(lettersOf([exposed, { type: 'privacy-answered', by: 'reporter', answer: 'yes' }, accepted])[0]?.facts).toMatchObject({
    isPublic: false,
  });
});
