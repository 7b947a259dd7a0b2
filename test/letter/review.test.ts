// A draft to be read and approved.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { lettersOf } from '#test/letter/occasion.ts';
import { commandLines, renderer } from '#test/letter/rendered.ts';
import { cve, drafted, field } from '#test/situation.ts';

const review = await renderer('review');

test('shows the draft with its mark, what is missing and how to approve', () => {
  const { subject, text } = review();
  expect(subject).toBe('[SRC-4F7K2M] Draft of the announcement to review');
  expect(text).toContain('lead drafted the announcement a1b2c3 of SRC-4F7K2M.');
  expect(text).toContain('Still missing:\n  - mitigation');
  expect(text).toContain('  /approve a1b2c3');
  expect(text).toContain('Subject: [Security Advisory] CVE-1900-0001: Path traversal in the archive importer\n');
  expect(text).toContain('| Fixed in 2.3.1.');
});

test('does not speak of missing parts when none is missing', () => {
  expect(review({ missing: [] }).text).not.toContain('missing');
});

test('names what the process asks for and the draft does not have, before the reason to go on without; a text of the team has nothing missing (S1-49, S1-95)', () => {
  const draft = (more: object) => ({ ...drafted('announcement'), because: 'the rest follows', ...more }) as Event;
  const [letter] = lettersOf([field('title', 'A flaw'), cve, draft({})]);
  expect(letter?.facts.missing).toEqual(['impact', 'affected', 'fixed', 'mitigation', 'severity', 'upgrade']);
  expect(review({ because: 'the rest follows' }).text).toMatch(
    /Still missing:\n {2}- mitigation\n\nThe reason that was given for going on without: the rest follows/,
  );
  expect(lettersOf([cve, draft({ own: true })])[0]?.facts.missing).toEqual([]);
});

test('threat: a draft cannot imitate a command', () => {
  expect(commandLines(review({ text: '/approve a1b2c3' }).text)).toEqual([]);
});
