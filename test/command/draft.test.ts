// /draft: a text to read and approve.

import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, announcementSet, drafted, field, ready, scheduled } from '#test/situation.ts';

const known = [accepted, scheduled(), field('title', 'A flaw'), field('impact', 'Much')];
const whole = [...known, field('affected', '1'), field('fixed', '2'), field('mitigation', 'none')];
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
    refuses: 'Still missing: title, impact. /set title <text>, /set impact <text>',
  },
  {
    it: 'names what an announcement lacks, mitigation among it (S1-95, S1-96)',
    after: known,
    order: '/draft announcement',
    refuses: 'Still missing: affected, fixed, mitigation. /set affected <text>, /set fixed <text>, /set mitigation <text>',
  },
  {
    it: 'asks for severity and CVE by their own commands',
    policy: { advisory: { notice: ['severity', 'cve'], announcement: [] } },
    after: known,
    order: '/draft notice',
    refuses: 'Still missing: severity, cve. /severity <vector>, /cve <id>',
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
    refuses: 'The kind "poem" is none of notice, announcement, retrospective. Write: /draft <kind> [text, or lines up to /end]',
  },
);
