// What work costs of the processor, not of the clock: a machine that does other things at the same time changes that little.

/** Milliseconds of the processor, of this whole process, that the work takes. */
export async function cost(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** More than four times the size may cost, and far less than the square of the size would: sixteen times. */
export const linear = 8;

/** Milliseconds below which a difference says nothing. */
const grain = 20;

/**
 * How many times as much four times the size costs: about 4 where it is linear. Each is the least of several runs in turn, so that a pause of the
 * compiler or of the collector in one of them does not count; it ends as soon as it is `linear`.
 */
export async function growth(size: number, work: (size: number) => unknown): Promise<number> {
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 5; round += 1) {
    small = Math.min(small, await cost(() => work(size)));
    large = Math.min(large, await cost(() => work(4 * size)));
    if (large < linear * Math.max(small, grain)) break;
  }
  return large / Math.max(small, grain);
}
