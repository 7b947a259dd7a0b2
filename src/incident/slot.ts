// The recommended moment of publication: 16:00 UTC on a non-Friday weekday (S1-97), or what the policy says.
import type { Policy } from '#team/policy.ts';
import { after, before, between, spanInWords } from '#time.ts';

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const oneDay = 86_400_000;

/** The first recommended slot at or after a moment; without a recommendation the moment itself, to the minute. */
export function nextSlot(earliest: Date, slot: Policy['slot']): Date {
  if (!slot) return new Date(Math.ceil(earliest.getTime() / 60_000) * 60_000);
  const [hour = 0, minute = 0] = slot.time.split(':').map(Number);
  let at = new Date(Date.UTC(earliest.getUTCFullYear(), earliest.getUTCMonth(), earliest.getUTCDate(), hour, minute));
  while (at < earliest || !fits(at, slot)) at = after(at, oneDay);
  return at;
}

/** The recommended hour on a given UTC day. */
export function hourOn(date: Date, slot: Policy['slot']): Date {
  const [hour = 0, minute = 0] = (slot?.time ?? '16:00').split(':').map(Number);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), hour, minute));
}

/** Whether a moment is a recommended slot: the day of the week and the hour. */
export function fits(at: Date, slot: Policy['slot']): boolean {
  if (!slot) return true;
  const weekday = weekdays[at.getUTCDay()];
  return weekday !== undefined && (slot.days as readonly string[]).includes(weekday) && at.toISOString().slice(11, 16) === slot.time;
}

/** What speaks against a notice at `noticeAt` for this public date: too late or too early for the policy's window (S1-75, S1-77). */
export function noticeObjection(noticeAt: Date, publicAt: Date, { notice }: Policy): string | undefined {
  if (before(publicAt, notice.least) < noticeAt) {
    return `Distributors would have ${between(noticeAt, publicAt)}, less than ${spanInWords(notice.least)}.`;
  }
  if (before(publicAt, notice.most) > noticeAt) {
    return `That is ${between(noticeAt, publicAt)} before the public date, more than ${spanInWords(notice.most)}.`;
  }
  return undefined;
}
