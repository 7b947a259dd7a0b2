// Which letters follow from what happened, for whom, and how they must be sealed.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { letterOfKind } from '#letter/list.ts';
import { lettersOf, whoGets } from '#test/letter/occasion.ts';
import {
  accepted,
  announced,
  anonymous,
  closed,
  cve,
  drafted,
  field,
  noticed,
  ready,
  reported,
  reviewed,
  scheduled,
} from '#test/situation.ts';

const team = (kind: string) => ['lead', 'second', 'third'].map((who) => `${kind} to ${who}`);
const asked = {
  type: 'confirmation-asked',
  by: 'lead',
  action: { act: 'notify', mark: 'aaaaaaaa' },
  codes: [
    { to: 'second', code: 'K7Q2ZD' },
    { to: 'third', code: 'M4X8TN' },
  ],
  expires: '2026-03-04T12:00:00.000Z',
} as const;
const missed = (left: number): Event => ({ type: 'confirmation-missed', by: 'third', left });
const failure = (how: 'refused' | 'bounced' | 'unsealable' | 'given-up' | 'withheld', kind = 'notice'): Event => ({
  type: 'letter-failed',
  letter: 'l',
  kind,
  to: 'gamma',
  how,
});

test.each([
  ['a report (S1-41)', [reported], ['acknowledgement to reporter', ...team('report')]],
  ['a report nobody can be thanked for', [anonymous], team('report')],
  [
    'a reporter who is named (S4-04)',
    [{ type: 'reporter-named', by: 'lead', reporter: { address: 'b@example.net', name: '' } }],
    ['acknowledgement to reporter'],
  ],
  [
    'a mail of a member: the others only',
    [{ type: 'mail-joined', by: 'second', message: 'm', proof: 'signed' }],
    ['relay to lead', 'relay to third'],
  ],
  ['a mail from outside', [{ type: 'mail-joined', by: 'outsider', message: 'm', proof: 'none' }], team('relay')],
  ['a hand-off (S1-35)', [{ type: 'handoff-offered', by: 'lead', to: 'third' }], ['handoff to third']],
  ['an acceptance (S4-03)', [accepted], ['verdict-positive to reporter']],
  ['a declination (S4-03)', [{ type: 'declined', by: 'lead', class: 'x', text: 'no' }], ['verdict-negative to reporter']],
  ['spam', [{ type: 'spam-marked', by: 'lead' }], []],
  ['a note', [{ type: 'noted', by: 'lead', text: 'x' }], []],
  ['a reply', [{ type: 'replied', by: 'lead', text: 'x', asks: false }], ['reply to reporter']],
  ['a CVE request (S2-63)', [{ type: 'cve-requested', by: 'lead' }], ['cve-request to cna']],
  ['a date before anybody else was told', [scheduled()], team('public-date')],
  [
    'a date that moves (S1-50)',
    [scheduled(), noticed, scheduled('2026-03-17T16:00:00.000Z')],
    [...team('public-date'), 'date-moved to acme', 'date-moved to gamma'],
  ],
  [
    'a date that is taken back',
    [scheduled(), noticed, { type: 'cancelled', by: 'lead', what: 'schedule', because: 'x' }],
    [...team('public-date'), 'date-moved to acme', 'date-moved to gamma'],
  ],
  ['a draft', [drafted('notice')], team('review')],
  ['an approval', [...ready('notice')], []],
  ['a preparation (S1-47)', [...ready('notice'), asked], team('preview')],
  ['a wrong code: the mail is relayed, that is enough', [...ready('notice'), asked, missed(4)], []],
  ['wrong codes until it is void', [...ready('notice'), asked, missed(0)], team('alarm')],
  ['a notice (S1-86)', [...ready('notice'), noticed], ['notice to acme', 'notice to gamma']],
  [
    'an announcement (S1-98)',
    [...ready('announcement'), announced],
    ['announcement to announce', 'paste to lead', 'resolution to reporter', ...team('critique-wanted')],
  ],
  ['a retrospective (S1-101)', [announced, reviewed], ['retrospective to announce', ...team('retrospective')]],
  ['a bounce', [failure('bounced')], team('alarm')],
  ['a letter that cannot be sealed (S1-86)', [failure('unsealable')], [...team('alarm'), 'key-wanted to gamma']],
  ['an alarm that fails raises no alarm, or it would never end', [failure('refused', 'alarm')], []],
  ['the end', [closed], []],
] as [string, Event[], string[]][])('%s', (_, events, wanted) => {
  expect(whoGets(lettersOf(events, { now: new Date('2026-03-02T13:01:00Z') }))).toEqual(wanted);
});

test('above the limits nobody is acknowledged, and the team hears all the same (S4-02)', () => {
  expect(whoGets(lettersOf([reported], { mayAcknowledge: false }))).toEqual(team('report'));
});

test('letters are sealed as the policy says, and a request for a key may go in clear', () => {
  const seals = (events: Event[], changes = {}) =>
    Object.fromEntries(lettersOf(events, { now: new Date('2026-03-02T13:01:00Z'), policy: changes }).map(({ kind, seal }) => [kind, seal]));
  expect(seals([reported])).toEqual({ acknowledgement: 'may', report: 'must' });
  expect(seals([...ready('notice'), noticed])).toEqual({ notice: 'must' });
  expect(seals([...ready('announcement'), announced])).toMatchObject({ announcement: 'never', paste: 'must', resolution: 'may' });
  expect(seals([failure('unsealable')])).toEqual({ alarm: 'must', 'key-wanted': 'may' });
  expect(seals([...ready('notice'), noticed], { audiences: { distributors: { seal: 'may' } } })).toEqual({ notice: 'may' });
});

test('each preview has the code of its reader and no other one; whoever prepared it has none (S1-47)', () => {
  const codes = (event: Event, changes = {}) =>
    Object.fromEntries(
      lettersOf([...ready('notice'), event], { policy: changes }).map(({ to, facts }) => [
        to.who,
        [facts.code, facts.signed, facts.second],
      ]),
    );
  expect(codes(asked)).toEqual({ lead: [undefined, true, true], second: ['K7Q2ZD', true, true], third: ['M4X8TN', true, true] });
  const everybody = { ...asked, codes: [...asked.codes, { to: 'lead', code: 'P9W3RB' }] };
  const alone = { proof: 'domain', commands: { notify: { confirm: 'same-person' } } };
  expect(codes(everybody, alone)).toEqual({
    lead: ['P9W3RB', false, false],
    second: ['K7Q2ZD', false, false],
    third: ['M4X8TN', false, false],
  });
  expect(codes(asked, { proof: 'domain', commands: { confirm: { proof: 'signed' } } }).second).toEqual(['K7Q2ZD', true, true]);
});

test('a journal with one code for all still writes previews, and none with a code to whoever prepared it', () => {
  const { codes: _, ...rest } = asked;
  const letters = lettersOf([...ready('notice'), { ...rest, code: 'K7Q2ZD' }]);
  expect(letters.map(({ to, facts }) => [to.who, facts.code])).toEqual([
    ['lead', undefined],
    ['second', 'K7Q2ZD'],
    ['third', 'K7Q2ZD'],
  ]);
});

test('an alarm about wrong codes says what happened and no code', () => {
  const [alarm] = lettersOf([...ready('notice'), asked, missed(0)]);
  expect(alarm?.facts.what).toBe('third sent too many wrong confirmation codes; what was prepared is void.');
  expect(JSON.stringify(alarm)).not.toMatch(/K7Q2ZD|M4X8TN/);
});

test('a member called "constructor" is asked for a key like anybody else', () => {
  const members = [{ handle: 'constructor', name: 'C', addresses: ['constructor@example.org'] }];
  const bent = { roster: { members, oncall: undefined }, now: new Date('2026-03-02T13:01:00Z') };
  const lost = { type: 'letter-failed', letter: 'l', kind: 'report', to: 'constructor', how: 'unsealable' } as const;
  expect(whoGets(lettersOf([lost], bent))).toEqual(['alarm to constructor', 'key-wanted to constructor']);
  const preview = lettersOf([...ready('notice'), { ...asked, by: 'other', codes: [] }], bent);
  expect(preview.map(({ to, facts }) => [to.who, facts.code])).toEqual([['constructor', undefined]]);
});

test('drafts leave as they were approved: the letter names the mark and holds no text', () => {
  for (const letter of lettersOf([...ready('notice'), noticed])) expect(letter).toMatchObject({ draft: 'aaaaaaaa' });
});

test('every letter has exactly the facts its kind asks for', () => {
  const occasions: Event[][] = [
    [reported],
    [accepted],
    [{ type: 'declined', by: 'lead', class: 'x' }],
    [{ type: 'cve-requested', by: 'lead' }],
    [...ready('notice'), asked],
    [drafted('announcement')],
    [...ready('announcement'), cve, announced],
    [scheduled(), noticed, scheduled('2026-03-17T16:00:00.000Z')],
    [failure('unsealable')],
    [{ type: 'handoff-offered', by: 'lead', to: 'third' }],
    [{ type: 'reminded', deadline: 'triage', level: 1, to: ['lead'] }],
  ];
  for (const events of occasions) {
    for (const letter of lettersOf(events, { now: new Date('2026-03-02T13:01:00Z') }).filter(({ draft }) => draft === undefined)) {
      const checked = letterOfKind(letter.kind)?.facts.safeParse(letter.facts);
      expect(checked?.success ? '' : `${letter.kind}: ${JSON.stringify(checked?.error?.issues)}`).toBe('');
    }
  }
});

test('an acknowledgement has no fact that a report could hide in (S4-02)', () => {
  const [acknowledgement] = lettersOf([{ ...reported, title: 'REPORTEDWORD' } as Event]);
  expect(JSON.stringify(acknowledgement?.facts)).not.toContain('REPORTEDWORD');
});

test('text of a field reaches the CNA and nobody else by a CVE request', () => {
  const [request] = lettersOf([field('title', 'A flaw'), field('impact', 'Much'), { type: 'cve-requested', by: 'lead' }]);
  expect(request?.facts).toMatchObject({ title: 'A flaw', impact: 'Much', affected: '' });
});
