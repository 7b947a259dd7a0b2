// Dice with a memory: the same seed throws the same numbers, and every step of a case has dice of its own.

export interface Dice {
  /** A whole number from 0 to `count` - 1. */
  below(count: number): number;
  /** From `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** One of a list. Throws when the list is empty. */
  pick<T>(list: readonly T[]): T;
  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[];
  /** Characters of base32, for words that stand nowhere else. */
  word(length?: number): string;
}

/** Dice from any number of numbers; the same numbers give the same dice (xorshift128, seeded by splitmix32). */
export function dice(...seeds: readonly number[]): Dice {
  const state = seeded(seeds);
  const next = (): number => {
    const [a = 0, b = 0, c = 0, d = 0] = state;
    let t = d ^ (d << 11);
    t ^= t >>> 8;
    const made = (t ^ a ^ (a >>> 19)) >>> 0;
    state.splice(0, 4, made, a, b, c);
    return made;
  };
  const below = (count: number) => (count <= 1 ? 0 : next() % count);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('there is nothing to pick from');
    return list[below(list.length)] as T;
  };
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => next() < probability * 0x1_0000_0000,
    pick,
    shuffled(list) {
      const left = [...list];
      const out: typeof left = [];
      while (left.length > 0) out.push(...left.splice(below(left.length), 1));
      return out;
    },
    word: (length = 8) => Array.from({ length }, () => 'abcdefghijkmnpqrstuvwxyz23456789'[below(32)]).join(''),
  };
}

function seeded(seeds: readonly number[]): number[] {
  let mixed = 0x9e3779b9;
  const mix = (value: number): number => {
    mixed = (mixed + value + 0x9e3779b9) | 0;
    let z = mixed ^ (mixed >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  // Each number works on what the one before left, or 1 and 2 would throw like 2 and 1.
  for (const seed of seeds) mixed = mix(seed);
  // All zeros would throw zeros for ever.
  return [mix(1), mix(2), mix(3), mix(4) | 1];
}
