// When people hear that a key ends: each step once, the nearest one after a sleep, never who holds another good one.
import { describe, expect, test } from 'vitest';
import { type Standing, watchEnds } from '#team/certificate-watch.ts';
import { emptyRegister, registered } from '#team/register.ts';

const ends = new Date('2026-05-01T00:00:00Z');
const day = 86_400_000;
const ahead = (days: number) => new Date(ends.getTime() - days * day);
const key = 'A'.repeat(40);
const ending: Standing = { who: 'acme', fingerprint: key, ends };

/** Looks at these moments one after the other, and answers with the steps that were warned of at each. */
function steps(standing: readonly Standing[], ...moments: Date[]): number[][] {
  let register = emptyRegister;
  return moments.map((now) => {
    const { warnings } = watchEnds(standing, register, now);
    for (const warning of warnings) register = registered(register, warning, now);
    return warnings.map(({ step }) => step);
  });
}

describe('a key that ends', () => {
  test('is warned of at 30, 14 and 3 days, at its end, and every week from then on', () => {
    const moments = [31, 30, 29, 14, 13, 3, 2, 0, -1, -6.9, -7, -8, -14].map(ahead);
    expect(steps([ending], ...moments)).toEqual([[], [30], [], [14], [], [3], [], [0], [], [], [0], [], [0]]);
  });

  test('after fifty days of sleep is warned of once, by the nearest step', () => {
    expect(steps([ending], ahead(40), ahead(-10), ahead(-10.5))).toEqual([[], [0], []]);
    expect(steps([ending], ahead(2), ahead(2))).toEqual([[3], []]);
  });

  test('is warned of anew when it was prolonged and that end comes', () => {
    const first = watchEnds([ending], emptyRegister, ahead(3)).warnings[0];
    if (!first) throw new Error('no warning');
    const register = registered(emptyRegister, first, ahead(3));
    const longer = { ...ending, ends: new Date(ends.getTime() + 60 * day) };
    expect(watchEnds([longer], register, ahead(2)).warnings).toEqual([]);
    expect(watchEnds([longer], register, ahead(-30)).warnings.map(({ step }) => step)).toEqual([30]);
  });

  test.each<[string, Standing, number]>([
    ['another without an end', { who: 'acme', fingerprint: 'B' }, 0],
    ['another that lasts long', { who: 'acme', fingerprint: 'B', ends: ahead(-40) }, 0],
    ['another that ends soon too', { who: 'acme', fingerprint: 'B', ends: ahead(-10) }, 1],
    ['another that cannot be used', { who: 'acme', fingerprint: 'B', unusable: 'the key is revoked' }, 1],
    ['the good one of somebody else', { who: 'beta', fingerprint: 'B' }, 1],
  ])('whose owner holds %s', (_, other, wanted) => {
    const { warnings } = watchEnds([ending, other], emptyRegister, ahead(3));
    expect(warnings.filter(({ fingerprint }) => fingerprint === key)).toHaveLength(wanted);
  });
});

describe('the next look', () => {
  test.each<[string, Date, Date]>([
    ['long before', ahead(100), ahead(30)],
    ['at a step', ahead(30), ahead(14)],
    ['between steps', ahead(20), ahead(14)],
    ['at the end', ahead(0), ahead(-7)],
  ])('%s', (_, now, wanted) => {
    expect(watchEnds([ending], emptyRegister, now).next).toEqual(wanted);
  });

  test('is at the earliest of several, and nowhere when nothing ends', () => {
    const other = { who: 'beta', fingerprint: 'B', ends: ahead(-5) };
    expect(watchEnds([ending, other], emptyRegister, ahead(50)).next).toEqual(ahead(30));
    expect(watchEnds([{ who: 'acme', fingerprint: key }], emptyRegister, ahead(3))).toEqual({ warnings: [] });
    expect(watchEnds([], emptyRegister, ahead(3))).toEqual({ warnings: [] });
  });
});
