// Which letters follow from what happened: the only place where an event becomes a letter.
import type { Disclosure } from '#incident/embargo.ts';
import type { Event, Recorded } from '#incident/event.ts';
import { isCourseEvent, isPartEvent } from '#incident/facet.ts';
import type { Incident } from '#incident/incident.ts';
import { openness } from '#incident/seat.ts';
import type { Similar } from '#incident/similar.ts';
import { tell } from '#incident/tell.ts';
import { draft, letter, toReporter, toTeam } from '#letter/addressing.ts';
import { alarms } from '#letter/alarms.ts';
import { type Arrival, inYourNameFacts, relayFacts, reportFacts } from '#letter/arrival.ts';
import { grouped } from '#letter/fingerprint.ts';
import { lettersForCourse } from '#letter/follow-up-course.ts';
import { lettersForDisclosure } from '#letter/follow-up-disclosure.ts';
import { lettersForFix, relayToFixTeam } from '#letter/follow-up-fix.ts';
import { draftReader, lettersForPart } from '#letter/follow-up-part.ts';
import { previewFacts, reviewFacts } from '#letter/gathered.ts';
import { reporterChallenge } from '#letter/key-follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { administrator, atTheTable, channels, cna, distributor, fixTeam, members, onFile, reporter } from '#letter/recipients.ts';
import { remind } from '#letter/reminding.ts';
import { reasonWords } from '#letter/unsealable.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import type { Distributor, Roster } from '#team/roster.ts';

/** What follow-up looks at beside the events: the case after them, the team, and the mail that caused them, if one did. */
export interface Occasion {
  readonly incident: Incident;
  readonly policy: Policy;
  readonly roster: Roster;
  readonly now: Date;
  /** Fingerprint of the team's key, for letters that ask for an encrypted answer. */
  readonly fingerprint: string;
  readonly arrival?: Arrival;
  /** False when the limits on acknowledgements are reached (RFC 3834 §2). */
  readonly mayAcknowledge: boolean;
  /** Earlier incidents that a new report resembles. */
  readonly similar?: readonly Similar[];
  reach(distributor: Distributor): { readonly sealed: string } | { readonly why: string };
}

/** Letters by the number of the event they follow from. */
export interface FollowUp {
  readonly event: number;
  readonly letters: readonly Letter[];
}

/**
 * The letters that follow from newly recorded events; events without letters do not appear. Whom a later one of them brought in hears of nothing
 * that went before (S1-55, S2-32).
 */
export function followUp(recorded: readonly Recorded[], occasion: Occasion): FollowUp[] {
  return recorded
    .map(({ number, event }) => {
      const later = recorded.filter((one) => one.number > number).flatMap((one) => broughtIn(one.event, occasion));
      const isOlder = ({ audience, to }: Letter) => later.some((one) => one.audience === audience && one.who === to.who);
      return { event: number, letters: lettersFor(event, occasion).filter((one) => !isOlder(one)) };
    })
    .filter(({ letters }) => letters.length > 0);
}

/** Who reads with an audience from an event on; members read from the beginning. */
function broughtIn(event: Event, { roster }: Occasion): Pick<Disclosure, 'audience' | 'who'>[] {
  if (event.type === 'fix-team-invited') return event.people.map((who) => ({ audience: 'fix-team', who }));
  if (event.type !== 'lead-chosen' || members(roster, [event.lead]).length > 0) return [];
  return [{ audience: 'team', who: event.lead }];
}

function lettersFor(event: Event, occasion: Occasion): Letter[] {
  const { incident, policy, roster } = occasion;
  const { id } = incident;
  switch (event.type) {
    case 'reported':
      // Also to the member who sent it in: without the letter they could not answer about the incident.
      return [...acknowledge(occasion), ...report(event, occasion)];
    case 'reporter-named':
      return acknowledge(occasion);
    case 'mail-joined':
      return [...passOn(event, occasion), ...relayToFixTeam(event, occasion)];
    case 'handoff-offered':
    case 'lead-chosen':
      return lettersForPart(event, occasion);
    case 'accepted':
      return toReporter(
        'verdict-positive',
        { id, text: event.text ?? '', again: event.again === true, isPublic: openness(incident) === 'public' },
        occasion,
      );
    case 'declined':
      return toReporter('verdict-negative', { id, text: event.text ?? '' }, occasion);
    case 'replied':
      return toReporter('reply', { id, text: event.text, asks: event.asks }, occasion);
    case 'scheduled':
    case 'cancelled':
    case 'notice-released':
    case 'final-notice-released':
    case 'heads-up-released':
    case 'announced':
    case 'announcement-updated':
    case 'cve-requested':
    case 'cve-assigned':
    case 'cve-rejected':
    case 'cve-published':
    case 'step-told':
    case 'patches-attached':
      return lettersForDisclosure(event, occasion);
    case 'drafted':
      return toTeam('review', { ...reviewFacts(event, incident, policy), ...draftReader(occasion) }, occasion, event.carries);
    case 'confirmation-asked':
      return members(roster).map((to) => letter('preview', 'team', to, occasion, previewFacts(event, to.who, occasion)));
    case 'confirmation-missed':
      return event.left > 0 ? [] : alarms(policy, roster, { id, what: tell(event, policy.zone), advice: guessingAdvice });
    case 'retrospective-released':
      return [
        ...channels(roster, roster.retrospective).map((to) => draft('retrospective', 'public', to, occasion, event.mark)),
        ...members(roster).map((to) => draft('retrospective', 'team', to, occasion, event.mark)),
      ];
    case 'reporter-key-offered':
      return reporterChallenge(incident);
    case 'fix-team-invited':
    case 'fix-team-left':
    case 'fix-team-told':
    case 'fix-ready':
    case 'fix-unready':
    case 'access-requested':
    case 'access-answered':
      return lettersForFix(event, occasion);
    case 'reminded':
      return remind(event, occasion);
    case 'letter-failed':
      return failed(event, occasion);
    case 'taken':
    case 'handoff-accepted':
    case 'handoff-declined':
    case 'spam-marked':
    case 'noted':
    case 'severity-set':
    case 'field-set':
    case 'approved':
    case 'confirmed':
    case 'announcement-set':
    case 'critique-given':
    case 'closed':
    case 'reopened':
    case 'reporter-key-proved':
    case 'letters-released':
    case 'command-refused':
    case 'step-done':
    case 'step-undone':
    case 'commits-named':
    case 'patches-reviewed':
      // The mail that caused these is relayed to the team with what its commands did.
      return [];
    default:
      if (isCourseEvent(event)) return lettersForCourse(event, occasion);
      if (isPartEvent(event)) return lettersForPart(event, occasion);
      return event satisfies never;
  }
}

// Who has a seat here sits in no other incident: what this one resembles is for members (S2-32).
function report({ message }: Extract<Event, { type: 'reported' }>, occasion: Occasion): Letter[] {
  const inside = new Set(members(occasion.roster).map(({ who }) => who));
  const { similar: _, ...alone } = reportFacts(occasion);
  const letters = toTeam('report', reportFacts(occasion), occasion, attachedIn(message, occasion));
  return letters.map((one) => (inside.has(one.to.who) ? one : { ...one, facts: alone }));
}

/** A mail goes to everybody but its author. Where nothing proves the author, the member in whose name it comes is told so. */
function passOn({ by, message, proof }: Extract<Event, { type: 'mail-joined' }>, occasion: Occasion): Letter[] {
  const facts = relayFacts(occasion);
  const letters = toTeam('relay', facts, occasion, attachedIn(message, occasion), proof === 'none' ? undefined : by);
  return letters.map((one) => (one.to.who === by ? { ...one, facts: inYourNameFacts(facts) } : one));
}

// What a letter does not name among its attachments it does not carry.
function attachedIn(message: string, { arrival }: Occasion): string[] {
  return arrival?.attachments.length === 0 ? [] : [message];
}

function acknowledge(occasion: Occasion): Letter[] {
  const { incident, policy, fingerprint, mayAcknowledge } = occasion;
  if (!mayAcknowledge) return [];
  const triageBy = lapsed(incident.openedAt, policy.spans.triage, policy).toISOString();
  const facts = {
    id: incident.id,
    nextSteps: policy.intake.nextSteps,
    triageBy,
    fingerprint,
    ...(policy.process.link && { link: policy.process.link }),
  };
  return toReporter('acknowledgement', facts, occasion);
}

function failed(event: Extract<Event, { type: 'letter-failed' }>, occasion: Occasion): Letter[] {
  const { incident, roster, fingerprint } = occasion;
  const alarm = alarms(occasion.policy, roster, { id: incident.id, what: tell(event, occasion.policy.zone), advice: adviceFor[event.how] });
  // The first of a day asks and alarms; more letters to the same person only stand in the journal.
  if (event.how === 'unsealable' && incident.keyWanted.get(event.to)?.letter !== event.letter) return [];
  if (event.how !== 'unsealable') return event.kind === 'alarm' ? [] : alarm;
  const wanted = {
    id: incident.id,
    audienceWords: event.to === 'reporter' ? 'an answer to your report' : 'a confidential notice',
    why: reasonWords(event.status),
    fingerprint: grouped(fingerprint),
  };
  const asked = [
    ...distributor(roster, event.to).map((to) => ['distributors', to] as const),
    ...atTheTable(roster, incident, [event.to]).map((to) => ['team', to] as const),
    ...(event.to === 'reporter' ? reporter(incident) : []).map((to) => ['reporter', to] as const),
    ...(event.to === 'cna' ? cna(roster) : []).map((to) => ['cna', to] as const),
    ...(event.to === 'administrator' ? administrator(roster) : []).map((to) => ['administrator', to] as const),
    ...fixTeam(roster, incident).flatMap((to) => (to.who === event.to ? [['fix-team', to] as const] : [])),
    ...(incident.told.includes(event.to) ? onFile(roster, event.to) : []).map((to) => ['release-managers', to] as const),
  ].slice(0, 1);
  // Without contents, so it may go in clear: it says only that something waits.
  const keyWanted = asked.map(([audience, to]) => ({ ...letter('key-wanted', audience, to, occasion, wanted), seal: 'may' as const }));
  return [...(event.kind === 'alarm' ? [] : alarm), ...keyWanted];
}

const guessingAdvice =
  'Ask them whether they sent those codes: if not, somebody writes in their name. Prepare it again when that is clear; everybody gets a new code.';

const adviceFor = {
  refused: 'Check the address on file, or reach them another way.',
  bounced: 'Check the address on file, or reach them another way.',
  unsealable: 'They were asked for a key, without contents; what waits leaves when one counts. Reach them another way if it is urgent.',
  'given-up': 'Check the address and the mail server, or reach them another way.',
  withheld: 'Nothing to do if that is right; otherwise mend the roster.',
} as const;
