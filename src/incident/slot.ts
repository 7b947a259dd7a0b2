// The recommended moment of publication: 16:00 UTC on a non-Friday weekday (S1-97), or what the policy says.
import { isHoliday, weekdayOf } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import { after, before, between, spanInWords } from '#time.ts';

const oneDay = 86_400_000;
// A calendar without any day for it is a mistake that must not hang anybody.
const farthest = 400;

/** The first recommended slot at or after a moment that is no holiday of the team; without a recommendation the moment itself, to the minute. */
export function nextSlot(earliest: Date, policy: Pick<Policy, 'slot' | 'calendar' | 'zone'>): Date {
  const { slot } = policy;
  if (!slot) return new Date(Math.ceil(earliest.getTime() / 60_000) * 60_000);
  const first = hourOn(earliest, slot);
  const slots = Array.from({ length: farthest }, (_, days) => after(first, days * oneDay)).filter((at) => at >= earliest && fits(at, slot));
  return slots.find((at) => !isHoliday(at, policy)) ?? slots[0] ?? first;
}

/** What speaks against publishing at a moment: another hour or day than recommended, or a holiday (S1-97, C10); undefined for nothing. */
export function slotObjection(at: Date, policy: Pick<Policy, 'slot' | 'calendar' | 'zone'>): string | undefined {
  const { slot } = policy;
  if (!slot) return undefined;
  if (!fits(at, slot)) return `That is not the recommended slot (${slot.time} UTC on ${slot.days.join(', ')}).`;
  return isHoliday(at, policy) ? 'That day is a holiday of the team.' : undefined;
}

/** The recommended hour on a given UTC day. */
export function hourOn(date: Date, slot: Policy['slot']): Date {
  const [hour = 0, minute = 0] = (slot?.time ?? '16:00').split(':').map(Number);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), hour, minute));
}

function fits(at: Date, { days, time }: NonNullable<Policy['slot']>): boolean {
  return days.includes(weekdayOf(at)) && at.toISOString().slice(11, 16) === time;
}

/**
 * What speaks against a notice at `noticeAt` for this public date: too late or too early for the policy's window (S1-75, S1-77). Where the
 * window counts from the report, only its end does (S2-69a).
 */
export function noticeObjection(noticeAt: Date, publicAt: Date, { notice }: Pick<Policy, 'notice'>, openedAt?: Date): string | undefined {
  if (notice.counted === 'after-report') {
    if (!openedAt || after(openedAt, notice.most) >= noticeAt) return undefined;
    return `That is ${between(openedAt, noticeAt)} after the report, more than ${spanInWords(notice.most)}.`;
  }
  if (before(publicAt, notice.least) < noticeAt) {
    return `Distributors would have ${between(noticeAt, publicAt)}, less than ${spanInWords(notice.least)}.`;
  }
  if (before(publicAt, notice.most) > noticeAt) {
    return `That is ${between(noticeAt, publicAt)} before the public date, more than ${spanInWords(notice.most)}.`;
  }
  return undefined;
}
