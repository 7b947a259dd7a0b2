// Moments and spans: arithmetic in UTC, reading and showing. Nothing here reads a clock.
import { DateTime } from 'luxon';

/** Hands out the present moment. There is one real clock, in `main.ts`; everybody else is given `now`. */
export type Clock = () => Date;

const second = 1000;
const unit = { s: second, m: 60 * second, h: 3600 * second, d: 86_400 * second, w: 7 * 86_400 * second } as const;
type Unit = keyof typeof unit;

/** A length of time as a team writes it: a whole number and s, m, h, d or w ("24h", "7d"). */
export type Span = `${number}${Unit}`;

/** Reads "24h" or "7d"; undefined for anything else. */
export function span(text: string): Span | undefined {
  return /^\d{1,5}[smhdw]$/.test(text) ? (text as Span) : undefined;
}

/** A length of time that may count a team's days of work instead: "3wd". */
export type Lapse = Span | `${number}wd`;

/** Reads "24h" or "3wd"; undefined for anything else. */
export function lapse(text: string): Lapse | undefined {
  return /^\d{1,3}wd$/.test(text) ? (text as Lapse) : span(text);
}

/** The length of a span in milliseconds. */
export function length(of: Span): number {
  return Number(of.slice(0, -1)) * unit[of.slice(-1) as Unit];
}

/** The least that a lapse takes, in milliseconds: so many days of work are at least so many days. */
export function atLeastLasting(of: Lapse): number {
  return of.endsWith('wd') ? Number(of.slice(0, -2)) * unit.d : length(of as Span);
}

/** The moment a span (or a number of milliseconds) after another; negative numbers go back. */
export function after(moment: Date, by: Span | number): Date {
  return new Date(moment.getTime() + (typeof by === 'number' ? by : length(by)));
}

/** The moment a span before another. */
export function before(moment: Date, by: Span): Date {
  return after(moment, -length(by));
}

/** A span in words: "7 days", "1 hour". */
export function spanInWords(of: Lapse): string {
  if (of.endsWith('wd')) return `${Number(of.slice(0, -2))} working day${of === '1wd' ? '' : 's'}`;
  const words: Record<Unit, string> = { s: 'second', m: 'minute', h: 'hour', d: 'day', w: 'week' };
  const count = Number(of.slice(0, -1));
  return `${count} ${words[of.slice(-1) as Unit]}${count === 1 ? '' : 's'}`;
}

/** The time between two moments in its two largest units: "3 days 4 hours", "less than a minute". */
export function between(from: Date, to: Date): string {
  let rest = Math.abs(to.getTime() - from.getTime());
  const parts: string[] = [];
  for (const [name, size] of [
    ['day', unit.d],
    ['hour', unit.h],
    ['minute', unit.m],
  ] as const) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.slice(0, 2).join(' ') || 'less than a minute';
}

/** The UTC day of a moment: 2026-03-01. */
export function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** A moment to the minute in UTC: 2026-03-01 16:00 UTC. */
export function inUtc(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A moment for people: in UTC and, where it differs, in the team's IANA zone: "2026-03-01 16:00 UTC (17:00 Europe/Berlin)". */
export function shown(moment: Date, zone: string): string {
  const there = DateTime.fromJSDate(moment, { zone });
  if (!there.isValid || there.offset === 0) return inUtc(moment);
  const sameDay = there.toISODate() === day(moment);
  return `${inUtc(moment)} (${there.toFormat(sameDay ? 'HH:mm' : 'yyyy-MM-dd HH:mm')} ${zone})`;
}

/** Whether the runtime knows the IANA zone. */
export function isZone(zone: string): boolean {
  return DateTime.utc().setZone(zone).isValid;
}

/**
 * Reads a moment as a person writes it: `2026-03-01`, `2026-03-01 16:00`, `2026-03-01T16:00Z`, with an optional trailing "UTC".
 * A time without zone is UTC; a day alone has no hour, so `hour` says that one must be chosen. Undefined for impossible dates (30 February).
 */
export function readMoment(text: string): { at: Date; hour: boolean } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,3})?)?)?\s?(Z|UTC|[+-](?:0\d|1[0-4]):[0-5]\d)?$/.exec(
    text.trim(),
  );
  const [, date, time, seconds, zone] = match ?? [];
  const offset = zone === undefined || zone === 'Z' || zone === 'UTC' ? 'Z' : zone;
  // The last hour of a day is 23, and a day alone begins in no offset.
  if (!match || time?.startsWith('24') || (time === undefined && offset !== 'Z')) return undefined;
  const at = DateTime.fromISO(`${date}T${time ?? '00:00'}:${seconds ?? '00'}${offset}`, { zone: 'utc' });
  return at.isValid ? { at: at.toJSDate(), hour: time !== undefined } : undefined;
}

/**
 * Reads a moment as `readMoment` does, or with an IANA zone behind its hour: `2026-03-06 09:00 America/Los_Angeles`. `wrong` is a sentence about
 * a zone nobody knows, or an hour that the clocks there skip or show twice; undefined for what is no moment at all (C9).
 */
export function readMomentIn(text: string): { at: Date; hour: boolean } | { wrong: string } | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?) ([A-Za-z][\w+/-]{1,60})$/.exec(text.trim());
  const [, written = '', zone = ''] = match ?? [];
  if (!match || /^(?:UTC|Z)$/i.test(zone)) return readMoment(text.replace(/\s(?:utc|z)$/i, ' UTC'));
  const read = readMoment(written);
  if (!read) return undefined;
  // Words like EST or CET mean different hours to different people, and not the same in summer.
  if (!zone.includes('/') || !isZone(zone)) return { wrong: `"${zone}" is no zone. Write one like Europe/Berlin, or +01:00, or UTC.` };
  if (!read.hour) return { wrong: `A day alone has no zone. Write the hour too, like ${written} 09:00 ${zone}.` };
  const [day = '', hour = ''] = written.split(/[T ]/);
  const moments = [...new Set([-24, 0, 24].map((hours) => thereAt(read.at, hours, zone)))].filter(
    (at) => DateTime.fromMillis(at, { zone }).toFormat('yyyy-MM-dd HH:mm') === `${day} ${hour}`,
  );
  const [first, second] = moments.sort((one, other) => one - other).map((at) => new Date(at));
  if (!first) return { wrong: `${hour} on ${day} does not exist in ${zone}: the clocks skip it. Write the time in UTC.` };
  if (second) return { wrong: `${hour} on ${day} comes twice in ${zone}, at ${inUtc(first)} and at ${inUtc(second)}. Write it in UTC.` };
  return { at: first, hour: true };
}

// The moment that would show this hour if the zone were as far from UTC as it is some hours before or after.
function thereAt(utc: Date, hours: number, zone: string): number {
  const then = utc.getTime() + hours * unit.h;
  return utc.getTime() - DateTime.fromMillis(then, { zone }).offset * unit.m;
}
