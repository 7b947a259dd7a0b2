// What is due before an incident is public: a date, the notice, the heads-up, the steps of the release, the announcement itself.
import { hasDecided, isBroken } from '#incident/course.ts';
import type { Deadline } from '#incident/deadline.ts';
import { finalNoticeHolds } from '#incident/disclosure.ts';
import { due } from '#incident/due-course.ts';
import type { Incident } from '#incident/incident.ts';
import { patchesChanged } from '#incident/notice.ts';
import { dueInPace, isAsap } from '#incident/pace.ts';
import { type OpenStep, openSteps, stepsBefore, stillToDo } from '#incident/step.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { after, before, inUtc, type Span, shown, spanInWords } from '#time.ts';

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
    ...due(`notice-later:${who}`, before(publicAt, longest), owner, `The notice to ${who} waits: it is about another date.`, [
      '/draft notice',
      '/notify',
    ]),
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
  const { spans, headsUp } = policy;
  const owner = [incident.lead ?? incident.commander];
  const found: Deadline[] = [];
  const moved = incident.headsUp && incident.headsUp.publicAt.getTime() !== publicAt.getTime();
  if (headsUp && moved)
    found.push(
      due('heads-up', incident.scheduledAt ?? publicAt, owner, 'The public heads-up names a date that no longer holds.', [
        '/draft heads-up',
        '/heads-up',
      ]),
    );
  if (headsUp && !incident.headsUp)
    found.push(
      ahead(
        due(
          'heads-up',
          before(publicAt, headsUp.least),
          owner,
          `Users are to hear ${spanInWords(headsUp.least)} before the release that one will come.`,
          ['/draft heads-up', '/heads-up'],
        ),
        '2d',
      ),
    );
  if (!incident.announcement)
    found.push(
      ahead(
        due('announcement', publicAt, owner, `The public date is ${shown(publicAt, policy.zone)} and no announcement is confirmed.`, [
          '/draft announcement',
          '/announce',
          '/schedule <date>',
        ]),
        spans.announcementReady,
      ),
    );
  for (const { key, what, lines, at, told, tell } of openSteps(incident, policy, 'release')) {
    // The day alone is no word to go: what is done at the release waits for the announcement to be confirmed.
    const goes = (incident.announcement !== undefined || at < publicAt) && !holds(incident);
    if (tell && !told && goes) found.push({ ...due(`tell:${key}`, at, owner, `Those who do it are told: ${what}`, lines), acts: true });
    // So early that they stand together in a mail of the day.
    found.push(ahead(due(`step:${key}`, at, owner, stillToDo(what), lines), '2d'));
  }
  if (policy.cve.when === 'release' && policy.cve.every && incident.cve.state === 'none')
    found.push(due('cve-request', publicAt, owner, 'No CVE id is requested yet.', ['/cve request']));
  return found;
}

function ofAnnouncement(incident: Incident, policy: Policy): Deadline[] {
  const { announcement } = incident;
  if (!announcement) return [];
  const owner = [incident.lead ?? incident.commander];
  const cancel = ['/cancel announcement'];
  const frozen = holds(incident);
  const open = heldBy(incident, policy);
  const held = frozen ?? (open.length > 0 ? `not done: ${open.map(({ key, what }) => `${key} (${what})`).join('; ')}.` : undefined);
  const leaves: Deadline = held
    ? due('announcement-held', announcement.at, owner, `The announcement of ${shown(announcement.at, policy.zone)} is held: ${held}`, [
        ...open.flatMap(({ lines }) => lines),
        ...(frozen || open.length === 0 ? [] : ['/announce because <reason>']),
        ...cancel,
      ])
    : {
        ...due('announce', announcement.at, owner, `The announcement leaves at ${shown(announcement.at, policy.zone)}.`, cancel),
        acts: true,
      };
  if (frozen) return [leaves];
  const { final } = policy.notice;
  if (!final || finalNoticeHolds(incident) || policy.notice.duty === 'never') return [leaves];
  const at = before(announcement.at, final);
  return [
    leaves,
    { ...due('final-notice', at, owner, `Distributors get the public text ${spanInWords(final)} before.`, cancel), acts: true },
  ];
}

/** What holds a confirmed announcement back: a broken embargo nobody has decided on, or another project's later date (S1-52, S1-83). */
export function holds(incident: Incident): string | undefined {
  const { upstreamAt, beforeUpstream, announcement } = incident;
  if (isBroken(incident)) return 'the embargo was broken, and it is not decided how to go on.';
  if (upstreamAt && !beforeUpstream && announcement && upstreamAt > announcement.at) return `upstream publishes at ${inUtc(upstreamAt)}.`;
  return undefined;
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
