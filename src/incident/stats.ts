// Figures over a team's incidents: how long things took, what is open, who carried how much (S1-02, C25). No contents of any incident.
import type { Incident } from '#incident/incident.ts';
import { type Level, levels } from '#incident/severity.ts';
import { isOpen } from '#incident/stage.ts';
import type { Who } from '#incident/who.ts';

/** An incident to count; `acknowledgedAt` is when our mail server had the acknowledgement to the reporter. */
export interface Filed {
  readonly incident: Incident;
  readonly acknowledgedAt?: Date;
}

/** How long one thing took, over some incidents; lengths in milliseconds. */
export interface Figure {
  readonly count: number;
  readonly median: number;
  readonly worst: number;
}

/** One interval: over all incidents that have both its ends, and by severity. */
export interface Interval {
  readonly what: string;
  readonly all: Figure;
  readonly bySeverity: readonly { readonly level: Level | 'not rated'; readonly figure: Figure }[];
}

/** What one person carried: incidents they command or led, as it stands now. */
export interface Load {
  readonly who: Who;
  readonly commanded: number;
  readonly led: number;
  readonly open: number;
}

const ends: readonly {
  readonly what: string;
  readonly from: (filed: Filed) => Date | undefined;
  readonly to: (filed: Filed) => Date | undefined;
}[] = [
  { what: 'report to acknowledgement', from: opened, to: ({ acknowledgedAt }) => acknowledgedAt },
  { what: 'report to the first word of a person', from: opened, to: firstWord },
  { what: 'report to verdict', from: opened, to: ({ incident }) => incident.verdict?.at },
  { what: 'report to fix ready', from: opened, to: ({ incident }) => incident.fixReady?.at },
  { what: 'report to notice', from: opened, to: ({ incident }) => incident.notice?.at },
  { what: 'report to public', from: opened, to: ({ incident }) => incident.announcedAt },
  { what: 'known publicly to fix ready', from: ({ incident }) => incident.exposure?.at, to: ({ incident }) => incident.fixReady?.at },
  { what: 'known publicly to announcement', from: ({ incident }) => incident.exposure?.at, to: ({ incident }) => incident.announcedAt },
];

function opened({ incident }: Filed): Date {
  return incident.openedAt;
}

// What the reporter got from somebody: an answer, a question, a verdict.
function firstWord({ incident }: Filed): Date | undefined {
  return incident.reporter && incident.firstAnsweredAt;
}

/** How long each thing took; intervals that no incident has are not there. An end that lies before its beginning counts as nothing at all. */
export function intervals(filed: readonly Filed[]): Interval[] {
  return ends.flatMap(({ what, from, to }) => {
    const lengths = filed.flatMap((one) => {
      const [start, end] = [from(one), to(one)];
      return start && end
        ? [{ level: one.incident.severity?.level ?? ('not rated' as const), took: Math.max(0, end.getTime() - start.getTime()) }]
        : [];
    });
    const all = figure(lengths.map(({ took }) => took));
    if (!all) return [];
    const bySeverity = ([...[...levels].reverse(), 'not rated'] as const).flatMap((level) => {
      const of = figure(lengths.filter((one) => one.level === level).map(({ took }) => took));
      return of ? [{ level, figure: of }] : [];
    });
    return [{ what, all, bySeverity }];
  });
}

function figure(lengths: readonly number[]): Figure | undefined {
  const sorted = [...lengths].sort((one, other) => one - other);
  const worst = sorted.at(-1);
  if (worst === undefined) return undefined;
  const middle = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return { count: sorted.length, median: (low + high) / 2, worst };
}

/** What each of these people carried, whoever carried most first; people who are not among them and carried something come too. */
export function loads(filed: readonly Filed[], members: readonly Who[]): Load[] {
  const seen = filed.flatMap(({ incident: { commander, lead } }) => [commander, lead]).filter((who) => who !== undefined);
  return [...new Set([...members, ...seen])]
    .map((who) => {
      const commanded = filed.filter(({ incident }) => incident.commander === who);
      const led = filed.filter(({ incident }) => incident.lead === who);
      const open = new Set([...commanded, ...led].filter(({ incident }) => isOpen(incident)));
      return { who, commanded: commanded.length, led: led.length, open: open.size };
    })
    .sort((one, other) => other.led - one.led || other.commanded - one.commanded);
}

const oneDay = 86_400_000;
const ages = [
  { what: 'under a week', days: 7 },
  { what: 'under a month', days: 30 },
  { what: 'under 90 days', days: 90 },
  { what: '90 days and more', days: Number.POSITIVE_INFINITY },
] as const;

/** How many open incidents are how old at `now`; ages that none has are not there. */
export function openByAge(filed: readonly Filed[], now: Date): { readonly what: string; readonly count: number }[] {
  const days = filed
    .filter(({ incident }) => isOpen(incident))
    .map(({ incident }) => (now.getTime() - incident.openedAt.getTime()) / oneDay);
  return ages.flatMap(({ what, days: under }, index) => {
    const count = days.filter((age) => age < under && age >= (ages[index - 1]?.days ?? Number.NEGATIVE_INFINITY)).length;
    return count > 0 ? [{ what, count }] : [];
  });
}
