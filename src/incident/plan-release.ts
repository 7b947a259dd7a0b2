// The mails of the plan around the public date: heads-up, notice, final notice, words to those who build the release, the announcement.
import { missingFields } from '#incident/advisory.ts';
import { withoutPatch } from '#incident/branches.ts';
import { finalNoticeHolds } from '#incident/disclosure.ts';
import type { Draft } from '#incident/draft.ts';
import { heldBy, holds, owesNotice } from '#incident/due-disclosure.ts';
import type { DraftKind } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { isAsap } from '#incident/pace.ts';
import { named, type Planned, sent, toCome } from '#incident/planned.ts';
import { openSteps, ownersOf, stepsBefore } from '#incident/step.ts';
import type { Policy } from '#team/policy.ts';
import type { Distributor, Roster } from '#team/roster.ts';
import { after, before, type Span, shown, spanInWords } from '#time.ts';

/** The mails that lead up to the public date, and those of that moment. */
export function beforeRelease(incident: Incident, policy: Policy, roster: Roster, now: Date): Planned[] {
  if (incident.verdict && incident.verdict.is !== 'accepted') return [];
  return [
    ...ofHeadsUp(incident, policy, roster),
    ...ofNotice(incident, policy, roster, now),
    ...ofSteps(incident, policy, roster),
    ...ofFinalNotice(incident, policy, roster),
    ...ofAnnouncement(incident, policy, roster, now),
  ];
}

function ofHeadsUp(incident: Incident, policy: Policy, roster: Roster): Planned[] {
  const { headsUp } = policy;
  const to = channelsOf(roster);
  if (incident.headsUp) return [sent('public heads-up', to, incident.headsUp.at)];
  if (!headsUp || incident.announcedAt) return [];
  const at = incident.publicAt && before(incident.publicAt, headsUp.least);
  const missing = [...dateMissing(incident), ...textMissing(incident, 'heads-up', headsUp.fields), ...readyMissing(incident, policy)];
  return [toCome('public heads-up', to, 'by', at, missing)];
}

function ofNotice(incident: Incident, policy: Policy, roster: Roster, now: Date): Planned[] {
  const { notice: rule } = policy;
  const { notice, publicAt, announcedAt } = incident;
  if (notice) return releasedNotice(notice, publicAt);
  if (rule.duty === 'never' || announcedAt || roster.distributors.length === 0) return [];
  const owed = owesNotice(incident, policy);
  const why =
    rule.duty === 'cve' ? 'a duty once a CVE id is assigned' : 'a duty once it is decided (/decide distributors yes because <reason>)';
  const remark = owed ? notBefore(publicAt, policy, now) : isAsap(incident, policy) ? 'no duty, since it is public already' : why;
  const at = rule.counted === 'after-report' ? after(incident.openedAt, rule.most) : publicAt && before(publicAt, rule.least);
  const branches = withoutPatch(incident, policy);
  const missing = [
    ...dateMissing(incident),
    ...textMissing(incident, 'notice', policy.advisory.notice),
    ...readyMissing(incident, policy),
    ...(branches.length > 0 ? [`patches for ${branches.join(', ')}`] : []),
  ];
  const isLate = ({ longest }: Distributor) => longest !== undefined && hearsLater(longest, at, publicAt);
  const first = roster.distributors.filter((distributor) => !isLate(distributor)).map(({ id }) => id);
  const later = roster.distributors.filter(isLate);
  return [
    ...(first.length > 0 ? [toCome(embargoed, named('distributor', first), 'by', at, missing, remark)] : []),
    ...later.map(({ id, longest = '0d' }) =>
      toCome(
        embargoed,
        `${id}, which keeps an embargo for ${spanInWords(longest)} at most`,
        'at',
        publicAt && before(publicAt, longest),
        missing,
        remark,
      ),
    ),
  ];
}

const embargoed = 'notice under embargo';
const unconfirmed = ['the announcement is not confirmed (/announce)'];

// S1-75: too early is advised against too: the longer many know, the sooner everybody does.
function notBefore(publicAt: Date | undefined, { notice, zone }: Policy, now: Date): string | undefined {
  const from = publicAt && notice.counted === 'before-public' ? before(publicAt, notice.most) : undefined;
  return from && from > now ? `not before ${shown(from, zone)}` : undefined;
}

// A list that keeps an embargo for a shorter time than the notice would need hears later.
function hearsLater(longest: Span, at: Date | undefined, publicAt: Date | undefined): boolean {
  return at !== undefined && publicAt !== undefined && before(publicAt, longest) > at;
}

function releasedNotice(notice: NonNullable<Incident['notice']>, publicAt: Date | undefined): Planned[] {
  const to = named('distributor', notice.distributors);
  const missed = notice.unreached.length > 0 ? `not reached: ${notice.unreached.join(', ')}` : undefined;
  return [
    sent(embargoed, to, notice.at, missed),
    ...notice.later.map(({ who, longest }) => toCome(embargoed, who, 'at', publicAt && before(publicAt, longest), [])),
  ];
}

function ofSteps(incident: Incident, policy: Policy, roster: Roster): Planned[] {
  if (incident.announcedAt || !incident.publicAt) return [];
  return openSteps(incident, policy, 'release').flatMap(({ key, owner, tellAt, prepares }) => {
    if (!tellAt) return [];
    const missing = incident.announcement || prepares ? [] : unconfirmed;
    return [toCome(`word that "${key}" is to be done`, named('person', ownersOf(owner, incident, roster)), 'at', tellAt, missing)];
  });
}

function ofFinalNotice(incident: Incident, policy: Policy, roster: Roster): Planned[] {
  const { final, finalToAll, duty } = policy.notice;
  const { finalNotice, announcement, announcedAt, publicAt, notice } = incident;
  const released = finalNotice
    ? [sent('final notice with the public text', named('distributor', finalNotice.distributors), finalNotice.at)]
    : [];
  if (!final || duty === 'never' || announcedAt || finalNoticeHolds(incident)) return released;
  const ids = finalToAll ? roster.distributors.map(({ id }) => id) : (notice?.distributors ?? []);
  if (ids.length === 0) return released;
  const moment = announcement?.at ?? publicAt;
  const missing = announcement ? [] : unconfirmed;
  const what = finalNotice ? 'corrected final notice' : 'final notice with the public text';
  return [...released, toCome(what, named('distributor', ids), 'at', moment && before(moment, final), missing)];
}

function ofAnnouncement(incident: Incident, policy: Policy, roster: Roster, now: Date): Planned[] {
  const { announcement, announcedAt, publicAt, reporter } = incident;
  const pasted = roster.channels.filter(({ kind }) => kind === 'paste').map(({ name }) => name);
  const kinds = [
    ['announcement', channelsOf(roster)],
    ...(pasted.length > 0 ? [['text to paste', `${incident.lead ?? incident.commander ?? 'the team'}, for ${pasted.join(', ')}`]] : []),
    ...(reporter ? [['word that it is public', `the reporter (${reporter.address})`]] : []),
  ] as const;
  if (announcedAt) return kinds.map(([what = '', to = '']) => sent(what, to, announcedAt));
  const at = announcement?.at ?? publicAt;
  const frozen = holds(incident, policy);
  const steps = announcement ? heldBy(incident, policy) : stepsBefore(incident, policy, 'announcement');
  const missing = [
    ...dateMissing(incident),
    ...(announcement ? [] : textMissing(incident, 'announcement', policy.advisory.announcement)),
    ...(announcement ? [] : [waits(incident, 'announce', now) ?? 'not confirmed (/announce)']),
    ...steps.map(({ key }) => `step ${key}`),
    ...(frozen ? [`held: ${frozen.why.replace(/\.$/, '')}`] : []),
  ];
  return kinds.map(([what = '', to = ''], index) => toCome(what, to, 'at', at, index === 0 ? missing : []));
}

function waits({ pending }: Incident, act: string, now: Date): string | undefined {
  return pending?.action.act === act && pending.expires > now ? 'awaits /confirm' : undefined;
}

function dateMissing({ publicAt }: Pick<Incident, 'publicAt'>): string[] {
  return publicAt ? [] : ['no public date (/schedule)'];
}

/** What is missing for the text: fields, the draft, its approval. */
function textMissing(incident: Incident, kind: DraftKind, fields: readonly string[]): string[] {
  const draft = incident.drafts[kind];
  const lacking = missingFields(incident, fields);
  return [...(lacking.length > 0 && !draft ? [`fields: ${lacking.join(', ')}`] : []), ...draftMissing(draft, kind, incident.publicAt)];
}

function draftMissing(draft: Draft | undefined, kind: DraftKind, publicAt: Date | undefined): string[] {
  if (!draft) return [`no draft (/draft ${kind})`];
  if (draft.publicAt?.getTime() !== publicAt?.getTime()) return [`a draft for the date that holds now (/draft ${kind})`];
  return draft.approvedBy.length === 0 ? [`not approved (/approve ${kind} ${draft.mark})`] : [];
}

/** What the process wants done before the first word leaves (S1-73). */
function readyMissing(incident: Incident, policy: Policy): string[] {
  const steps = stepsBefore(incident, policy, 'notice').map(({ key }) => `step ${key}`);
  return [...(incident.fixReady ? [] : ['fix or mitigation ready (/fix-ready)']), ...steps];
}

function channelsOf({ channels }: Roster): string {
  const mail = channels.filter(({ kind }) => kind === 'mail').map(({ name }) => name);
  return mail.length > 0 ? named('channel', mail) : 'no channel (the roster names none)';
}
