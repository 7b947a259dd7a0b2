// Growing pauses: how long to wait before something that failed is tried again.

/** The first pause and the longest one in milliseconds; `jitter` hands out numbers from 0 up to 1 and keeps many daemons from knocking at once. */
export interface Pauses {
  readonly first: number;
  readonly most: number;
  readonly jitter: () => number;
}

/** The pause after the n-th failure in a row (1, 2, 3 …): doubles each time, never above `most`, spread over the upper half. */
export function pause(failures: number, { first, most, jitter }: Pauses): number {
  // 2^30 times anything is above every `most`; beyond it the power would become Infinity.
  const full = Math.min(most, first * 2 ** Math.min(Math.max(failures - 1, 0), 30));
  return full / 2 + (full / 2) * jitter();
}

/** Waits so many milliseconds, shorter when the signal aborts. Never throws. */
export function rest(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}

/** What the work answers, or undefined when it takes longer than so many milliseconds or fails: for goodbyes nobody must wait for. */
export async function atMost<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  const answer = await Promise.race([work.catch(() => undefined), rest(milliseconds, over.signal).then(() => undefined)]);
  over.abort();
  return answer;
}
