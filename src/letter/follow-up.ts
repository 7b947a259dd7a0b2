// Which letters follow from what happened: the only place where an event becomes a letter.
import { deadlinesOf, nextLevel } from '#incident/deadline.ts';
import type { DraftKind, Event, Recorded, Who } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { summary } from '#incident/summary.ts';
import { tell } from '#incident/tell.ts';
import { alarms } from '#letter/alarms.ts';
import { type Arrival, inYourNameFacts, relayFacts, reportFacts } from '#letter/arrival.ts';
import { helpWith } from '#letter/commands-shown.ts';
import { grouped } from '#letter/fingerprint.ts';
import { cveFacts, previewFacts, reviewFacts } from '#letter/gathered.ts';
import { reporterChallenge } from '#letter/key-follow-up.ts';
import type { Letter, Recipient } from '#letter/letter.ts';
import type { FactsByKind, Kind } from '#letter/list.ts';
import { reasonWords } from '#letter/reason.ts';
import { channels, cna, distributor, distributors, members, reporter } from '#letter/recipients.ts';
import { sealOf } from '#letter/sealing.ts';
import type { Audience, Policy } from '#team/policy.ts';
import type { Distributor, Roster } from '#team/roster.ts';
import { after, between } from '#time.ts';

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
  reach(distributor: Distributor): { readonly sealed: string } | { readonly why: string };
}

/** Letters by the number of the event they follow from. */
export interface FollowUp {
  readonly event: number;
  readonly letters: readonly Letter[];
}

/** The letters that follow from newly recorded events; events without letters do not appear. */
export function followUp(recorded: readonly Recorded[], occasion: Occasion): FollowUp[] {
  return recorded
    .map(({ number, event }) => ({ event: number, letters: lettersFor(event, occasion) }))
    .filter(({ letters }) => letters.length > 0);
}

function lettersFor(event: Event, occasion: Occasion): Letter[] {
  const { incident, policy, roster, now } = occasion;
  const { id } = incident;
  switch (event.type) {
    case 'reported':
      // Also to the member who sent it in: without the letter they could not answer about the incident.
      return [...acknowledge(occasion), ...toTeam('report', reportFacts(occasion), occasion, event.message)];
    case 'reporter-named':
      return acknowledge(occasion);
    case 'mail-joined':
      return passOn(event, occasion);
    case 'handoff-offered':
      return members(roster, [event.to]).map((to) =>
        letter('handoff', 'team', to, occasion, {
          id,
          from: event.by,
          to: event.to,
          summary: summary(incident, policy, now),
          commands: helpWith(['/accept-handoff', '/decline-handoff']),
        }),
      );
    case 'accepted':
      return toReporter('verdict-positive', { id, text: event.text ?? '', next: '' }, occasion);
    case 'declined':
      return toReporter('verdict-negative', { id, text: event.text ?? '' }, occasion);
    case 'replied':
      return toReporter('reply', { id, text: event.text, asks: event.asks, signedBy: policy.process.name }, occasion);
    case 'cve-requested':
      return cna(roster).map((to) => letter('cve-request', 'cna', to, occasion, cveFacts(incident)));
    case 'scheduled':
      return incident.notice ? dateMoved(event.publicAt, event.because, occasion) : [];
    case 'drafted':
      return toTeam('review', reviewFacts(event, incident), occasion);
    case 'confirmation-asked':
      return members(roster).map((to) => letter('preview', 'team', to, occasion, previewFacts(event, to.who, occasion)));
    case 'confirmation-missed':
      return event.left > 0 ? [] : alarms(policy, roster, { id, what: tell(event), advice: guessingAdvice });
    case 'cancelled':
      return event.what === 'schedule' && incident.notice ? dateMoved(undefined, event.because, occasion) : [];
    case 'notice-released':
      return distributors(roster, event.distributors).map((to) => draft('notice', 'distributors', to, occasion, event.mark));
    case 'announced':
      return announce(event.mark, occasion);
    case 'retrospective-released':
      return [
        ...channels(roster, roster.retrospective).map((to) => draft('retrospective', 'public', to, occasion, event.mark)),
        ...members(roster).map((to) => draft('retrospective', 'team', to, occasion, event.mark)),
      ];
    case 'reporter-key-offered':
      return reporterChallenge(incident);
    case 'reminded':
      return remind(event, occasion);
    case 'letter-failed':
      return failed(event, occasion);
    case 'taken':
    case 'handoff-accepted':
    case 'handoff-declined':
    case 'lead-chosen':
    case 'spam-marked':
    case 'noted':
    case 'severity-set':
    case 'cve-assigned':
    case 'cve-rejected':
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
      // The mail that caused these is relayed to the team with what its commands did.
      return [];
    default:
      return event satisfies never;
  }
}

/** A letter whose text is a frozen draft: it carries the draft's mark instead of facts. */
function draft(kind: DraftKind, audience: Audience, to: Recipient, { policy, incident }: Occasion, mark: string): Letter {
  return { kind, audience, to, seal: sealOf(kind, audience, policy, incident), facts: {}, draft: mark };
}

/** A letter with the facts its kind asks for. */
function letter<K extends Kind>(
  kind: K,
  audience: Audience,
  to: Recipient,
  { policy, incident }: Pick<Occasion, 'policy' | 'incident'>,
  facts: FactsByKind[K],
): Letter {
  return { kind, audience, to, seal: sealOf(kind, audience, policy, incident), facts };
}

function toTeam<K extends Kind>(kind: K, facts: FactsByKind[K], occasion: Occasion, mail?: string, except?: Who): Letter[] {
  // What the letter does not name among its attachments it does not carry.
  const carries = mail !== undefined && occasion.arrival?.attachments.length !== 0 ? { carries: [mail] } : {};
  return members(occasion.roster)
    .filter((to) => to.who !== except)
    .map((to) => ({ ...letter(kind, 'team', to, occasion, facts), ...carries }));
}

/** A mail goes to everybody but its author. Where nothing proves the author, the member in whose name it comes is told so. */
function passOn({ by, message, proof }: Extract<Event, { type: 'mail-joined' }>, occasion: Occasion): Letter[] {
  const facts = relayFacts(occasion);
  const letters = toTeam('relay', facts, occasion, message, proof === 'none' ? undefined : by);
  return letters.map((one) => (one.to.who === by ? { ...one, facts: inYourNameFacts(facts) } : one));
}

function toReporter<K extends Kind>(kind: K, facts: FactsByKind[K], occasion: Occasion): Letter[] {
  return reporter(occasion.incident).map((to) => letter(kind, 'reporter', to, occasion, facts));
}

function acknowledge(occasion: Occasion): Letter[] {
  const { incident, policy, fingerprint, mayAcknowledge } = occasion;
  if (!mayAcknowledge) return [];
  const triageBy = after(incident.openedAt, policy.spans.triage).toISOString();
  const facts = {
    id: incident.id,
    nextSteps: policy.intake.nextSteps,
    triageBy,
    fingerprint,
    ...(policy.process.link && { link: policy.process.link }),
  };
  return toReporter('acknowledgement', facts, occasion);
}

function dateMoved(publicAt: string | undefined, because: string | undefined, occasion: Occasion): Letter[] {
  const { incident, roster } = occasion;
  const facts = { id: incident.id, ...(publicAt && { publicAt }), ...(because && { because }) };
  return distributors(roster, incident.notice?.distributors ?? []).map((to) => letter('date-moved', 'distributors', to, occasion, facts));
}

function announce(mark: string, occasion: Occasion): Letter[] {
  const { incident, roster, policy } = occasion;
  const text = incident.drafts.announcement;
  const lead = members(roster, [incident.lead ?? incident.commander ?? '']);
  const pasted = roster.channels.flatMap((channel) =>
    channel.kind === 'paste'
      ? (lead.length > 0 ? lead : members(roster)).map((to) =>
          letter('paste', 'team', to, occasion, {
            id: incident.id,
            channel: channel.name,
            where: channel.where,
            subject: text?.subject ?? '',
            text: text?.text ?? '',
          }),
        )
      : [],
  );
  const until = after(occasion.now, policy.spans.retrospectiveBy).toISOString();
  return [
    ...channels(roster).map((to) => draft('announcement', 'public', to, occasion, mark)),
    ...pasted,
    ...toReporter('resolution', { id: incident.id, text: text?.text ?? '', ...(incident.cve.id && { cve: incident.cve.id }) }, occasion),
    ...toTeam(
      'critique-wanted',
      { id: incident.id, releasedAt: occasion.now.toISOString(), by: until, commands: helpWith(['/critique', '/retrospective']) },
      occasion,
    ),
  ];
}

function remind(event: Extract<Event, { type: 'reminded' }>, occasion: Occasion): Letter[] {
  const { incident, policy, roster, now } = occasion;
  const deadline = deadlinesOf(incident, policy).find(({ key }) => key === event.deadline);
  if (!deadline) return [];
  const facts = {
    id: incident.id,
    deadline: deadline.key,
    what: deadline.what,
    dueAt: deadline.dueAt.toISOString(),
    late: deadline.dueAt < now ? between(deadline.dueAt, now) : '',
    level: event.level,
    ...(event.level > 1 && {
      heard:
        event.level === 2
          ? 'The first reminder was not answered, so others hear of it now.'
          : 'Earlier reminders were not answered, so every member hears of it now, and again every day.',
    }),
    commands: helpWith(deadline.commands),
  };
  return members(roster, event.to).map((to) => letter('reminder', 'team', to, occasion, facts));
}

/** Whom the next reminder of a deadline goes to: its owner, then the commander too, then everybody. */
export function heardBy(deadline: Parameters<typeof nextLevel>[0], incident: Incident, roster: Roster): { level: number; to: Who[] } {
  const level = nextLevel(deadline, incident);
  const everybody = members(roster).map(({ who }) => who);
  const owner =
    deadline.owner === 'lead'
      ? (incident.lead ?? incident.commander)
      : deadline.owner === 'offered'
        ? incident.handoff?.to
        : incident.commander;
  const few = [...new Set([owner, ...(level > 1 ? [incident.commander, incident.lead] : [])])].filter((who) => who !== undefined);
  const known = few.filter((who) => everybody.includes(who));
  return { level, to: level > 2 || known.length === 0 ? everybody : known };
}

function failed(event: Extract<Event, { type: 'letter-failed' }>, occasion: Occasion): Letter[] {
  const { incident, roster, fingerprint } = occasion;
  const alarm = alarms(occasion.policy, roster, { id: incident.id, what: tell(event), advice: adviceFor[event.how] });
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
    ...members(roster, [event.to]).map((to) => ['team', to] as const),
    ...(event.to === 'reporter' ? reporter(incident) : []).map((to) => ['reporter', to] as const),
    ...(event.to === 'cna' ? cna(roster) : []).map((to) => ['cna', to] as const),
  ];
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
