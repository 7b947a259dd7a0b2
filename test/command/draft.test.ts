// /draft: a text to read and approve.

import type { Event } from '#incident/event.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, cve, drafted, field, ready, reviewed, scheduled } from '#test/situation.ts';

const known = [accepted, scheduled(), field('title', 'A flaw'), field('impact', 'Much')];
const rated: Event = { type: 'severity-set', by: 'lead', level: 'high' };
const whole = [
  ...known,
  rated,
  cve,
  field('affected', '1'),
  field('fixed', '2'),
  field('mitigation', 'none'),
  field('upgrade', 'as usual'),
];
const attached: Event = { type: 'patches-attached', by: 'lead', message: 'mail-7', names: ['0001.patch'] };
guards('/draft notice', known);

rows(
  {
    it: 'drafts a notice (S1-78)',
    after: known,
    order: '/draft notice',
    answers: 'Drafted notice aaaaaaaa; the text is on its way to the team. Whoever has read it: /approve notice aaaaaaaa',
    happens: [drafted('notice')],
  },
  {
    it: 'names what a notice lacks (S1-78)',
    after: [scheduled()],
    order: '/draft notice',
    refuses:
      'Still missing: title, impact. /set title <text>, /set impact <text>. To draft it all the same: /draft notice because <reason>.',
  },
  {
    it: 'names what an announcement lacks, mitigation among it (S1-95, S1-96)',
    after: known,
    order: '/draft announcement',
    refuses:
      'Still missing: affected, fixed, mitigation, severity, cve, upgrade. /set affected <text>, /set fixed <text>, /set mitigation <text>, /severity <vector>, /cve <id>, /set upgrade <text>. To draft it all the same: /draft announcement because <reason>.',
  },
  {
    it: 'asks for severity and CVE by their own commands',
    policy: { advisory: { notice: ['severity', 'cve'], announcement: [] } },
    after: known,
    order: '/draft notice',
    refuses: 'Still missing: severity, cve. /severity <vector>, /cve <id>. To draft it all the same: /draft notice because <reason>.',
  },
  {
    it: "takes the team's own words without more",
    after: [scheduled()],
    order: '/draft announcement\nOur words.\n/end',
    answers: 'Drafted announcement ffffffff; the text is on its way to the team. Whoever has read it: /approve announcement ffffffff',
    happens: [{ ...drafted('announcement', 'ffffffff', true), text: 'Our words.' } as never],
  },
  {
    it: 'refuses a draft that says nothing new',
    after: [...whole, ...ready('announcement')],
    order: '/draft announcement',
    refuses: 'The draft aaaaaaaa says exactly that already.',
  },
  {
    it: 'drafts the same words anew for another date (S1-50)',
    after: [...whole, ...ready('announcement'), scheduled('2026-03-17T16:00:00.000Z')],
    order: '/draft announcement',
    answers: 'Drafted announcement aaaaaaaa; the text is on its way to the team. Whoever has read it: /approve announcement aaaaaaaa',
    happens: [drafted('announcement')],
  },
  {
    it: 'needs the date for a notice (S1-77)',
    after: [field('title', 'A flaw'), field('impact', 'Much')],
    order: '/draft notice',
    refuses: 'Distributors must know until when the embargo lasts: /schedule sets the public date.',
  },
  {
    it: 'needs the date for an announcement',
    order: '/draft announcement\nWords.\n/end',
    refuses: 'There is no public date yet: /schedule sets it.',
  },
  {
    it: 'does not touch a confirmed announcement',
    after: [...whole, announcementSet],
    order: '/draft announcement',
    refuses: 'The announcement is confirmed for its moment. /cancel announcement comes first.',
  },
  {
    it: 'drafts no retrospective before the announcement',
    order: '/draft retrospective',
    refuses: 'The retrospective comes after the announcement.',
  },
  {
    it: 'drafts no notice of what is public',
    after: [...whole, announced],
    order: '/draft notice',
    refuses: 'This incident is public already.',
  },
  {
    it: 'refuses another kind',
    order: '/draft poem',
    refuses:
      '"poem" is none of notice, heads-up, announcement, retrospective. Write: /draft <kind> [text, or lines up to /end] [because <reason>]',
  },
  {
    it: 'goes on with a reason that is kept where a field is missing (S1-49, S4-35)',
    after: known,
    order: '/draft announcement because the fix comes with a second mail',
    answers: 'Drafted announcement aaaaaaaa; the text is on its way to the team. Whoever has read it: /approve announcement aaaaaaaa',
    happens: [{ ...drafted('announcement'), because: 'the fix comes with a second mail' } as never],
  },
  {
    it: 'needs no fixed versions once it was decided to disclose before there is a fix, but a mitigation (S1-71)',
    after: [
      ...known,
      rated,
      cve,
      field('affected', '1'),
      { type: 'decided', by: 'lead', what: 'early', choice: 'yes', because: 'easily mitigated' },
    ],
    order: '/draft announcement',
    refuses: 'Still missing: mitigation. /set mitigation <text>. To draft it all the same: /draft announcement because <reason>.',
  },
  {
    it: 'drafts an update of what is public (S1-71, S4-35)',
    after: [...whole, announcementSet, announced],
    order: '/draft announcement',
    answers: 'Drafted announcement aaaaaaaa; the text is on its way to the team. Whoever has read it: /approve announcement aaaaaaaa',
    happens: [drafted('announcement')],
  },
  {
    it: 'names the branches without a patch (S1-81)',
    policy: { branches: ['release-1.30'] },
    after: known,
    order: '/draft notice',
    answers:
      'Drafted notice aaaaaaaa; the text is on its way to the team. It names no patch for: release-1.30. Whoever has read it: /approve notice aaaaaaaa',
    happens: [drafted('notice')],
  },
  {
    it: 'takes the attached patches along with a notice (S1-79)',
    after: [...known, attached],
    order: '/draft notice',
    answers: 'Drafted notice aaaaaaaa; the text is on its way to the team. Whoever has read it: /approve notice aaaaaaaa',
    happens: [{ ...drafted('notice'), carries: ['mail-7'] } as never],
  },
  {
    it: 'has no heads-up where the process has none',
    after: known,
    order: '/draft heads-up',
    refuses: 'The process of this team has no public heads-up.',
  },
  {
    it: 'drafts a heads-up with its mitigation and date (S4-24 to S4-26)',
    policy: { headsUp: {} },
    after: whole,
    order: '/draft heads-up',
    answers: 'Drafted heads-up aaaaaaaa; the text is on its way to the team. Whoever has read it: /approve heads-up aaaaaaaa',
    happens: [drafted('heads-up')],
  },
  {
    it: 'needs the mitigation for a heads-up (S4-25)',
    policy: { headsUp: {} },
    after: known,
    order: '/draft heads-up',
    refuses: 'Still missing: mitigation. /set mitigation <text>. To draft it all the same: /draft heads-up because <reason>.',
  },
  {
    it: 'gives nothing away in a heads-up, whatever the reason (S4-24)',
    policy: { headsUp: {} },
    after: [...known, field('details', 'Archives are unpacked without a look at their names.')],
    order: '/draft heads-up\nCVE-1900-0001: archives are\nunpacked without a look at their names.\n/end',
    refuses: 'A heads-up must not give away the details, a CVE id. It says when the release comes and what to do until then, no more.',
  },
  {
    it: 'has nothing to say of what was declined',
    after: [...whole, { type: 'declined', by: 'lead', class: 'hardening' }],
    order: '/draft notice',
    refuses: 'This incident is declined. /reopen comes first.',
  },
  {
    it: 'does not look back twice (S1-102)',
    after: [...whole, announced, reviewed],
    order: '/draft retrospective',
    refuses: 'The retrospective is released already.',
  },
);
