// Which letters follow from telling: notice, final notice, heads-up, announcement and its updates, moved dates, CVE ids, steps.

import { titleOf } from '#incident/advisory.ts';
import { told } from '#incident/disclosure.ts';
import { asPublished } from '#incident/draft.ts';
import type { DraftText, Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { isSeated, openness } from '#incident/seat.ts';
import { openSteps } from '#incident/step.ts';
import { draft, letter, toReporter, toTeam } from '#letter/addressing.ts';
import { alarms } from '#letter/alarms.ts';
import { dated } from '#letter/calendar-file.ts';
import { helpWith } from '#letter/commands-shown.ts';
import type { Occasion } from '#letter/follow-up.ts';
import { cveFacts } from '#letter/gathered.ts';
import type { Letter } from '#letter/letter.ts';
import type { FactsByKind } from '#letter/list.ts';
import { channels, cna, distributors, driving, fixTeam, releaseManagers, releasing } from '#letter/recipients.ts';
import { lapsed } from '#team/calendar.ts';
import type { Audience } from '#team/policy.ts';
import { addressOnFile, type Member, memberOf } from '#team/roster.ts';

type Followed =
  | 'scheduled'
  | 'cancelled'
  | 'notice-released'
  | 'final-notice-released'
  | 'heads-up-released'
  | 'announced'
  | 'announcement-updated'
  | 'cve-requested'
  | 'cve-assigned'
  | 'cve-rejected'
  | 'cve-published'
  | 'step-told'
  | 'patches-attached';
type Of<Type extends Followed> = Extract<Event, { type: Type }>;

/** The letters of one event of disclosure. */
export function lettersForDisclosure(event: Of<Followed>, occasion: Occasion): Letter[] {
  const { incident, roster } = occasion;
  const { id } = incident;
  switch (event.type) {
    case 'scheduled':
      return [...dateSet(event, occasion), ...dateMoved(event.publicAt, event.because, occasion)];
    case 'cancelled':
      if (event.what === 'announcement') return takenBack(event, occasion);
      return event.what === 'schedule' ? [...dateSet(event, occasion), ...dateMoved(undefined, event.because, occasion)] : [];
    case 'notice-released':
      return notices(event, occasion);
    case 'final-notice-released':
      return finalNotices(event, occasion);
    case 'heads-up-released':
      return [
        ...channels(roster).map((to) => onChannel('heads-up', to, occasion, event.mark, event.corrects ? 'answers' : 'begins')),
        ...pasted('heads-up', incident.drafts['heads-up'], occasion),
      ];
    case 'announced':
      return announcement(event, occasion);
    case 'announcement-updated':
      return [
        ...channels(roster).map((to) => onChannel('announcement', to, occasion, event.mark, 'answers')),
        ...pasted('announcement', incident.drafts.announcement, occasion),
      ];
    case 'cve-requested':
      return cna(roster).map((to) => letter('cve-request', 'cna', to, occasion, cveFacts(incident)));
    case 'cve-assigned':
      return toReporter('cve-assigned', { id, cve: event.cve, isPublic: openness(incident) === 'public' }, occasion);
    case 'cve-rejected':
      return cna(roster).map((to) =>
        letter('cve-rejected', 'cna', to, occasion, {
          id,
          ...(event.cve && { cve: event.cve }),
          ...(event.because && { because: event.because }),
        }),
      );
    case 'step-told':
      return stepTold(event, occasion);
    case 'cve-published':
    case 'patches-attached':
      return [];
    default:
      return event satisfies never;
  }
}

/** The notice as it was approved, with the files that were part of it. */
function notices({ distributors: ids, mark }: Of<'notice-released'>, occasion: Occasion): Letter[] {
  const carries = occasion.incident.drafts.notice?.carries ?? [];
  return distributors(occasion.roster, ids).map((to) => ({
    ...draft('notice', 'distributors', to, occasion, mark),
    ...dated(occasion.incident),
    ...(carries.length > 0 && { carries }),
  }));
}

function finalNotices(event: Of<'final-notice-released'>, occasion: Occasion): Letter[] {
  const { incident, roster, now } = occasion;
  const text = incident.drafts.announcement;
  if (!text) return [];
  const { subject } = text;
  const facts = {
    ...{ id: incident.id, publicAt: event.publicAt, subject, text: text.text },
    ...{ correction: event.corrects === true, leavesNow: new Date(event.publicAt) <= now },
  };
  return distributors(roster, event.distributors).map((to) => ({
    ...letter('final-notice', 'distributors', to, occasion, facts),
    goesBy: { what: 'announcement', at: event.publicAt },
    ...(event.corrects && dated(incident)),
  }));
}

function onChannel(
  kind: 'heads-up' | 'announcement',
  to: Letter['to'],
  occasion: Occasion,
  mark: string,
  publicThread: NonNullable<Letter['publicThread']>,
): Letter {
  return { ...draft(kind, 'public', to, occasion, mark), publicThread };
}

/** The text for channels that mail does not reach, to the lead. */
function pasted(what: 'heads-up' | 'announcement', text: DraftText | undefined, occasion: Occasion): Letter[] {
  const { incident, roster } = occasion;
  return roster.channels.flatMap((channel) =>
    channel.kind === 'paste'
      ? driving(roster, incident).map((to) =>
          letter('paste', 'team', to, occasion, {
            id: incident.id,
            what,
            channel: channel.name,
            where: channel.where,
            subject: text?.subject ?? '',
            text: text?.text ?? '',
          }),
        )
      : [],
  );
}

function announcement({ mark }: Of<'announced'>, occasion: Occasion): Letter[] {
  const { incident, roster, policy, now } = occasion;
  const { retrospectiveBy } = policy.spans;
  const until = retrospectiveBy && lapsed(now, retrospectiveBy, policy).toISOString();
  const drafted = incident.drafts.announcement;
  const text = drafted && asPublished(drafted, now);
  const wanted = { id: incident.id, releasedAt: now.toISOString(), ...(until && { by: until }) };
  return [
    ...channels(roster).map((to) => onChannel('announcement', to, occasion, mark, incident.headsUp ? 'answers' : 'begins')),
    ...pasted('announcement', text, occasion),
    ...toReporter('resolution', { id: incident.id, text: text?.text ?? '', ...(incident.cve.id && { cve: incident.cve.id }) }, occasion),
    ...toTeam('critique-wanted', { ...wanted, commands: helpWith(['/critique', '/retrospective']) }, occasion),
    // For the fix team it is also the word that the embargo is over.
    ...fixTeam(roster, incident).map((to) =>
      letter('critique-wanted', 'fix-team', to, occasion, { ...wanted, commands: helpWith(['/critique']) }),
    ),
    ...releasing(roster, incident).map((to) =>
      letter('critique-wanted', 'release-managers', to, occasion, { ...wanted, commands: helpWith(['/critique']) }),
    ),
  ];
}

/**
 * The announcement was taken back: distributors do not publish by the final notice they have (S1-50, S1-94), release managers leave what they were
 * told to do. Where the service itself did it, nobody's mail says so to the team.
 */
function takenBack({ by, because }: Of<'cancelled'>, occasion: Occasion): Letter[] {
  const { incident, policy, roster, now } = occasion;
  const { finalNotice, publicAt } = incident;
  const facts = (reader: 'distributor' | 'release-manager'): FactsByKind['date-moved'] => ({
    ...{ id: incident.id, reader, withdrawn: true },
    ...(because && { because }),
  });
  const ended = publicAt && { calendar: { at: publicAt.toISOString(), change: incident.dates.changes, cancelled: true as const } };
  const hear = finalNotice?.withdrawn?.getTime() === now.getTime() ? finalNotice.distributors : [];
  return [
    ...distributors(roster, hear).map((to) => ({ ...letter('date-moved', 'distributors', to, occasion, facts('distributor')), ...ended })),
    ...releasing(roster, incident).map((to) => letter('date-moved', 'release-managers', to, occasion, facts('release-manager'))),
    ...(by === 'embargod' ? alarms(policy, roster, { id: incident.id, what: awayAlarm, advice: awayAdvice }) : []),
  ];
}

const awayAlarm = 'The announcement is held: the service was away when the final notice had to leave, and distributors must have it first.';
const awayAdvice = '/schedule another date, or go on with a shorter notice: /announce because <reason>, and /confirm.';

/** To every member, so that the date stands in their calendars and moves there. */
function dateSet(event: Of<'scheduled' | 'cancelled'>, occasion: Occasion): Letter[] {
  const { incident } = occasion;
  const was = incident.dates.last?.toISOString();
  const facts: FactsByKind['public-date'] = {
    ...{ id: incident.id, by: event.by },
    ...(incident.publicAt && { publicAt: incident.publicAt.toISOString() }),
    ...(was && { was }),
    ...(event.because && { because: event.because }),
  };
  return toTeam('public-date', facts, occasion).map((one) => ({ ...one, ...byDate(incident) }));
}

function byDate(incident: Incident): Pick<Letter, 'calendar' | 'goesBy'> {
  const at = incident.publicAt?.toISOString();
  return { ...dated(incident), goesBy: { what: 'publicAt', ...(at && { at }) } };
}

/** To everybody who plans by the old date (S1-50): distributors and the fix team. The reporter hears of it in the team's words. */
function dateMoved(publicAt: string | undefined, because: string | undefined, occasion: Occasion): Letter[] {
  const { incident, roster } = occasion;
  const facts = (reader: 'distributor' | 'fix-team'): FactsByKind['date-moved'] => ({
    ...{ id: incident.id, reader, first: incident.dates.last === undefined },
    ...(publicAt && { publicAt }),
    ...(because && { because }),
  });
  return [
    ...distributors(roster, told(incident)).map((to) => ({
      ...letter('date-moved', 'distributors', to, occasion, facts('distributor')),
      ...byDate(incident),
    })),
    ...fixTeam(roster, incident).map((to) => ({
      ...letter('date-moved', 'fix-team', to, occasion, facts('fix-team')),
      ...byDate(incident),
    })),
    ...releaseDated(occasion),
  ];
}

/** To the release managers whose steps have the date: when, and not what (S1-50, S1-89). */
function releaseDated(occasion: Occasion): Letter[] {
  const { incident, policy, roster } = occasion;
  const theirs = openSteps(incident, policy, 'release').filter(({ owner }) => owner === 'release-manager');
  if (theirs.length === 0) return [];
  const was = incident.dates.last?.toISOString();
  const facts: FactsByKind['release-date'] = {
    id: incident.id,
    ...(incident.publicAt && { publicAt: incident.publicAt.toISOString() }),
    ...(was && { was }),
    steps: theirs.map(({ what }) => what),
  };
  return releaseManagers(roster, incident).map((to) => ({
    ...letter('release-date', 'release-managers', to, occasion, facts),
    ...byDate(incident),
  }));
}

// S1-89: those who own a step hear of it when its time comes, and not before.
function stepTold({ step: key, to, prepares }: Of<'step-told'>, occasion: Occasion): Letter[] {
  const { incident, policy, roster } = occasion;
  const step = policy.steps.find((one) => one.key === key);
  if (!step) return [];
  const open = openSteps(incident, policy, step.phase);
  const mine = open.find((one) => one.key === key);
  const others = open.filter((one) => one.key !== key && one.owner === step.owner);
  const { patches, references } = incident.advisory;
  const facts: FactsByKind['step'] = {
    id: incident.id,
    title: titleOf(incident),
    what: step.what,
    ...(incident.lead && { lead: incident.lead }),
    ...(incident.publicAt && { publicAt: incident.publicAt.toISOString() }),
    ...(patches && { patches }),
    ...(references && { references }),
    others: others.map(({ what }) => what),
    commands: helpWith([...(mine?.lines ?? [`/done ${key}`]), ...others.flatMap(({ lines }) => lines)]),
  };
  return to.flatMap((who) => {
    const person = memberOf(roster, who);
    if (!person) return [];
    const recipient = { who, address: addressOnFile(person), name: person.name };
    const goes = !prepares &&
      incident.announcement && { goesBy: { what: 'announcement', at: incident.announcement.at.toISOString() } as const };
    return [{ ...letter('step', audienceOf(step.owner, person, incident), recipient, occasion, facts), ...goes }];
  });
}

function audienceOf(owner: string, { handle, roles }: Member, incident: Incident): Audience {
  if (owner === 'release-manager' && roles.includes('release-manager')) return 'release-managers';
  return roles.includes('member') || isSeated(incident, handle, roles) ? 'team' : 'fix-team';
}
