// Who knows: whom letters with contents reached, what came back, who learned of it in other ways.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { knowing, knownOtherwise, type Told } from '#incident/knowledge.ts';
import { announced, incident, journal } from '#test/situation.ts';
import { inUtc } from '#time.ts';

const at = new Date('2026-03-02T12:30:00Z');

function letter(changes: Partial<Told> = {}): Told {
  return {
    ...{ letter: 'L1', kind: 'report', contents: true, audience: 'team', who: 'lead', address: 'lead@example.org' },
    ...{ messageId: 'one@example.org', is: 'sent', at },
    ...changes,
  };
}

test('since when somebody knows is when the first letter with contents left (S2-24)', () => {
  const first = letter({ letter: 'L0', kind: 'alarm', contents: false, at: new Date('2026-03-02T12:00:00Z') });
  expect(knowing([first, letter()], journal())).toMatchObject([{ who: 'lead', since: at }]);
});

test.each(['waiting', 'keyless', 'failed', 'dropped'] as const)('who has only a letter that is %s was not told', (is) => {
  expect(knowing([letter({ is })], journal())[0]?.since).toBeUndefined();
});

test('a letter that left and came back told nobody, from the moment of the bounce (C18)', () => {
  const bounced: Event = { type: 'letter-failed', letter: 'L1', kind: 'report', to: 'lead', how: 'bounced' };
  const [one] = knowing([letter()], journal(bounced));
  expect(one?.since).toBeUndefined();
  expect(one?.letters).toMatchObject([{ is: 'bounced' }]);
});

test('one person in two audiences is listed in each, audiences from the inside out', () => {
  const all = [letter({ audience: 'distributors', who: 'acme' }), letter(), letter({ audience: 'fix-team' })];
  expect(knowing(all, journal()).map(({ audience, who }) => `${audience} ${who}`)).toEqual([
    'team lead',
    'fix-team lead',
    'distributors acme',
  ]);
});

test('who wrote to us, who may enter the repository and the public know without a letter', () => {
  const events: Event[] = [
    { type: 'mail-joined', by: 'outsider', from: { address: 'curious@example.com', name: '' }, message: 'm', proof: 'none' },
    { type: 'mail-joined', by: 'outsider', from: { address: 'curious@example.com', name: '' }, message: 'n', proof: 'none' },
    { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'third' },
    { type: 'access-requested', by: 'lead', number: 2, what: 'grant', person: 'second' },
    { type: 'access-answered', by: 'lead', number: 1, how: 'done' },
    announced,
  ];
  expect(knownOtherwise(incident(...events), journal(...events), inUtc)).toEqual([
    'the reporter (reporter@example.net): reported it 2026-03-02 12:00 UTC',
    'curious@example.com: wrote to us 2026-03-02 13:01 UTC, not on the roster',
    'third: may enter the private repository since 2026-03-02 13:05 UTC',
    'the public: announced 2026-03-02 13:06 UTC',
  ]);
});

test('whose access was taken back may enter no more', () => {
  const events: Event[] = [
    { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'third' },
    { type: 'access-answered', by: 'lead', number: 1, how: 'done' },
    { type: 'access-requested', by: 'lead', number: 2, what: 'remove', person: 'third' },
    { type: 'access-answered', by: 'lead', number: 2, how: 'done' },
  ];
  expect(knownOtherwise(incident(...events), journal(...events), inUtc).join('\n')).not.toContain('third');
});
