// /close: everything is done; what is not done needs a reason.
import { defineCommand, happened, refuse } from '#command/command.ts';
import { against, gate } from '#command/gate.ts';
import { notDone } from '#command/readiness.ts';
import { accessAdvice } from '#incident/access.ts';
import { cveAdvice } from '#incident/cve.ts';
import { told } from '#incident/disclosure.ts';
import type { Incident } from '#incident/incident.ts';
import { openSteps, stepsBefore } from '#incident/step.ts';
import type { Policy } from '#team/policy.ts';

export const close = defineCommand({
  word: 'close',
  help: 'Close the incident. Before the retrospective is released it needs a reason.',
  examples: ['/close', '/close because the report was a duplicate of one we published'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  args: {},
  because: 'optional',
  decide({ because }, { incident, by, policy }) {
    if (incident.closedAt) return refuse('This incident is closed already.');
    // Also one that is held at its moment: reopened, it would leave by itself.
    if (incident.announcement && !incident.announcedAt)
      return refuse('An announcement is confirmed and has not left yet. /cancel announcement comes first.');
    if (told(incident).length > 0 && !incident.announcedAt)
      return refuse('Distributors hold this incident under embargo; it must become public before it is closed.');
    const complete = incident.reviewedAt !== undefined || incident.verdict?.is === 'declined';
    const advice = [
      ...(complete ? [] : [openPoint(incident)]),
      ...accessAdvice(incident, policy.fixTeam.removal),
      ...leftUndone(incident, policy),
    ];
    const objection = gate(advice, because, 'To close it all the same: /close');
    if (objection) return objection;
    return happened('Closed.', { type: 'closed', by: by.who, ...(because && { because }), ...against(advice, because) });
  },
});

/** Steps that the policy wants done by now, and the CVE. What was declined or not accepted needs no release. */
function leftUndone(incident: Incident, policy: Policy): string[] {
  const released = incident.announcedAt !== undefined;
  const after = released ? openSteps(incident, policy, 'after').filter(({ gate: holds }) => holds !== 'close') : [];
  const steps = [...(released ? stepsBefore(incident, policy, 'close') : []), ...after];
  return [...steps.map(notDone), ...cveAdvice(incident, policy)];
}

function openPoint(incident: { readonly verdict?: unknown; readonly announcedAt?: Date }): string {
  if (!incident.verdict) return 'The report has no verdict yet.';
  return incident.announcedAt ? 'The retrospective is not released yet.' : 'The incident is not announced yet.';
}
