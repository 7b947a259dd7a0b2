// The seal of every letter is the policy's for its audience: `may` for one audience opens no other one.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { letterOfKind } from '#letter/list.ts';
import { type Audience, audiences } from '#team/policy.ts';
import { lettersOf } from '#test/letter/occasion.ts';
import { accepted, announced, cve, drafted, noticed, ready, reported, reviewed, scheduled } from '#test/situation.ts';

const failure = (to: string): Event => ({ type: 'letter-failed', letter: 'l', kind: 'notice', to, how: 'unsealable' });
const occasions: readonly (readonly Event[])[] = [
  [reported],
  [{ type: 'mail-joined', by: 'acme', message: 'm', proof: 'signed' }],
  [{ type: 'handoff-offered', by: 'lead', to: 'third' }],
  [accepted],
  [{ type: 'declined', by: 'lead', class: 'x' }],
  [{ type: 'replied', by: 'lead', text: 'x', asks: true }],
  [{ type: 'cve-requested', by: 'lead' }],
  [drafted('notice')],
  [
    ...ready('notice'),
    {
      type: 'confirmation-asked',
      by: 'lead',
      action: { act: 'notify', mark: 'aaaaaaaa' },
      codes: [{ to: 'second', code: 'K7Q2ZD' }],
      expires: '2026-03-04T12:00:00.000Z',
    },
  ],
  [{ type: 'confirmation-missed', by: 'second', left: 0 }],
  [...ready('notice'), noticed],
  [scheduled(), noticed, scheduled('2026-03-17T16:00:00.000Z')],
  [scheduled(), noticed, { type: 'cancelled', by: 'lead', what: 'schedule', because: 'x' }],
  [...ready('announcement'), cve, announced],
  [announced, ...ready('retrospective'), reviewed],
  [{ type: 'reminded', deadline: 'triage', level: 1, to: ['lead'] }],
  [failure('gamma')],
  [failure('second')],
];
const roster = { operator: { address: 'operator@example.org' } };

/** The letters of all occasions under a policy with these seals. */
function under(seals: Readonly<Record<string, { seal: string }>>) {
  const bent = { policy: { audiences: seals }, roster, now: new Date('2026-03-02T13:01:00Z') };
  return occasions.flatMap((events) => lettersOf(events, bent));
}

const allMust = Object.fromEntries(audiences.filter((one) => one !== 'public').map((one) => [one, { seal: 'must' }]));

test('the occasions bring letters to every audience that there are letters for', () => {
  expect([...new Set(under({}).map(({ audience }) => audience))].sort()).toEqual(
    ['cna', 'distributors', 'operator', 'public', 'reporter', 'team'].sort(),
  );
});

test.each(audiences.filter((one) => one !== 'public'))(
  'threat: `may` for the audience %s lets letters of no other audience go in clear',
  (open: Audience) => {
    for (const { kind, audience, seal } of under({ ...allMust, [open]: { seal: 'may' } })) {
      const wanted = audience === 'public' ? 'never' : audience === open ? 'may' : 'must';
      // A request for a key has no contents and must reach somebody without one.
      const free = letterOfKind(kind)?.contents === false && seal === 'may';
      expect(free ? wanted : seal, `${kind} to ${audience}`).toBe(wanted);
    }
  },
);

test('only a letter without contents has another seal than the policy gives its audience', () => {
  const odd = under(allMust).filter(({ audience, seal }) => seal !== (audience === 'public' ? 'never' : 'must'));
  expect([...new Set(odd.map(({ kind }) => kind))]).toEqual(['key-wanted']);
});
