// /stats: how long things took, what is open and who carried how much, over the reports of a time; no contents of any incident (S1-02, C25).
import { z } from 'zod';
import { answered, defineGeneralCommand, refuse } from '#command/command.ts';
import { type Figure, type Filed, intervals, type Load, loads, openByAge } from '#incident/stats.ts';
import { withRole } from '#team/roster.ts';
import { after, between, day, readMoment } from '#time.ts';

const date = z.string().max(40).optional();

export const stats = defineGeneralCommand({
  word: 'stats',
  help: 'Show how long acknowledgement, verdict, fix and publication took, by severity, what is open, and who led how much.',
  examples: ['/stats', '/stats 2026-01-01', '/stats 2026-01-01 2026-06-30'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  looks: ['figures'],
  args: { from: date, to: date },
  decide({ from, to }, { filed: all, roster, now }) {
    const range = rangeOf(from, to, now);
    if ('wrong' in range) return refuse(range.wrong);
    const filed = all.filter(({ incident: { openedAt } }) => openedAt >= range.from && openedAt < range.before);
    const when = from === undefined ? '' : ` reported from ${from} to ${to ?? day(now)} (UTC, both included)`;
    if (filed.length === 0) return answered(`No incidents${when}.`);
    const members = withRole(roster, 'member').map(({ handle }) => handle);
    return answered(
      [
        `${filed.length} incident${filed.length === 1 ? '' : 's'}${when}: ${outcomes(filed)}.`,
        ...intervals(filed).flatMap(({ what, all, bySeverity }) => [
          `From ${what}: ${words(all)}`,
          ...bySeverity.map(({ level, figure }) => `    ${level}: ${words(figure)}`),
        ]),
        ...openWords(filed, now),
        ...loadWords(loads(filed, members), filed),
      ].join('\n'),
    );
  },
});

function rangeOf(from: string | undefined, to: string | undefined, now: Date): { from: Date; before: Date } | { wrong: string } {
  const [first, last] = [readDay(from), readDay(to)];
  for (const [written, read] of [
    [from, first],
    [to, last],
  ] as const)
    if (written !== undefined && !read) return { wrong: `"${written}" is no date. Write one like 2026-03-03.` };
  if (first && first > now) return { wrong: `${from} is yet to come; there are no reports from then on. Write an earlier date.` };
  if (first && last && last < first) return { wrong: `${to} lies before ${from}. Write the earlier date first: /stats ${to} ${from}` };
  return { from: first ?? new Date(0), before: after(last ?? now, '1d') };
}

function readDay(written: string | undefined): Date | undefined {
  if (written === undefined) return undefined;
  const moment = readMoment(written);
  return moment && !moment.hour ? moment.at : undefined;
}

function outcomes(filed: readonly Filed[]): string {
  const counts = new Map<string, number>();
  for (const { incident } of filed) {
    const is = incident.verdict?.is ?? 'without a verdict';
    counts.set(is, (counts.get(is) ?? 0) + 1);
  }
  return [...counts].map(([is, count]) => `${count} ${is}`).join(', ');
}

function words({ count, median, worst }: Figure): string {
  return count === 1 ? `1, ${long(worst)}` : `${count}, median ${long(median)}, worst ${long(worst)}`;
}

function long(milliseconds: number): string {
  return between(new Date(0), new Date(milliseconds));
}

function openWords(filed: readonly Filed[], now: Date): string[] {
  const open = openByAge(filed, now);
  return [`Open: ${open.map(({ what, count }) => `${count} ${what}`).join(', ') || 'none'}`];
}

/** From so many on, a share says something. */
const enough = 5;

function loadWords(people: readonly Load[], filed: readonly Filed[]): string[] {
  const led = filed.filter(({ incident }) => incident.lead !== undefined).length;
  const [most] = people;
  const alone = most && led >= enough && most.led * 2 > led;
  return [
    'Load:',
    ...people.map(({ who, commanded, led: ledBy, open }) => `    ${who}: commanded ${commanded}, led ${ledBy}, open now ${open}`),
    ...(alone ? [`${most.who} led ${most.led} of ${led}: /lead next asks whose turn it is.`] : []),
  ];
}
