// /decide: a decision about the way of an incident, with its rationale; what the process advises against takes one more word (S1-49, S1-60 to S1-74).
import { z } from 'zod';
import { askConfirmation } from '#command/ask-confirmation.ts';
import { type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { breachMoves, type DecisionKind, decisionKinds } from '#incident/course.ts';
import { adviceAgainst, choices, isPosted, known, knows, nextRelease } from '#incident/decision.ts';
import type { Event } from '#incident/event.ts';
import { stepsBefore } from '#incident/step.ts';
import { shown, spanInWords } from '#time.ts';

export const decide = defineCommand({
  word: 'decide',
  help: 'Decide about the way of the incident: slow, semi-public, early, release, distributors, emergency, sensitivity, breach. Against the advice of the process: anyway.',
  examples: [
    '/decide slow yes because two maintainers are away until Monday',
    '/decide release next-patch because it needs a configuration nobody ships',
    '/decide early yes anyway because switching the feature off is enough',
    '/decide breach continue because only the title leaked',
  ],
  who: ['member'],
  proof: 'domain',
  changes: true,
  unlessDeclined: true,
  args: {
    what: z.enum(decisionKinds, { error: `is none of ${decisionKinds.join(', ')}` }),
    choice: z.string().max(20),
    anyway: z.literal('anyway', { error: 'is not understood; only "anyway" may stand there' }).optional(),
  },
  because: 'required',
  decide({ what, choice, anyway, because = '' }, situation) {
    const { incident, by, policy, now } = situation;
    const wrong = objection(what, choice, situation);
    if (wrong) return refuse(wrong);
    const advice = adviceAgainst(what, choice, incident, policy, now);
    if (advice.length > 0 && !anyway)
      return refuse(`${advice.join(' ')} To decide so all the same: /decide ${what} ${choice} anyway because <reason>.`);
    const event: Event = {
      type: 'decided',
      by: by.who,
      what,
      choice,
      because,
      ...(advice.length > 0 && { against: advice.join(' ') }),
    };
    const posted = isPosted(what, policy) ? ' Every member is told, with the reason.' : '';
    if (what === 'breach') return ofBreach(choice, event, situation);
    return happened(`Decided: ${what} ${choice}.${consequence(what, choice, situation)}${posted}`, event);
  },
});

const early: readonly DecisionKind[] = ['sensitivity', 'emergency', 'breach'];

function objection(what: DecisionKind, choice: string, { incident, policy }: IncidentSituation): string | undefined {
  if (!knows(what, policy)) return `This process knows no decision "${what}". It knows: ${known(policy).join(', ')}.`;
  if (!choices[what].includes(choice)) return `"${choice}" is no choice of ${what}. Choices: ${choices[what].join(', ')}.`;
  if (incident.announcedAt) return 'This incident is public already; there is nothing left to decide about its way.';
  if (incident.verdict?.is !== 'accepted' && !early.includes(what)) return 'The report is not accepted yet: /accept comes first.';
  if (what === 'breach' && !incident.breach) return 'No broken embargo is reported. /breach does that.';
  const before = incident.decisions[what]?.choice;
  // To publish is prepared again where its confirmation ran out.
  if (before === choice && choice !== 'publish') return `That is decided already: ${what} ${choice}.`;
  if (before === undefined && choice === 'no' && what !== 'distributors')
    return `Nothing is decided about ${what} that could be taken back.`;
  return undefined;
}

function consequence(what: DecisionKind, choice: string, { policy, now }: IncidentSituation): string {
  const { decisions } = policy;
  if (what === 'slow' && decisions.slow)
    return choice === 'yes' ? ` Fix, plan and release may take ${spanInWords(decisions.slow.by)} longer.` : ' The usual dates hold again.';
  if (what === 'semi-public' && choice === 'yes')
    return ' The fix may be made in public; what it is about stays private, and no public text may link the two before the release.';
  if (what === 'early' && choice === 'yes') return ' The announcement may leave without fixed versions; it needs the mitigation.';
  if (what === 'emergency' && choice === 'yes') return ' The windows of the distributors are a warning now and hold nothing up.';
  if (what === 'release' && choice === 'next-patch') {
    const next = nextRelease(decisions.release?.next ?? [], now);
    return next ? ` The next patch release is on ${next}: /schedule ${next}` : ' The policy names no day of the next patch release.';
  }
  if (what === 'distributors') return choice === 'yes' ? ' The notice is due; /draft notice makes its text.' : ' They are not told early.';
  return '';
}

// S1-84: publish now, or go on. To publish is irreversible, so it takes a confirmation for this moment, whatever was confirmed for another (house rule 6).
function ofBreach(choice: string, event: Event, situation: IncidentSituation): Decision {
  const { incident, by, policy, now } = situation;
  if (choice === 'continue') {
    const date = incident.publicAt ? `, ${shown(incident.publicAt, policy.zone)}` : '';
    return happened(`Decided: we go on as planned${date}. Every member is told; so are the distributors who have the notice.`, event);
  }
  const at = now.toISOString();
  const { announcement } = incident;
  if (!announcement) {
    const moved: Event = { type: 'scheduled', by: by.who, publicAt: at, because: breachMoves };
    return happened(`Decided: publish now. The public date is now, and every member is told. ${missing(incident)}`, event, moved);
  }
  // The reason of the decision is the reason to go without them.
  const open = stepsBefore(incident, policy, 'announcement').map(({ key }) => key);
  const without = open.length > 0 ? ` Not done, and not waited for: ${open.join(', ')}.` : '';
  const action = { act: 'announce', mark: announcement.mark, at, ...(open.length > 0 && { despite: open }) } as const;
  const asked = askConfirmation(action, situation, breachMoves);
  if ('refused' in asked) return asked;
  return happened(`Decided: publish now. Every member is told.${without} ${asked.answer}`, event, ...asked.events);
}

function missing({ drafts }: IncidentSituation['incident']): string {
  return `Still missing: ${drafts.announcement ? 'the announcement must be drafted anew for this date' : 'an announcement'} (/draft announcement), its approval (/approve), and the confirmation (/announce, /confirm).`;
}
