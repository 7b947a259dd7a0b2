// One sentence for each event: the timeline of an incident as people read it. Roles and handles, no contents of mails.
import { tellCourse } from '#incident/course.ts';
import { tellDisclosure } from '#incident/disclosure.ts';
import type { Action, Event, Who } from '#incident/event.ts';
import { isCourseEvent, isDisclosureEvent, isFixEvent, isPartEvent } from '#incident/facet.ts';
import { tellFix } from '#incident/fix.ts';
import { tellPart } from '#incident/part.ts';
import { shortReason as because } from '#incident/reason.ts';
import { shown } from '#time.ts';

/**
 * The sentence of an event, its moments in UTC and in this IANA zone; `name` turns a handle into what people call it. Contents (notes, replies,
 * drafts) are not told.
 */
export function tell(event: Event, zone: string, name: (who: Who) => string = (who) => who): string {
  switch (event.type) {
    case 'reported':
      return `Report received${event.via ? ` by way of ${event.via}` : ''}${event.commander ? `; ${name(event.commander)} is incident commander` : ''}.`;
    case 'reporter-named':
      return `${name(event.by)} named the reporter.`;
    case 'mail-joined':
      return event.by === 'outsider' || event.by === 'reporter' || event.proof !== 'none'
        ? `Mail from ${event.by === 'outsider' ? 'somebody outside' : event.by === 'reporter' ? 'the reporter' : name(event.by)}.`
        : `Mail in the name of ${name(event.by)}, not proved.`;
    case 'taken':
      return `${name(event.by)} took the incident.`;
    case 'handoff-offered':
      return `${name(event.by)} offered the incident to ${name(event.to)}${because(event.because)}.`;
    case 'handoff-accepted':
      return `${name(event.by)} accepted the hand-off and is incident commander.`;
    case 'handoff-declined':
      return `${name(event.by)} declined the hand-off${because(event.because)}.`;
    case 'lead-chosen':
      return event.how === 'volunteered'
        ? `${name(event.lead)} volunteered as fix lead${because(event.because)}.`
        : `${name(event.by)} made ${name(event.lead)} fix lead${event.how === 'in-turn' ? ', whose turn it was' : ''}${because(event.because)}.`;
    case 'accepted':
      return `${name(event.by)} ${event.again ? 'looked again and ' : ''}accepted the report as a vulnerability${event.priority ? `, priority ${event.priority}` : ''}.`;
    case 'declined':
      return `${name(event.by)} declined the report (${event.class}).`;
    case 'spam-marked':
      return `${name(event.by)} marked the report as spam.`;
    case 'noted':
      return `${name(event.by)} made a note.`;
    case 'replied':
      return `${name(event.by)} ${event.asks ? 'asked' : 'answered'} the reporter.`;
    case 'severity-set':
      return `${name(event.by)} set the severity to ${event.level}${event.provisional ? ', provisionally' : ''}${event.score === undefined ? '' : ` (${event.score.toFixed(1)}, ${event.vector})`}${because(event.because)}.`;
    case 'cve-requested':
      return `${name(event.by)} requested a CVE id${because(event.because)}.`;
    case 'cve-assigned':
      return event.by === 'cna'
        ? `The numbering authority assigned ${event.cve}.`
        : `${name(event.by)} recorded ${event.cve}${because(event.because)}.`;
    case 'cve-rejected':
      return `${name(event.by)} gave up ${event.cve ?? 'the CVE request'}${because(event.because)}.`;
    case 'field-set':
      return `${name(event.by)} wrote the advisory's ${event.field}.`;
    case 'scheduled':
      return `${name(event.by)} set the public date to ${shown(new Date(event.publicAt), zone)}${because(event.because)}.`;
    case 'drafted':
      return `${name(event.by)} drafted the ${event.kind} (${event.mark}).`;
    case 'approved':
      return `${name(event.by)} approved the ${event.kind} (${event.mark}).`;
    case 'confirmation-asked':
      return `${name(event.by)} asked to ${actionWords(event.action, zone)}${because(event.because)}; a confirmation is awaited.`;
    case 'confirmation-missed':
      return event.left > 0
        ? `${name(event.by)} sent a wrong confirmation code.`
        : `${name(event.by)} sent too many wrong confirmation codes; what was prepared is void.`;
    case 'confirmed':
      return `${name(event.by)} confirmed: ${actionWords(event.action, zone)}.`;
    case 'cancelled':
      return `${name(event.by)} cancelled the ${event.what}${because(event.because)}.`;
    case 'notice-released':
      return noticeWords(event.distributors.length - event.unreachable.length, event.unreachable.length, event.later?.length ?? 0);
    case 'announcement-set':
      return `Announcement set for ${shown(new Date(event.at), zone)}.`;
    case 'announced':
      return `Announced publicly on ${event.channels.join(', ') || 'no channel'}.`;
    case 'critique-given':
      return `${name(event.by)} sent a critique.`;
    case 'retrospective-released':
      return `${name(event.by)} released the retrospective.`;
    case 'closed':
      return `${name(event.by)} closed the incident${because(event.because)}.`;
    case 'reopened':
      return `${name(event.by)} reopened the incident${because(event.because)}.`;
    case 'reminded':
      return `Reminder ${event.level} for "${event.deadline}" to ${event.to.map(name).join(', ')}${event.daily ? ', in the mail of the day' : ''}.`;
    case 'reporter-key-offered':
      return `The reporter sent another OpenPGP key, ${event.fingerprint.slice(-16)}; they were asked to prove it.`;
    case 'reporter-key-proved':
      return `The reporter proved the key ${event.fingerprint.slice(-16)}; letters to them are encrypted to it.`;
    case 'letters-released':
      return `${name(event.to)} has a usable key now: ${event.letters} letter${event.letters === 1 ? '' : 's'} that waited for it leave${event.letters === 1 ? 's' : ''}.`;
    case 'command-refused':
      return `Refused ${event.line.split(/\s/, 1)[0]} sent in the name of ${name(event.claimed)} (proof: ${event.proof}).`;
    case 'letter-failed':
      return `The letter "${event.kind}" to ${name(event.to)} ${failureWords[event.how]}${event.status ? ` (${event.status})` : ''}.`;
    default:
      if (isCourseEvent(event)) return tellCourse(event, zone, name);
      if (isFixEvent(event)) return tellFix(event, name);
      if (isPartEvent(event)) return tellPart(event, name);
      if (isDisclosureEvent(event)) return tellDisclosure(event, zone, name);
      return event satisfies never;
  }
}

function noticeWords(reached: number, unreachable: number, later: number): string {
  const without = unreachable === 0 ? '' : `; ${unreachable} could not be reached, for want of a usable key`;
  const wait = later === 0 ? '' : `; ${later} hear${later === 1 ? 's' : ''} later, as their own rules say`;
  return `Notice released to ${reached} distributor${reached === 1 ? '' : 's'}${without}${wait}.`;
}

const failureWords = {
  refused: 'was refused by the mail server',
  bounced: 'came back',
  unsealable: 'could not be encrypted and was not sent',
  'given-up': 'was given up after many tries',
  withheld: 'was withheld',
} as const;

/** What a confirmation is for, as the words after "to"; its moment in UTC and in this IANA zone. */
export function actionWords(action: Action, zone: string): string {
  switch (action.act) {
    case 'notify':
      return `release the notice ${action.mark} to the distributors`;
    case 'heads-up':
      return `release the public heads-up ${action.mark}`;
    case 'update':
      return `update the announcement with ${action.mark}`;
    case 'announce':
      return `announce ${action.mark} at ${shown(new Date(action.at), zone)}`;
    case 'retrospective':
      return `release the retrospective ${action.mark}`;
    default:
      return action satisfies never;
  }
}
