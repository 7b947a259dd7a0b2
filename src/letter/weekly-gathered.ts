// Gathers the weekly digest: what of every open incident the team sees at one look, what is latest first.
import { titleOf } from '#incident/advisory.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Incident } from '#incident/incident.ts';
import { countdown, lineOf, type Picture, pictureOf } from '#incident/picture.ts';
import { stageOf } from '#incident/stage.ts';
import type { Occasion } from '#letter/follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import type { FactsByKind } from '#letter/list.ts';
import { members } from '#letter/recipients.ts';
import { sealOf } from '#letter/sealing.ts';
import { onCall } from '#team/oncall.ts';
import type { Policy } from '#team/policy.ts';
import { after, between } from '#time.ts';

type Facts = FactsByKind['weekly'];
type Shown = Facts['incidents'][number];

/** Dates of one incident beyond these stand in /status. */
const mostDates = 4;
/** The width of a mark, in per cent of the picture. */
const markWidth = 5;

/** The digest of the week to every member; none where nothing is open. */
export function weekLetters(open: readonly Incident[], { policy, roster }: Pick<Occasion, 'policy' | 'roster'>, now: Date): Letter[] {
  if (open.length === 0) return [];
  const confidential = open.some((incident) => incident.confidential);
  const [duty, next] = [onCall(roster, now)?.handle, onCall(roster, after(now, '7d'))?.handle];
  const incidents = open.map((incident) => dueFirst(incident, policy, now)).sort((one, other) => one.first - other.first);
  const late = incidents.filter(({ shown }) => shown.late !== '').length;
  const facts: Facts = {
    inShort: `${open.length} open incident${open.length === 1 ? '' : 's'}${late > 0 ? `, ${late} with something late` : ''}`,
    asOf: now.toISOString(),
    ...(duty && { onCall: duty }),
    ...(next && { onCallNext: next }),
    incidents: incidents.map(({ shown }) => shown),
  };
  const seal = sealOf('weekly', 'team', policy, confidential ? { confidential } : {});
  return members(roster).map((to) => ({ kind: 'weekly', audience: 'team', to, seal, facts }));
}

/** One incident, with the moment of its first date for the order. */
function dueFirst(incident: Incident, policy: Policy, now: Date): { readonly first: number; readonly shown: Shown } {
  const due = deadlinesOf(incident, policy).sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
  const lateBy = (at: Date) => (at < now ? between(at, now) : '');
  const first = due[0]?.dueAt;
  const { longestEmbargo } = policy.spans;
  const picture = pictureOf(incident, longestEmbargo, now);
  const shown = {
    id: incident.id,
    title: titleOf(incident),
    stage: stageOf(incident),
    severity: severityInShort(incident),
    age: between(incident.openedAt, now),
    owner: ownerOf(incident),
    countdown: countdown(incident, longestEmbargo, now),
    late: first ? lateBy(first) : '',
    dates: due.slice(0, mostDates).map(({ what, dueAt }) => ({ what, dueAt: dueAt.toISOString(), late: lateBy(dueAt) })),
    drawn: lineOf(picture),
    marks: picture.marks.map(({ number, what, at, is }) => ({ number, what, at: at.toISOString(), when: is })),
    cells: cellsOf(picture),
  };
  return { first: first?.getTime() ?? Number.MAX_SAFE_INTEGER, shown };
}

// The reason and the vector stand in /status; here a word is enough.
function severityInShort({ severity }: Incident): string {
  if (!severity) return 'not rated';
  return severity.score === undefined ? severity.level : `${severity.level} (CVSS ${severity.score.toFixed(1)})`;
}

function ownerOf({ lead, commander, taken }: Incident): string {
  if (lead) return lead;
  if (!commander) return 'nobody';
  return taken ? commander : `${commander} (on call, not confirmed)`;
}

function cellsOf({ marks, stretches }: Picture): Shown['cells'] {
  const rest = 100 - markWidth * marks.length;
  return marks.flatMap(({ number, is }, index) => {
    const stretch = stretches[index];
    const mark = { shows: `mark-${is}` as const, width: markWidth, label: String(number) };
    // A stretch too short to be seen is left out: its marks stand side by side.
    const width = stretch ? Math.round(stretch.share * rest) : 0;
    return stretch && width > 0 ? [mark, { shows: stretch.is, width, label: '' }] : [mark];
  });
}
