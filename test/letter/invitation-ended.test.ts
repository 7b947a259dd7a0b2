// Tells somebody that they are no longer on the fix team.
import { expect, test } from 'vitest';
import { lettersOf } from '#test/letter/occasion.ts';
import { renderer } from '#test/letter/rendered.ts';
import { roster } from '#test/situation.ts';

const ended = await renderer('invitation-ended');

test('says that it is over and that the embargo still holds, and nothing of what it was about (S1-55)', () => {
  const { subject, text } = ended();
  expect(subject).toBe('[SRC-4F7K2M] You no longer belong to the fix team');
  expect(text).toContain('stays under embargo');
  expect(() => ended({ because: 'they talked' })).toThrow('because (unrecognized_keys)');
});

test('goes to the person alone, also without a key of theirs', () => {
  const members = [...roster().members, { handle: 'engineer', name: 'Engineer', addresses: ['engineer@example.com'], roles: ['engineer'] }];
  const events = [
    { type: 'fix-team-invited' as const, by: 'lead', people: ['engineer'] },
    { type: 'fix-team-left' as const, by: 'lead', person: 'engineer', because: 'they talked' },
  ];
  expect(lettersOf(events, { roster: { members } })).toMatchObject([{ kind: 'invitation-ended', to: { who: 'engineer' }, facts: {} }]);
  expect(JSON.stringify(lettersOf(events, { roster: { members } }))).not.toContain('talked');
});
