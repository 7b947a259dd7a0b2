// Where an incident stands, in one word derived from its state; never stored by hand.
import type { Incident } from '#incident/incident.ts';

export const stages = [
  'reported',
  'triaged',
  'declined',
  'accepted',
  'fixing',
  'fix-ready',
  'heads-up',
  'notified',
  'announcing',
  'final-notice',
  'announced',
  'retrospective',
  'closed',
] as const;
export type Stage = (typeof stages)[number];

/**
 * The stage of an incident: the farthest it has come. A process that skips a step never shows its stage. Whether a release is built and
 * there is a matter of the policy's steps, and stands in the plan.
 */
export function stageOf(incident: Incident): Stage {
  if (incident.closedAt) return 'closed';
  if (incident.reviewedAt) return 'retrospective';
  if (incident.announcedAt) return 'announced';
  if (incident.verdict?.is === 'declined') return 'declined';
  if (incident.announcement) return incident.finalNotice ? 'final-notice' : 'announcing';
  if (incident.notice) return 'notified';
  if (incident.headsUp) return 'heads-up';
  if (incident.fixReady) return 'fix-ready';
  if (incident.verdict?.is === 'accepted') return incident.lead || incident.fixTeam.length > 0 ? 'fixing' : 'accepted';
  return incident.taken || incident.severity || incident.answeredAt ? 'triaged' : 'reported';
}

/** Whether the incident still has something to be done. */
export function isOpen(incident: Incident): boolean {
  return incident.closedAt === undefined;
}

/** Whether nothing about the incident may be public yet. */
export function isEmbargoed(incident: Incident): boolean {
  return incident.announcedAt === undefined;
}
