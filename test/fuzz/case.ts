// One case: a mail of the corpus and what was done to it, told by two numbers, so that it can be made again with some of it left out.
import { corpus, groups, type Made, type Recipe } from '#test/fuzz/corpus.ts';
import { type Dice, dice } from '#test/fuzz/dice.ts';
import type { Ground, Said } from '#test/fuzz/ground.ts';
import { armorMutations, packetMutations } from '#test/fuzz/mutate-armor.ts';
import { bodyMutations, byteMutations, codingMutations } from '#test/fuzz/mutate-body.ts';
import { cryptoMutations, spliceMutations } from '#test/fuzz/mutate-cross.ts';
import { headerMutations } from '#test/fuzz/mutate-header.ts';
import { treeMutations } from '#test/fuzz/mutate-tree.ts';
import type { Kind, Mutation } from '#test/fuzz/mutation.ts';

const all: readonly Mutation[] = [
  ...treeMutations,
  ...headerMutations,
  ...codingMutations,
  ...armorMutations,
  ...packetMutations,
  ...bodyMutations,
  ...byteMutations,
  ...spliceMutations,
  ...cryptoMutations,
];

/** How many mutations there are. */
export const mutationCount = all.length;

/** What a case is made from. */
export interface Plan {
  readonly seed: number;
  readonly number: number;
  /** Only mutations of this kind. */
  readonly only?: Kind;
  /** Steps that are left out. */
  readonly without?: ReadonlySet<number>;
}

/** A mail ready to arrive. */
export interface Mutated extends Made {
  readonly base: string;
  /** Names of the mutations by their place; those left out are not there. */
  readonly steps: ReadonlyMap<number, string>;
}

const largest = 4_000_000;

/** Makes the mail of a case in a ground. */
export async function mutate({ seed, number, only, without }: Plan, ground: Ground): Promise<Mutated> {
  const own = dice(seed, number);
  const { name, made } = await someMail(own, ground);
  const said: Said[] = [...made.said];
  const steps = new Map<number, string>();
  let { text } = made;
  for (const [index, mutation] of drawn(own, only).entries()) {
    if (without?.has(index)) continue;
    const throws = dice(seed, number, index + 1);
    const other = async () => {
      const theirs = (await someMail(throws, ground)).made;
      said.push(...theirs.said);
      return theirs;
    };
    const changed = await mutation.apply(text, { dice: throws, ground, other, says: (one) => said.push(one) });
    if (changed.length < largest) text = changed;
    steps.set(index, mutation.name);
  }
  return { base: name, text, said, steps };
}

// Kinds are equally frequent, however many mutations one has. Now and then nothing is done: the corpus itself must pass.
function drawn(own: Dice, only: Kind | undefined): Mutation[] {
  const kindsOf = [...new Set(all.map(({ kind }) => kind))].filter((kind) => only === undefined || kind === only);
  const count = own.pick([0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 6]);
  return Array.from({ length: count }, () => {
    const kind = own.pick(kindsOf);
    return own.pick(all.filter((mutation) => mutation.kind === kind));
  });
}

let recipes: readonly Recipe[] | undefined;

async function someMail(own: Dice, ground: Ground): Promise<{ name: string; made: Made }> {
  recipes ??= corpus();
  for (;;) {
    const group = own.pick(groups);
    const recipe = own.pick(recipes.filter((one) => one.group === group));
    const made = await recipe.make(ground, own);
    if (made) return { name: recipe.name, made };
  }
}
