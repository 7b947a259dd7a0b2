// An incident's time as a line with numbered marks: what lies behind, how far the embargo reaches, and when it must end at the latest.
import type { Incident } from '#incident/incident.ts';
import { after, between, type Span } from '#time.ts';

/** A moment on the line; numbers count from 1 in the order of time. */
export interface Mark {
  readonly number: number;
  readonly what: string;
  readonly at: Date;
  readonly is: 'past' | 'now' | 'ahead';
}

/** What lies between two marks: `share` of the whole time, from 0 to 1. `ahead` is under embargo and to come, `after` comes after it. */
export interface Stretch {
  readonly is: 'past' | 'ahead' | 'after';
  readonly share: number;
}

/** The line: one stretch fewer than marks. */
export interface Picture {
  readonly marks: readonly Mark[];
  readonly stretches: readonly Stretch[];
}

/** The line of an incident as it stands at `now`; `longest` is how long the team keeps an embargo. */
export function pictureOf(incident: Incident, longest: Span, now: Date): Picture {
  const { openedAt, verdict, fixReady, headsUp, notice, announcedAt, publicAt } = incident;
  const moments: [string, Date | undefined][] = [
    ['report', openedAt],
    ['accepted', verdict?.is === 'accepted' ? verdict.at : undefined],
    ['fix ready', fixReady?.at],
    ['public heads-up', headsUp?.at],
    ['notice', notice?.at],
    ['announced', announcedAt],
    ['now', now],
    ['public date', announcedAt ? undefined : publicAt],
    ['longest embargo', announcedAt ? undefined : after(openedAt, longest)],
  ];
  const known = moments.flatMap(([what, at]) => (at ? [{ what, at }] : [])).sort((one, other) => one.at.getTime() - other.at.getTime());
  const marks = known.map(({ what, at }, index): Mark => ({ number: index + 1, what, at, is: isWhen(what, at, now) }));
  const [first, last] = [marks[0]?.at ?? now, marks.at(-1)?.at ?? now];
  const whole = last.getTime() - first.getTime();
  const until = announcedAt ?? publicAt ?? last;
  const stretches = marks.slice(1).map(({ at }, index): Stretch => {
    const from = marks[index]?.at ?? at;
    return { is: at <= now ? 'past' : from < until ? 'ahead' : 'after', share: whole > 0 ? (at.getTime() - from.getTime()) / whole : 0 };
  });
  return { marks, stretches };
}

function isWhen(what: string, at: Date, now: Date): Mark['is'] {
  if (what === 'now') return 'now';
  return at <= now ? 'past' : 'ahead';
}

/** Columns of the line as text. */
const columns = 64;
const strokes = { past: '=', ahead: '-', after: '.' } as const;

/** The same line as text, at most 64 characters: digits are the marks, `=` is past, `-` under embargo, `.` after the public date. */
export function lineOf({ marks, stretches }: Picture): string {
  let reached = 0;
  const places = marks.map((_, index) => {
    if (index > 0) reached += stretches[index - 1]?.share ?? 0;
    return Math.round(reached * (columns - 1));
  });
  // Every mark has a column of its own: to the right first, then back from the end.
  for (let index = 1; index < places.length; index += 1) places[index] = Math.max(places[index] ?? 0, (places[index - 1] ?? 0) + 1);
  for (let index = places.length - 1; index >= 0; index -= 1)
    places[index] = Math.min(places[index] ?? 0, columns - (places.length - index));
  return marks
    .map(({ number }, index) => {
      const next = places[index + 1];
      const length = next === undefined ? 0 : next - (places[index] ?? 0) - 1;
      return `${number}${strokes[stretches[index]?.is ?? 'after'].repeat(Math.max(0, length))}`;
    })
    .join('');
}

/** How long the embargo still lasts, in words for one line. */
export function countdown(incident: Incident, longest: Span, now: Date): string {
  const { announcedAt, publicAt, openedAt } = incident;
  if (announcedAt) return `Public for ${between(announcedAt, now)}`;
  const end = after(openedAt, longest);
  if (publicAt)
    return publicAt > now
      ? `Public in ${between(now, publicAt)}`
      : `The public date passed ${between(publicAt, now)} ago, nothing is announced`;
  return end > now
    ? `No public date; the longest embargo ends in ${between(now, end)}`
    : `No public date; the longest embargo ended ${between(end, now)} ago`;
}
