// /confirm of what is told: the heads-up, an update, what does not hold an announcement, a list that hears later.
import type { Action, Event } from '#incident/event.ts';
import { rows } from '#test/command/table.ts';
import { accepted, announced, member, ready, scheduled } from '#test/situation.ts';

const at = '2026-03-16T16:00:00.000Z';
const base = [accepted, scheduled(), ...ready('notice'), ...ready('announcement')];
const asked = (action: Action): Event => ({
  type: 'confirmation-asked',
  by: 'lead',
  action,
  codes: [{ to: 'second', code: 'K7Q2ZD' }],
  expires: '2026-03-04T12:00:00.000Z',
});
const notify = { act: 'notify', mark: 'aaaaaaaa' } as const;
const announce = { act: 'announce', mark: 'aaaaaaaa', at } as const;
const second = member('second');

rows(
  {
    it: 'releases the public heads-up with the moment it names (S4-24, S4-26)',
    after: [...base, ...ready('heads-up'), asked({ act: 'heads-up', mark: 'aaaaaaaa' })],
    by: second,
    order: '/confirm K7Q2ZD',
    answers: 'Confirmed: release the public heads-up aaaaaaaa.',
    happens: [
      { type: 'confirmed', by: 'second', action: { act: 'heads-up', mark: 'aaaaaaaa' } },
      { type: 'heads-up-released', by: 'second', mark: 'aaaaaaaa', channels: ['announce'], publicAt: at },
    ],
  },
  {
    it: 'says of a second heads-up that it corrects the first (S1-50)',
    after: [
      ...base,
      { type: 'heads-up-released', by: 'second', mark: 'bbbbbbbb', channels: ['announce'], publicAt: '2026-03-15T16:00:00.000Z' },
      ...ready('heads-up'),
      asked({ act: 'heads-up', mark: 'aaaaaaaa' }),
    ],
    by: second,
    order: '/confirm K7Q2ZD',
    answers: 'Confirmed: release the public heads-up aaaaaaaa.',
    happens: [
      { type: 'confirmed', by: 'second', action: { act: 'heads-up', mark: 'aaaaaaaa' } },
      { type: 'heads-up-released', by: 'second', mark: 'aaaaaaaa', channels: ['announce'], publicAt: at, corrects: true },
    ],
  },
  {
    it: 'updates what is announced (S1-71, S4-35)',
    after: [...base, announced, asked({ act: 'update', mark: 'aaaaaaaa' })],
    by: second,
    order: '/confirm K7Q2ZD',
    answers: 'Confirmed: update the announcement with aaaaaaaa.',
    happens: [
      { type: 'confirmed', by: 'second', action: { act: 'update', mark: 'aaaaaaaa' } },
      { type: 'announcement-updated', by: 'second', mark: 'aaaaaaaa', channels: ['announce'] },
    ],
  },
  {
    it: 'remembers which open steps do not hold the announcement (S1-91)',
    after: [...base, asked({ ...announce, despite: ['binaries'] })],
    by: second,
    order: '/confirm K7Q2ZD',
    answers: 'Confirmed: announce aaaaaaaa at 2026-03-16 16:00 UTC.',
    happens: [
      { type: 'confirmed', by: 'second', action: { ...announce, despite: ['binaries'] } },
      { type: 'announcement-set', by: 'second', mark: 'aaaaaaaa', at, despite: ['binaries'] },
    ],
  },
  {
    it: 'keeps a list with a limit of its own for later (linux-distros: 14 days)',
    roster: {
      distributors: [
        { id: 'acme', name: 'Acme', addresses: ['security@acme.example.net'] },
        { id: 'distros', name: 'Distros', addresses: ['distros@example.net'], longest: '7d' },
      ],
    },
    after: [...base, asked(notify)],
    by: second,
    order: '/confirm K7Q2ZD',
    answers:
      'Confirmed: release the notice aaaaaaaa to the distributors. distros hears 7 days before the public date, as its own rules say.',
    happens: [
      { type: 'confirmed', by: 'second', action: notify },
      {
        type: 'notice-released',
        by: 'second',
        mark: 'aaaaaaaa',
        distributors: ['acme'],
        unreachable: [],
        later: [{ who: 'distros', longest: '7d' }],
      },
    ],
  },
);
