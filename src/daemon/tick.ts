// A loop that works while there is something, sleeps while there is not, wakes when poked, and stops when told.
import { Unavailable } from '#fault.ts';
import type { Log } from '#log.ts';

export interface Tick {
  /** There may be something to do at once. */
  poke(): void;
  /** Resolves when the loop has ended after the signal. */
  readonly ended: Promise<void>;
}

const longestPause = 60_000;

/** Milliseconds a loop without work rests at most: a settable clock and another daemon's commits are noticed by then. */
export const idle = 1000;

/**
 * Runs `work` again and again until the signal, each time after the milliseconds that it asked for or a poke. A database that is away is
 * waited for with growing pauses; any other error is logged and the loop goes on.
 */
export function tick(name: string, signal: AbortSignal, log: Log, work: () => Promise<number>): Tick {
  let wake = () => {};
  let poked = false;
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      if (poked || signal.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  signal.addEventListener('abort', () => wake(), { once: true });
  const loop = async () => {
    let failures = 0;
    while (!signal.aborted) {
      poked = false;
      try {
        const rest = await work();
        failures = 0;
        if (rest > 0) await sleep(rest);
      } catch (error) {
        failures += 1;
        log.error(error instanceof Unavailable ? 'waiting for a peer' : 'a loop failed and goes on', {
          kind: name,
          attempts: failures,
          fault: error,
        });
        await sleep(Math.min(longestPause, 500 * 2 ** Math.min(failures, 10)));
      }
    }
  };
  return {
    poke() {
      poked = true;
      wake();
    },
    ended: loop(),
  };
}
