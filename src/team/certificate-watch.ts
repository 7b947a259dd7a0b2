// When somebody hears that a key comes to its end: 30, 14 and 3 days ahead, at the end, then every week until there is another.

import type { Register } from '#team/register.ts';
import type { Holder, RegisterEvent } from '#team/register-event.ts';
import { after, type Span } from '#time.ts';

/** A certificate that counts, as its keys stand at `now`. */
export interface Standing {
  readonly who: Holder;
  readonly fingerprint: string;
  /** The first moment at which letters cannot be encrypted to it, or its signatures no longer count; absent: no end. */
  readonly ends?: Date;
  /** It cannot be encrypted to at `now`, and why. */
  readonly unusable?: string;
}

/** Days ahead of the end at which its owner and the team are told; 0 is the end itself. */
const steps = [30, 14, 3, 0] as const;
const oneDay = 86_400_000;
const again: Span = '7d';

export type Warning = Extract<RegisterEvent, { type: 'end-warned' }>;

/**
 * The warnings to give at `now`, and the moment of the next one. Nobody is warned of a key who holds another that lasts beyond the first step,
 * and a daemon that slept gives only the nearest warning of those it missed.
 */
export function watchEnds(standing: readonly Standing[], register: Register, now: Date): { warnings: Warning[]; next?: Date } {
  const warnings: Warning[] = [];
  const moments: number[] = [];
  for (const one of standing) {
    if (!one.ends || relieved(one, standing, now)) continue;
    const warned = register.warned.get(one.fingerprint);
    const last = warned?.ends.getTime() === one.ends.getTime() ? warned : undefined;
    const step = steps.filter((days) => now.getTime() >= startOf(one.ends as Date, days)).at(-1);
    const due = step !== undefined && (!last || step < last.step || (step === 0 && now >= after(last.at, again)));
    if (due) warnings.push({ type: 'end-warned', who: one.who, fingerprint: one.fingerprint, ends: one.ends.toISOString(), step });
    moments.push(nextMoment(one.ends, due ? now : last?.at, now));
  }
  const next = moments.length > 0 ? new Date(Math.min(...moments)) : undefined;
  return { warnings, ...(next && { next }) };
}

/** Whether its owner holds another certificate that is good for longer than the first warning is ahead. */
function relieved(one: Standing, standing: readonly Standing[], now: Date): boolean {
  const safe = after(now, steps[0] * oneDay);
  return standing.some(
    (other) =>
      other.who === one.who && other.fingerprint !== one.fingerprint && other.unusable === undefined && (!other.ends || other.ends > safe),
  );
}

function startOf(ends: Date, days: number): number {
  return ends.getTime() - days * oneDay;
}

function nextMoment(ends: Date, said: Date | undefined, now: Date): number {
  const coming = steps.map((days) => startOf(ends, days)).find((moment) => moment > now.getTime());
  return coming ?? after(said ?? now, again).getTime();
}
