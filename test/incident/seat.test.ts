// Who sits with the team in one incident without being of the team, and that nobody else does.
import { expect, test } from 'vitest';
import { withheld } from '#incident/embargo.ts';
import type { Event } from '#incident/event.ts';
import { seated } from '#incident/seat.ts';
import { accepted, announced, incident, now, roster } from '#test/situation.ts';

const people = roster({
  members: [
    { handle: 'lead', name: 'lead', addresses: ['lead@example.org'] },
    { handle: 'newcomer', name: 'newcomer', addresses: ['newcomer@example.org'], roles: ['associate'] },
    { handle: 'maintainer', name: 'maintainer', addresses: ['maintainer@example.org'], roles: ['engineer'] },
  ],
  oncall: { from: '2026-03-02', order: ['lead'] },
});
const leads = (who: string): Event => ({ type: 'lead-chosen', by: who, lead: who, how: 'volunteered' });
const exposed: Event = { type: 'exposed', by: 'lead' };
const low: Event = { type: 'decided', by: 'lead', what: 'sensitivity', choice: 'low', because: 'it only shows a version' };
const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['maintainer'] };
const taken: Event = { type: 'handoff-accepted', by: 'maintainer' };
const handles = (...events: Event[]) => seated(incident(accepted, ...events), people).map(({ handle }) => handle);
const why = (who: string, ...events: Event[]) =>
  withheld(
    { audience: 'team', who, address: `${who}@example.org`, contents: true, kind: 'relay' },
    incident(accepted, ...events),
    people,
    now,
  );

test.each<[string, Event[], string[]]>([
  ['an associate who leads what is public', [exposed, leads('newcomer')], ['newcomer']],
  ['an associate who leads what is announced', [leads('newcomer'), announced], ['newcomer']],
  ['an associate who leads what is of low sensitivity (S3-10)', [low, leads('newcomer')], ['newcomer']],
  ['no associate who does not lead (S2-32)', [exposed], []],
  ['no associate who only has it as its commander', [exposed, { type: 'taken', by: 'newcomer' }], []],
  ['no associate of a private incident, even as its lead (S2-32)', [leads('newcomer')], []],
  [
    'no associate once it goes on in private',
    [exposed, leads('newcomer'), { type: 'privacy-answered', by: 'reporter', answer: 'yes' }],
    [],
  ],
  ['no associate once low sensitivity was taken back', [low, leads('newcomer'), { ...low, choice: 'no' } as Event], []],
  ['a maintainer of the fix team who commands (S1-35)', [invited, taken], ['maintainer']],
  ['no maintainer who only was invited', [invited], []],
  ['no maintainer who left the fix team', [invited, taken, { type: 'fix-team-left', by: 'lead', person: 'maintainer' }], []],
  ['no maintainer who was never invited', [taken], []],
])('sits with the team: %s', (_, events, expected) => {
  expect(handles(...events)).toEqual(expected);
});

test('what the team reads leaves to whoever sits with it, asked again when it leaves', () => {
  expect(why('newcomer', exposed, leads('newcomer'))).toBeUndefined();
  expect(why('newcomer', leads('newcomer'))).toBe('newcomer no longer belongs to the audience team');
  expect(why('maintainer', invited, taken)).toBeUndefined();
  expect(why('maintainer', invited)).toBe('maintainer no longer belongs to the audience team');
  expect(why('lead')).toBeUndefined();
});
