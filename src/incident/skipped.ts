// What an incident went past: stages of its process that it never was in, and the reason somebody gave for it (S3-17).
import { owesNotice } from '#incident/due-disclosure.ts';
import type { Event, Recorded } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { type Stage, stageOf, stages } from '#incident/stage.ts';
import type { Policy } from '#team/policy.ts';

/** A stage that was passed by, and why, as far as the journal knows. */
export interface Skipped {
  readonly stage: Stage;
  readonly because?: string;
}

/** The stages of the process that lie behind an incident and that it never was in, in their order; without a journal no reasons are known. */
export function skipped(incident: Incident, policy: Policy, recorded: readonly Recorded[] = []): Skipped[] {
  const here = stages.indexOf(stageOf(incident));
  if (incident.verdict && incident.verdict.is !== 'accepted') return [];
  return owed(incident, policy)
    .filter((stage) => stages.indexOf(stage) < here && !was(stage, incident))
    .map((stage) => {
      const because = reasonFor(stage, recorded);
      return { stage, ...(because !== undefined && { because }) };
    });
}

/** The stages that this process has for this incident and that leave a trace. */
function owed(incident: Incident, policy: Policy): Stage[] {
  const final = policy.notice.final !== undefined && policy.notice.duty !== 'never' && incident.notice !== undefined;
  return [
    'accepted',
    'fix-ready',
    ...(policy.headsUp ? (['heads-up'] as const) : []),
    ...(owesNotice(incident, policy) || incident.notice ? (['notified'] as const) : []),
    ...(final ? (['final-notice'] as const) : []),
    'announced',
    'retrospective',
  ];
}

function was(stage: Stage, incident: Incident): boolean {
  const trace: Partial<Record<Stage, unknown>> = {
    accepted: incident.verdict,
    'fix-ready': incident.fixReady,
    'heads-up': incident.headsUp,
    notified: incident.notice,
    'final-notice': incident.finalNotice,
    announced: incident.announcedAt,
    retrospective: incident.reviewedAt,
  };
  return trace[stage] !== undefined;
}

// What leads past a stage, each with the stage it leads to.
const leads: Partial<Record<Event['type'], Stage>> = {
  'heads-up-released': 'heads-up',
  'notice-released': 'notified',
  'announcement-set': 'announcing',
  announced: 'announced',
  'retrospective-released': 'retrospective',
  closed: 'closed',
};

// The reason stands with the event that went past, or with the request that was confirmed before it.
function reasonFor(stage: Stage, recorded: readonly Recorded[]): string | undefined {
  let asked: string | undefined;
  for (const { event } of recorded) {
    if (event.type === 'confirmation-asked') asked = event.because;
    const to = leads[event.type];
    if (to === undefined || stages.indexOf(to) <= stages.indexOf(stage)) continue;
    const because = event.type === 'closed' ? event.because : asked;
    if (because !== undefined) return because;
  }
  return undefined;
}
