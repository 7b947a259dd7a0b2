// Where an incident stands, in one word derived from its state; never stored by hand.
import type { Incident } from '#incident/incident.ts';

export const stages = ['reported', 'declined', 'accepted', 'notified', 'announcing', 'announced', 'reviewed', 'closed'] as const;
export type Stage = (typeof stages)[number];

/** The stage of an incident. */
export function stageOf(incident: Incident): Stage {
  if (incident.closedAt) return 'closed';
  if (incident.reviewedAt) return 'reviewed';
  if (incident.announcedAt) return 'announced';
  if (incident.verdict?.is === 'declined') return 'declined';
  if (incident.announcement) return 'announcing';
  if (incident.notice) return 'notified';
  return incident.verdict?.is === 'accepted' ? 'accepted' : 'reported';
}

/** Whether the incident still has something to be done. */
export function isOpen(incident: Incident): boolean {
  return incident.closedAt === undefined;
}

/** Whether nothing about the incident may be public yet. */
export function isEmbargoed(incident: Incident): boolean {
  return incident.announcedAt === undefined;
}
