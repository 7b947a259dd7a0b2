// What a letter offers to answer: commands that exist, make sense now, and are explained.
import { expect, test } from 'vitest';
import { commandFor } from '#command/list.ts';
import { helpWith, suggestions } from '#letter/commands-shown.ts';
import { accepted, announced, announcementSet, anonymous, closed, incident, noticed, reviewed, scheduled } from '#test/situation.ts';

const stages = {
  reported: incident(),
  'reported by nobody': incident(anonymous),
  accepted: incident(accepted),
  planned: incident(accepted, scheduled()),
  notified: incident(accepted, scheduled(), noticed),
  announcing: incident(accepted, scheduled(), announcementSet),
  announced: incident(accepted, announced),
  reviewed: incident(accepted, announced, reviewed),
  declined: incident({ type: 'declined', by: 'lead', class: 'x' }),
  closed: incident(accepted, closed),
};
const words = (known: ReturnType<typeof incident>) => suggestions(known).map(({ line }) => line.slice(1).split(' ', 1)[0] ?? '');

test('whatever is offered exists and says what it does', () => {
  for (const [stage, known] of Object.entries(stages)) {
    expect(suggestions(known).length, stage).toBeGreaterThan(0);
    for (const word of words(known)) expect(commandFor(word)?.word, stage).toBe(word);
    for (const { line, help } of suggestions(known)) expect(help, `${stage}: ${line}`).not.toBe('');
  }
});

test('offers what makes sense now', () => {
  expect(words(stages.reported)).toEqual(['take', 'accept', 'decline', 'ask', 'spam', 'status']);
  expect(words(stages['reported by nobody'])).toContain('reporter');
  expect(words(incident({ type: 'taken', by: 'lead' }))).not.toContain('take');
  expect(words(stages.accepted)).toContain('schedule');
  expect(words(stages.planned)).toEqual(expect.arrayContaining(['draft', 'reply']));
  expect(words(stages.announcing)).toContain('cancel');
  expect(words(stages.closed)).toEqual(['reopen', 'status']);
});

test('a line nobody explains has no help rather than a wrong one', () => {
  expect(helpWith(['/xyzzy', 'no command'])).toEqual([
    { line: '/xyzzy', help: '' },
    { line: 'no command', help: '' },
  ]);
});
