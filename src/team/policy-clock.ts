// The clock of a policy: how long things may take, when people work, when they are reminded, which hour is good for publication.
import { z } from 'zod';
import { Day, HourMinute, Lapse, lapsing, lasting, Weekday } from '#team/policy-word.ts';
import { isZone } from '#time.ts';

/** How long each step may take; what a working team counts in days of work may be written "3wd". */
export const Spans = z.strictObject({
  triage: lapsing('3d', 'From report to accept or decline.'),
  updates: Lapse.optional().describe('The reporter of an open incident hears from us at least this often; absent: no reminder of it.'),
  lead: lapsing('24h', 'From accept until somebody leads.'),
  fixTeam: lapsing('24h', 'From report until a fix team is invited, not before the report is accepted.'),
  assessment: Lapse.optional().describe('From accept until the severity is rated; absent: no reminder of it.'),
  fix: Lapse.optional().describe('From report until the fix is ready; absent: no limit.'),
  plan: lapsing('7d', 'From accept until the public date is set.'),
  release: Lapse.optional().describe('From report until the incident is public; absent: no limit but the longest embargo.'),
  handoff: lapsing('24h', 'Until an offered hand-off is answered.'),
  part: lapsing('24h', 'Until whoever has a part says so; then the next one in line is asked.'),
  request: lapsing('24h', 'Until an administrator answers a request.'),
  breach: lapsing('4h', 'From a broken embargo until somebody decides to go on or to publish.'),
  retrospectiveFrom: lasting('1d', 'From the release until the retrospective is asked for.'),
  retrospectiveBy: Lapse.optional().describe('From the release until the retrospective is due; absent: no limit.'),
  announcementReady: lasting('2d', 'How long before the public date the announcement must be ready.'),
  quiet: lapsing('14d', 'How long an open incident may go without any word.'),
  quietBySeverity: z
    .partialRecord(z.enum(['low', 'medium', 'high', 'critical']), Lapse)
    .default({})
    .describe('The same where the severity is known and another length is meant.'),
  remindEvery: lasting('24h', 'A reminder that nobody heeds comes again after this, to more people each time.'),
  confirmation: lasting('24h', 'How long a confirmation code is good.'),
  longestEmbargo: lasting('90d', 'The longest embargo this team holds, from report to public date.'),
  cveRecord: lasting('72h', 'From publication until the record of the CVE is published.'),
  cveAnswer: lapsing('3d', 'Until the numbering authority answers a request.'),
});

/** When the team works; reminders that can wait come in these hours, and days of work are counted by them. */
export const Calendar = z.strictObject({
  zone: z
    .string()
    .refine(isZone, { error: 'expected an IANA time zone like "Europe/Berlin"' })
    .optional()
    .describe('The zone of these hours; absent: the zone of the policy.'),
  days: z.array(Weekday).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']).describe('The days of work.'),
  holidays: z.array(Day).max(400).default([]).describe('Days nobody works, like "2026-12-25".'),
});

/** How people are reminded. */
export const Reminders = z.strictObject({
  at: HourMinute.default('08:00').describe(
    'The hour, in the zone of the calendar, of the one mail a day with all that is due for a person.',
  ),
  urgent: lasting(
    '24h',
    'What is first said within this of its date has a reminder of its own; what was said farther ahead, or is repeated, stands in the mail of the day.',
  ),
  weekly: Weekday.optional().describe('The day of the digest that shows the team its open incidents; absent: none is sent.'),
  picture: z
    .enum(['attached', 'shown'])
    .default('shown')
    .describe(
      'Where an encrypted digest has its picture: shown as HTML beside its text inside the encryption, where it loads nothing; or attached as a file, for teams whose mail programs must not show HTML.',
    ),
});

/** The hour and the days that are good for publication. */
export const Slot = z.strictObject({
  time: HourMinute.default('16:00').describe('The recommended hour of publication, UTC.'),
  days: z.array(Weekday).min(1).default(['mon', 'tue', 'wed', 'thu']).describe('The recommended days of publication.'),
});
