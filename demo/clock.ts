// The demo's clock: it stands still until the play moves it, and runs with the real one when somebody stays.

export interface PlayClock {
  now(): Date;
  /** Moves on to a moment. Throws for a step back: time in the play goes one way. */
  set(to: Date): void;
  /** From now on the clock is the real one. */
  run(): void;
}

/** A clock that shows `from`. */
export function openClock(from: Date): PlayClock {
  let shown = from;
  let runs = false;
  return {
    now: () => (runs ? new Date() : shown),
    set(to) {
      if (to < shown) throw new Error(`the play cannot go back from ${shown.toISOString()} to ${to.toISOString()}`);
      shown = to;
    },
    run() {
      runs = true;
    },
  };
}

const oneDay = 86_400_000;

/** The Monday, 00:00 UTC, from which a play of three weeks ends before `now`. */
export function firstMonday(now: Date): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const sinceMonday = (now.getUTCDay() + 6) % 7;
  return new Date(today - (sinceMonday + 21) * oneDay);
}

/** A moment of the play: days after its first Monday and the time of day, UTC ("16:00" or "16:00:30"). */
export function momentOf(monday: Date, days: number, time: string): Date {
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return new Date(monday.getTime() + days * oneDay + ((hour * 60 + minute) * 60 + second) * 1000);
}
