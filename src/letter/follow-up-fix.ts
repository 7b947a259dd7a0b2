// Which letters follow from what happens to the fix team: invitations, messages, requests to the administrator, and that the fix is ready.
import { titleOf } from '#incident/advisory.ts';
import { withoutCodes } from '#incident/confirmation.ts';
import type { Event, Who } from '#incident/event.ts';
import type { FixEvent } from '#incident/fix.ts';
import { ratingWords } from '#incident/fix-summary.ts';
import { isSeated } from '#incident/seat.ts';
import { openSteps } from '#incident/step.ts';
import { letter } from '#letter/addressing.ts';
import { fixTeamCommands, helpWith } from '#letter/commands-shown.ts';
import type { Occasion } from '#letter/follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { administrator, driving, fixTeam, invited, onFile } from '#letter/recipients.ts';
import { memberOf } from '#team/roster.ts';

/** The events of the fix that letters follow from; steps have their own. */
type Followed = Exclude<
  FixEvent,
  { type: 'step-done' | 'step-undone' | 'step-told' | 'patches-attached' | 'commits-named' | 'patches-reviewed' }
>;
type Of<Type extends Followed['type']> = Extract<Followed, { type: Type }>;

/** The letters of one event of the fix team; the mail that caused it is relayed to the team besides. */
export function lettersForFix(event: Followed, occasion: Occasion): Letter[] {
  const { incident, roster } = occasion;
  switch (event.type) {
    case 'fix-team-invited':
      return invited(roster, incident)
        .filter(({ who }) => event.people.includes(who))
        .map((to) => letter('invitation', 'fix-team', to, occasion, invitationFacts(event, occasion)));
    case 'fix-team-left':
      return onFile(roster, event.person).map((to) => letter('invitation-ended', 'fix-team', to, occasion, { id: incident.id }));
    case 'fix-team-told':
      return told(event.by, event.text, occasion);
    case 'fix-ready':
    case 'fix-unready':
      return ready(event, occasion);
    case 'access-requested':
      return administrator(roster).map((to) => ({
        ...letter('access-request', 'administrator', to, occasion, requestFacts(event, occasion)),
        goesBy: { what: 'access', request: event.number },
      }));
    case 'access-answered':
      // The mail with the answer is relayed, whoever gave it.
      return [];
    default:
      return event satisfies never;
  }
}

/**
 * What somebody of the fix team wrote, to the others of it: only with a proof, since a forged mail is a matter of the team, and only what they
 * must have known when they wrote. What members, the reporter and everybody else write is never passed on by itself (S1-55).
 */
export function relayToFixTeam(event: Extract<Event, { type: 'mail-joined' }>, occasion: Occasion): Letter[] {
  const { incident, arrival } = occasion;
  if (event.proof === 'none' || !arrival?.passable || !incident.fixTeam.some(({ person }) => person === event.by)) return [];
  // Whoever reads what the team reads writes to the team, and may speak of what the others must not know; /tell is their way to them.
  if (arrival.by.roles.includes('member') || isSeated(incident, event.by, arrival.by.roles)) return [];
  return told(event.by, arrival.text, occasion);
}

/** A text to the fix team with the attachments of the mail it stands in, to all of them but its writer. */
function told(by: Who, text: string, occasion: Occasion): Letter[] {
  const { incident, policy, roster, arrival } = occasion;
  const shown = withoutCodes(text, incident.pending);
  const whole = arrival?.passable === 'all';
  const first = shown.split('\n').find((one) => /[\p{L}\p{N}]/u.test(one)) ?? 'a message';
  const facts = {
    id: incident.id,
    who: memberOf(roster, by)?.name ?? by,
    role: arrival?.role ?? 'member',
    proof: arrival?.proof ?? 'none',
    text: shown,
    attachments: whole ? [...arrival.attachments] : [],
    gist: first.trim().slice(0, 70),
    commands: fixTeamCommands(incident, policy),
  };
  const carries = whole && arrival.message !== undefined ? { carries: [arrival.message] } : {};
  return fixTeam(roster, incident)
    .filter(({ who }) => who !== by)
    .map((to) => ({ ...letter('message', 'fix-team', to, occasion, facts), ...carries }));
}

function invitationFacts({ by }: Of<'fix-team-invited'>, { incident, policy }: Occasion) {
  const { fixTeam: rules } = policy;
  const { overview, link } = policy.process;
  return {
    id: incident.id,
    title: titleOf(incident),
    by,
    ...(incident.lead && { lead: incident.lead }),
    severity: ratingWords(incident),
    ...(incident.publicAt && { publicAt: incident.publicAt.toISOString() }),
    terms: rules.terms,
    semiPublic: incident.decisions['semi-public']?.choice === 'yes',
    ...(rules.overview && overview && { overview }),
    ...(rules.overview && link && { link }),
    commands: fixTeamCommands(incident, policy),
  };
}

function requestFacts({ number, what, person }: Of<'access-requested'>, { incident, policy, roster }: Occasion) {
  const about = memberOf(roster, person);
  return {
    id: incident.id,
    request: String(number),
    what,
    name: about?.name ?? person,
    accounts: [...(about?.hosts ?? [])],
    repository: policy.fixTeam.repository,
    commands: [
      { line: `/answer ${number} done`, help: 'it is done' },
      { line: `/answer ${number} refused because <reason>`, help: 'it cannot be done' },
    ],
  };
}

/** To the lead, who goes on from here (S2-64). */
function ready(event: Of<'fix-ready' | 'fix-unready'>, occasion: Occasion): Letter[] {
  const { incident, policy, roster } = occasion;
  const isReady = event.type === 'fix-ready';
  const facts = {
    id: incident.id,
    by: memberOf(roster, event.by)?.name ?? event.by,
    what: isReady ? event.what : ('fix' as const),
    ready: isReady,
    ...(event.because && { because: event.because }),
    open: openSteps(incident, policy, 'fix').map(({ what }) => what),
    commands: helpWith(
      isReady ? [...(incident.publicAt ? ['/draft notice'] : ['/schedule']), '/fix-unready because <reason>'] : ['/status'],
    ),
  };
  return driving(roster, incident)
    .filter(({ who }) => who !== event.by)
    .map((to) => letter('fix-ready', 'team', to, occasion, facts));
}
