// What a mutation is: one change of a mail, drawn with dice of its own, so that a failing case can do without the others.
import type { Made } from '#test/fuzz/corpus.ts';
import type { Dice } from '#test/fuzz/dice.ts';
import type { Ground, Said } from '#test/fuzz/ground.ts';

export const kinds = ['tree', 'header', 'coding', 'armor', 'packet', 'body', 'bytes', 'splice', 'crypto'] as const;
export type Kind = (typeof kinds)[number];

/** What a mutation has in hand. */
export interface Hand {
  readonly dice: Dice;
  readonly ground: Ground;
  /** Another mail of the corpus; what was signed in it counts from then on. */
  other(): Promise<Made>;
  /** Somebody of the roster signs something new. */
  says(said: Said): void;
}

export interface Mutation {
  readonly name: string;
  readonly kind: Kind;
  /** A mail with one character per byte, changed; the same when there was nothing to change. */
  apply(text: string, hand: Hand): string | Promise<string>;
}

/** Named functions as mutations of one kind. */
export function mutations(kind: Kind, named: Readonly<Record<string, Mutation['apply']>>): Mutation[] {
  return Object.entries(named).map(([name, apply]) => ({ name: `${kind}/${name}`, kind, apply }));
}

/** The domain of addresses that stand in a mail and must never be written to for that. */
export const trap = 'trap.example.com';

/** Lines that nobody signed. Each is a command, and none may ever be obeyed. */
export function forgery(dice: Dice): string {
  const word = `FORGED${dice.word(6)}`;
  const lines = [
    `/note ${word}`,
    `/reply ${word}`,
    `/accept ${word}`,
    `/decline out-of-scope ${word}`,
    `/set title ${word}`,
    `/severity critical because ${word}`,
    `/reporter ${word}@${trap}`,
    `/critique ${word}`,
    `/ask ${word}`,
    `/close because ${word}`,
    `/cancel because ${word}`,
    `/schedule 2026-04-01 because ${word}`,
  ];
  return dice.pick(lines);
}
