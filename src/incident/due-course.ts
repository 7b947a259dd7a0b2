// What is due before anybody fixes: a verdict, an answer to a hand-off, a word to the reporter, a broken embargo decided on.
import { isBroken } from '#incident/course.ts';
import type { Deadline } from '#incident/deadline.ts';
import type { Incident } from '#incident/incident.ts';
import { dueAfter } from '#incident/pace.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { spanInWords } from '#time.ts';

/** The deadlines of how an incident goes. */
export function courseDeadlines(incident: Incident, policy: Policy): Deadline[] {
  return [
    ...ofHandoff(incident, policy),
    ...ofVerdict(incident, policy),
    ...ofSecondChance(incident, policy),
    ...ofPrivacy(incident, policy),
    ...ofReporter(incident, policy),
    ...ofBreach(incident, policy),
  ];
}

/** A deadline that makes itself heard when it is due. */
export function due(key: string, at: Date, owners: readonly (string | undefined)[], what: string, commands: readonly string[]): Deadline {
  return { key, dueAt: at, ringsAt: at, owners: owners.filter((who) => who !== undefined), what, commands };
}

function ofHandoff({ handoff }: Incident, policy: Policy): Deadline[] {
  if (!handoff) return [];
  const what = `${handoff.from} offered to hand this incident over; no answer yet.`;
  return [due('handoff', lapsed(handoff.at, policy.spans.handoff, policy), [handoff.to], what, ['/accept-handoff', '/decline-handoff'])];
}

function ofVerdict(incident: Incident, policy: Policy): Deadline[] {
  if (incident.verdict) return [];
  const at = dueAfter(incident.openedAt, policy.spans.triage, incident, policy);
  return [due('triage', at, [incident.commander], 'The report awaits a verdict.', ['/accept', '/decline <class>', '/ask'])];
}

// Whoever answers after a "no" gets a second look, or the "no" was the last word they heard (S4-03).
function ofSecondChance({ verdict, reporterWroteAt, answeredAt, commander }: Incident, policy: Policy): Deadline[] {
  if (verdict?.is !== 'declined' || !reporterWroteAt) return [];
  if (reporterWroteAt <= verdict.at || (answeredAt && reporterWroteAt <= answeredAt)) return [];
  const what = 'The reporter wrote again after the report was declined, and has no answer yet.';
  return [
    due('second-chance', lapsed(reporterWroteAt, policy.spans.triage, policy), [commander], what, ['/accept', '/reply', '/ask', '/close']),
  ];
}

// S1-43, S1-44: whoever does not answer has not agreed, and somebody must see that.
function ofPrivacy({ exposure, commander, announcedAt }: Incident, policy: Policy): Deadline[] {
  if (!exposure?.asked || exposure.answer || announcedAt) return [];
  const what = 'Whoever made this public was asked to go on in private and has not answered; until they agree everything is due at once.';
  return [due('privacy', lapsed(exposure.asked, policy.spans.part, policy), [commander], what, ['/privacy yes', '/privacy no'])];
}

function ofReporter(incident: Incident, policy: Policy): Deadline[] {
  const { updates } = policy.spans;
  if (!updates || !incident.reporter || incident.announcedAt || incident.verdict?.is === 'declined') return [];
  const at = lapsed(incident.answeredAt ?? incident.openedAt, updates, policy);
  return [
    due('update', at, [incident.lead ?? incident.commander], `The reporter is to hear from us every ${spanInWords(updates)}.`, ['/reply']),
  ];
}

/** The lines that decide how to go on after a broken embargo; the default of every doubt first. */
export const breachLines: readonly string[] = ['/decide breach publish because <reason>', '/decide breach continue because <reason>'];

// S1-85: "When in doubt push forward and go public ASAP."
function ofBreach(incident: Incident, policy: Policy): Deadline[] {
  const { breach, lead, commander, announcedAt, decisions } = incident;
  if (!breach || announcedAt) return [];
  if (!isBroken(incident)) {
    // What was decided and waits for a confirmation must not be forgotten with it.
    if (decisions.breach?.choice !== 'publish') return [];
    const undone = 'It was decided to publish after the broken embargo, and nothing has left yet.';
    const at = lapsed(decisions.breach.at, policy.spans.breach, policy);
    return [due('breach', at, [lead, commander], undone, ['/announce', '/confirm <code>', '/decide breach publish because <reason>'])];
  }
  const what = 'The embargo was broken and nobody has decided yet whether to publish now or to go on; in doubt, publish now.';
  return [due('breach', lapsed(breach.at, policy.spans.breach, policy), [lead, commander], what, breachLines)];
}
