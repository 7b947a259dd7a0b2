// Every date an incident must not miss, derived from its state, the policy and nothing else (DESIGN rule 7).
import type { Incident } from '#incident/incident.ts';
import { isOpen } from '#incident/stage.ts';
import type { Policy } from '#team/policy.ts';
import { after, before, inUtc, type Span, spanInWords } from '#time.ts';

/** Who is reminded first: one of the incident's people, or the team when nobody has the part. */
export type DeadlineOwner = 'commander' | 'lead' | 'offered';

export interface Deadline {
  readonly key: string;
  readonly dueAt: Date;
  /** When it first makes itself heard: before the date where there is something to prepare, else at the date. */
  readonly ringsAt: Date;
  readonly owner: DeadlineOwner;
  /** What is due, a sentence for the reminder. */
  readonly what: string;
  /** The lines of commands that would answer it. */
  readonly commands: readonly string[];
  /** True: at the moment the daemon acts, it does not remind. */
  readonly acts?: true;
}

/** The deadlines of an incident as it stands; a closed incident has none. */
export function deadlinesOf(incident: Incident, policy: Policy): Deadline[] {
  if (!isOpen(incident)) return [];
  const { spans } = policy;
  const due: Deadline[] = [];
  const add = (key: string, dueAt: Date, owner: DeadlineOwner, what: string, commands: string[], ahead?: Span) =>
    due.push({ key, dueAt, ringsAt: ahead ? before(dueAt, ahead) : dueAt, owner, what, commands });

  const { verdict, publicAt, announcedAt } = incident;
  if (incident.handoff) {
    add(
      'handoff',
      after(incident.handoff.at, spans.handoff),
      'offered',
      `${incident.handoff.from} offered to hand this incident over; no answer yet.`,
      ['/accept-handoff', '/decline-handoff'],
    );
  }
  if (!verdict)
    add('triage', after(incident.openedAt, spans.triage), 'commander', 'The report awaits a verdict.', [
      '/accept',
      '/decline <class>',
      '/ask',
    ]);
  if (verdict?.is === 'accepted' && !announcedAt) {
    if (!incident.lead) add('lead', after(verdict.at, spans.lead), 'commander', 'Nobody leads the fix yet.', ['/lead me', '/lead next']);
    if (!publicAt) add('plan', after(verdict.at, spans.plan), 'lead', 'No public date is set yet.', ['/schedule']);
    add(
      'embargo',
      after(incident.openedAt, spans.longestEmbargo),
      'lead',
      `This team keeps an embargo for ${spanInWords(spans.longestEmbargo)} at most.`,
      ['/schedule <date>', '/announce'],
      '14d' as Span,
    );
  }
  if (publicAt && !announcedAt) addDisclosure(incident, publicAt, policy, add);
  if (incident.announcement && !announcedAt) {
    const at = incident.announcement.at;
    due.push({
      key: 'announce',
      dueAt: at,
      ringsAt: at,
      owner: 'lead',
      what: `The announcement leaves at ${inUtc(at)}.`,
      commands: ['/cancel announcement'],
      acts: true,
    });
  }
  if (announcedAt && !incident.reviewedAt) {
    const by = after(announcedAt, spans.retrospectiveBy);
    due.push({
      key: 'retrospective',
      dueAt: by,
      ringsAt: after(announcedAt, spans.retrospectiveFrom),
      owner: 'lead',
      what: 'The retrospective is due.',
      commands: ['/retrospective', '/critique'],
    });
  }
  if (incident.reviewedAt)
    add('close', after(incident.reviewedAt, spans.quiet), 'commander', 'Everything is done; the incident is still open.', ['/close']);
  else if (!announcedAt && !publicAt) {
    add('quiet', after(incident.lastWordAt, spans.quiet), 'commander', `No word for ${spanInWords(spans.quiet)}.`, [
      '/status',
      '/note',
      '/close',
    ]);
  }
  return due;
}

type Add = (key: string, dueAt: Date, owner: DeadlineOwner, what: string, commands: string[], ahead?: Span) => void;

function addDisclosure(incident: Incident, publicAt: Date, policy: Policy, add: Add): void {
  const { spans, notice } = policy;
  if (owesNotice(incident, policy) && !incident.notice) {
    const latest = before(publicAt, notice.least);
    add(
      'notice',
      latest,
      'lead',
      `Distributors must hear ${spanInWords(notice.least)} before the public date, ${inUtc(publicAt)}.`,
      ['/draft notice', '/notify'],
      '2d' as Span,
    );
  }
  if (!incident.announcement) {
    add(
      'announcement',
      publicAt,
      'lead',
      `The public date is ${inUtc(publicAt)} and no announcement is confirmed.`,
      ['/draft announcement', '/announce', '/schedule <date>'],
      spans.announcementReady,
    );
  }
}

/** Whether this incident must be told to the distributors under this policy (S1-76). */
export function owesNotice(incident: Incident, policy: Policy): boolean {
  return policy.notice.duty === 'cve' && incident.cve.state === 'assigned';
}

/**
 * When a deadline makes itself heard next. A reminder that was given is repeated after `remindEvery`; a date that moved past its last
 * reminder starts anew.
 */
export function nextRing(deadline: Deadline, incident: Incident, policy: Policy): Date {
  const reminded = incident.reminded[deadline.key];
  if (!reminded || reminded.at < deadline.ringsAt) return deadline.ringsAt;
  return after(reminded.at, policy.spans.remindEvery);
}

/** The next level of a reminder: 1 is the owner, 2 the commander too, from 3 on everybody (C7: it does not stop at the second person). */
export function nextLevel(deadline: Deadline, incident: Incident): number {
  const reminded = incident.reminded[deadline.key];
  return !reminded || reminded.at < deadline.ringsAt ? 1 : reminded.level + 1;
}
