// /heads-up: prepares the public word that a fix will come.
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, drafted, fixed, ready, scheduled } from '#test/situation.ts';

const bent = { policy: { headsUp: {} } };
const prepared = [accepted, scheduled(), ...fixed, ...ready('heads-up')];
const asked = {
  type: 'confirmation-asked',
  by: 'lead',
  action: { act: 'heads-up', mark: 'aaaaaaaa' },
  codes: [
    { to: 'second', code: 'K7Q2ZD' },
    { to: 'third', code: 'M4X8TN' },
  ],
  expires: '2026-03-04T12:00:00.000Z',
} as const;
const answers =
  'To release the public heads-up aaaaaaaa is prepared. Somebody else of the team confirms it with the code in their own preview, which is on its way.';
const released = {
  type: 'heads-up-released',
  by: 'second',
  mark: 'aaaaaaaa',
  channels: ['announce'],
  publicAt: '2026-03-16T16:00:00.000Z',
} as const;
guards('/heads-up', prepared, bent);

rows(
  { ...bent, it: 'asks for a confirmation of exactly this draft (S4-24)', after: prepared, order: '/heads-up', answers, happens: [asked] },
  {
    ...bent,
    it: 'waits for a fix or a mitigation (S4-23)',
    after: [accepted, scheduled(), ...fixed.slice(1), ...ready('heads-up')],
    order: '/heads-up',
    refuses:
      'Neither a fix nor a mitigation is ready: /fix-ready says when one is. To release it all the same: /heads-up because <reason>.',
  },
  {
    ...bent,
    it: 'goes on for a reason and keeps the advice (S1-49)',
    after: [accepted, scheduled(), ...fixed.slice(1), ...ready('heads-up')],
    order: '/heads-up because users need the time',
    answers,
    happens: [
      { ...asked, because: 'users need the time', against: 'Neither a fix nor a mitigation is ready: /fix-ready says when one is.' },
    ],
  },
  {
    it: 'is nothing for a team whose process has none',
    after: prepared,
    order: '/heads-up',
    refuses: 'The process of this team has no public heads-up.',
  },
  {
    ...bent,
    it: 'needs an approved draft',
    after: [accepted, scheduled(), drafted('heads-up')],
    order: '/heads-up',
    refuses: 'The heads-up aaaaaaaa is not approved: somebody who has read it writes /approve heads-up aaaaaaaa',
  },
  {
    ...bent,
    it: 'refuses a draft that names another date (S4-26)',
    after: [...prepared, scheduled('2026-03-17T16:00:00.000Z')],
    order: '/heads-up',
    refuses: 'The public date moved since the heads-up aaaaaaaa was drafted: /draft heads-up makes it anew.',
  },
  {
    ...bent,
    it: 'needs a date to come (S4-26)',
    after: prepared,
    now: new Date('2026-03-16T16:00:00Z'),
    order: '/heads-up',
    refuses: 'A heads-up names the moment of the release: /schedule sets a date to come.',
  },
  {
    ...bent,
    it: 'leaves once',
    after: [...prepared, released],
    order: '/heads-up',
    refuses: 'This heads-up is released already; a changed draft can follow it.',
  },
  {
    ...bent,
    it: 'comes before the announcement',
    after: [...prepared, announced],
    order: '/heads-up',
    refuses: 'This incident is public already.',
  },
  {
    ...bent,
    it: 'has nowhere to go',
    roster: { channels: [], retrospective: [] },
    after: prepared,
    order: '/heads-up',
    refuses: 'The roster names no channels for it.',
  },
);
