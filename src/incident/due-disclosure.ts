// What is due before an incident is public: a date, the notice, the heads-up, the steps of the release, the announcement itself.
import { hasDecided, isBroken } from '#incident/course.ts';
import type { Deadline } from '#incident/deadline.ts';
import { finalNoticeAt, isReleasing } from '#incident/disclosure.ts';
import { breachLines, due } from '#incident/due-course.ts';
import type { Incident } from '#incident/incident.ts';
import { patchesChanged } from '#incident/notice.ts';
import { dueInPace, isAsap } from '#incident/pace.ts';
import { type OpenStep, openSteps, stepsBefore, stillToDo } from '#incident/step.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { after, before, between, type Span, shown, spanInWords } from '#time.ts';

/** The deadlines of disclosure; none once it is public. */
export function disclosureDeadlines(incident: Incident, policy: Policy): Deadline[] {
  const { verdict, publicAt, announcedAt } = incident;
  if (announcedAt || verdict?.is === 'declined') return [];
  return [
    ...(verdict?.is === 'accepted' ? ofEmbargo(incident, policy) : []),
    ...ofNotice(incident, policy),
    ...(publicAt ? ofPublicDate(incident, publicAt, policy) : []),
    ...ofAnnouncement(incident, policy),
  ];
}

function ofEmbargo(incident: Incident, policy: Policy): Deadline[] {
  const { spans } = policy;
  const owner = [incident.lead ?? incident.commander];
  const found: Deadline[] = [];
  if (!incident.publicAt && incident.verdict)
    found.push(
      due('plan', dueInPace(incident.verdict.at, spans.plan, incident, policy), owner, 'No public date is set yet.', ['/schedule']),
    );
  if (spans.release)
    found.push(
      due(
        'release',
        dueInPace(incident.openedAt, spans.release, incident, policy),
        owner,
        `This is to be public ${spanInWords(spans.release)} after the report at the latest.`,
        ['/schedule <date>', '/announce'],
      ),
    );
  const end = after(incident.openedAt, spans.longestEmbargo);
  found.push(
    ahead(
      due('embargo', end, owner, `This team keeps an embargo for ${spanInWords(spans.longestEmbargo)} at most.`, [
        '/schedule <date>',
        '/announce',
      ]),
      '14d',
    ),
  );
  return found;
}

function ofNotice(incident: Incident, policy: Policy): Deadline[] {
  const { notice } = policy;
  const owner = [incident.lead ?? incident.commander];
  const commands = ['/draft notice', '/notify'];
  if (incident.notice) return [...ofLaterLists(incident, owner), ...ofPatches(incident, owner)];
  if (!owesNotice(incident, policy)) return [];
  if (notice.counted === 'after-report') {
    const at = lapsed(incident.openedAt, notice.most, policy);
    return [
      ahead(
        due('notice', at, owner, `Distributors are to hear of it ${spanInWords(notice.most)} after the report at the latest.`, commands),
        '2d',
      ),
    ];
  }
  if (!incident.publicAt) return [];
  const what = `Distributors must hear ${spanInWords(notice.least)} before the public date, ${shown(incident.publicAt, policy.zone)}.`;
  return [ahead(due('notice', before(incident.publicAt, notice.least), owner, what, commands), '2d')];
}

// A list with a limit of its own hears when that limit lets it, unless the embargo is broken meanwhile (S1-83).
function ofLaterLists(incident: Incident, owner: readonly (string | undefined)[]): Deadline[] {
  const { notice, publicAt } = incident;
  if (!notice || !publicAt || isBroken(incident)) return [];
  return notice.later.map(({ who, longest }) => ({
    ...due(
      `notice-later:${who}`,
      before(publicAt, longest),
      owner,
      `The notice to ${who} has not left: its text names another date, or that date has passed.`,
      ['/draft notice', '/notify'],
    ),
    acts: true,
  }));
}

// S1-90: what changes after distributors have it must reach them, or they build something else.
function ofPatches(incident: Incident, owner: readonly (string | undefined)[]): Deadline[] {
  if (!incident.notice || !patchesChanged(incident)) return [];
  const what = 'The patches changed since the notice; the distributors who have it need a new one.';
  return [due('notice-again', incident.patchedAt ?? incident.notice.at, owner, what, ['/draft notice', '/notify'])];
}

function ofPublicDate(incident: Incident, publicAt: Date, policy: Policy): Deadline[] {
  const { spans, cve } = policy;
  const owner = [incident.lead ?? incident.commander];
  const found = [...ofHeadsUp(incident, publicAt, policy), ...ofRelease(incident, policy)];
  if (!incident.announcement) {
    const what = `The public date is ${shown(publicAt, policy.zone)} and no announcement is confirmed.`;
    const lines = ['/draft announcement', '/announce', '/schedule <date>'];
    found.push(ahead(due('announcement', publicAt, owner, what, lines), spans.announcementReady));
  }
  if (cve.when === 'release' && cve.every && incident.cve.state === 'none')
    found.push(due('cve-request', publicAt, owner, 'No CVE id is requested yet.', ['/cve request']));
  return found;
}

function ofHeadsUp(incident: Incident, publicAt: Date, { headsUp: rule }: Policy): Deadline[] {
  const { headsUp, scheduledAt, lead, commander } = incident;
  if (!rule || headsUp?.publicAt.getTime() === publicAt.getTime()) return [];
  const heard = (at: Date, what: string) => due('heads-up', at, [lead ?? commander], what, ['/draft heads-up', '/heads-up']);
  if (headsUp) return [heard(scheduledAt ?? publicAt, 'The public heads-up names a date that no longer holds.')];
  const what = `Users are to hear ${spanInWords(rule.least)} before the release that one will come.`;
  return [ahead(heard(before(publicAt, rule.least), what), '2d')];
}

// The day alone is no word to release: that waits for the confirmation, and distributors hear first.
function ofRelease(incident: Incident, policy: Policy): Deadline[] {
  const owner = [incident.lead ?? incident.commander];
  const confirmed = isReleasing(incident, policy);
  const free = !holds(incident, policy);
  return openSteps(incident, policy, 'release').flatMap(({ key, what, lines, at, tellAt, prepares }) => {
    const goes = tellAt && free && (confirmed || prepares);
    return [
      ...(goes ? [{ ...due(`tell:${key}`, tellAt, owner, `Those who do it are told: ${what}`, lines), acts: true as const }] : []),
      // So early that they stand together in a mail of the day.
      ahead(due(`step:${key}`, at, owner, stillToDo(what), lines), '2d'),
    ];
  });
}

function ofAnnouncement(incident: Incident, policy: Policy): Deadline[] {
  const { announcement } = incident;
  if (!announcement) return [];
  const owner = [incident.lead ?? incident.commander];
  const cancel = ['/cancel announcement'];
  const frozen = holds(incident, policy);
  const held = frozen ?? heldBySteps(incident, policy);
  const leaves: Deadline = held
    ? due('announcement-held', announcement.at, owner, `The announcement of ${shown(announcement.at, policy.zone)} is held: ${held.why}`, [
        ...held.lines,
        ...cancel,
      ])
    : {
        ...due('announce', announcement.at, owner, `The announcement leaves at ${shown(announcement.at, policy.zone)}.`, cancel),
        acts: true,
      };
  const final = frozen ? undefined : finalNoticeAt(incident, policy);
  if (!final) return [leaves];
  const what = `Distributors get the public text ${between(final, announcement.at)} before.`;
  return [leaves, { ...due('final-notice', final, owner, what, cancel), acts: true }];
}

/** What holds a confirmed announcement back: a phrase, and the lines of commands that free it. */
export interface Hold {
  readonly why: string;
  readonly lines: readonly string[];
}

/** What freezes all that is confirmed: a broken embargo nobody has decided on, or another project's later date (S1-52, S1-83). */
export function holds(incident: Incident, { zone }: Pick<Policy, 'zone'>): Hold | undefined {
  const { upstreamAt, beforeUpstream, announcement } = incident;
  if (isBroken(incident)) return { why: 'the embargo was broken, and it is not decided how to go on.', lines: breachLines };
  if (upstreamAt && !beforeUpstream && announcement && upstreamAt > announcement.at)
    return { why: `upstream publishes at ${shown(upstreamAt, zone)}.`, lines: ['/upstream none because <reason>'] };
  return undefined;
}

function heldBySteps(incident: Incident, policy: Policy): Hold | undefined {
  const open = heldBy(incident, policy);
  if (open.length === 0) return undefined;
  const why = `not done: ${open.map(({ key, what }) => `${key} (${what})`).join('; ')}.`;
  return { why, lines: [...open.flatMap(({ lines }) => lines), '/announce because <reason>'] };
}

/** The open steps that hold a confirmed announcement back (S1-91); not those it goes on without, for a reason. */
export function heldBy(incident: Incident, policy: Policy): OpenStep[] {
  const { announcement } = incident;
  return announcement ? stepsBefore(incident, policy, 'announcement').filter(({ key }) => !announcement.despite.includes(key)) : [];
}

/** Whether this incident must be told to the distributors under this policy (S1-76, S2-69b). */
export function owesNotice(incident: Incident, policy: Policy): boolean {
  const { duty } = policy.notice;
  if (duty === 'decision') return hasDecided(incident, 'distributors');
  return duty === 'cve' && incident.cve.state === 'assigned' && !isAsap(incident, policy);
}

function ahead(deadline: Deadline, by: Span): Deadline {
  return { ...deadline, ringsAt: before(deadline.dueAt, by) };
}
