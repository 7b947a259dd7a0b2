// Mails of people with a small part: engineers invited and taken out, the CNA, the administrator, whoever was asked to go on in private.
import { commands } from '#command/list.ts';
import type { Made, Recipe } from '#test/fuzz/corpus.ts';
import type { Dice } from '#test/fuzz/dice.ts';
import { type Case, cnaAddress, type Ground, publisher } from '#test/fuzz/ground.ts';
import { saying, signs } from '#test/fuzz/signing.ts';
import { people } from '#test/town.ts';

/** Their recipes. Whom our mail server vouches for said what they wrote; nobody else without a signature did. */
export function parts(recipe: (name: string, make: Recipe['make']) => Omit<Recipe, 'group'>): Omit<Recipe, 'group'>[] {
  const id = (dice: Dice) => `CVE-1900-${70_000 + dice.below(9_000)}`;
  return [
    recipe('fix-team', (ground, dice) => signs(ground, 'tester', ground.first, `${example(dice)}\n\n${dice.word()} is next.`)),
    recipe('fix-team-sealed', (ground, dice) => signs(ground, 'tester', ground.first, `That is ${dice.word()}.`, { encrypted: true })),
    recipe('taken-out', async (ground, dice) => {
      const { text, said } = await signs(ground, 'engineer', ground.first, example(dice));
      // What they wrote is theirs, and no line of it may be obeyed.
      return { text, said: said.map((one) => ({ ...one, lines: [] })) };
    }),
    recipe('administrator', (ground) =>
      writes(ground, people.administrator, ground.first, { by: 'administrator', text: '/answer 1 done', kind: 'access-request' }),
    ),
    recipe('administrator-unproved', (ground) =>
      writes(ground, people.administrator, ground.first, { text: '/answer 1 done', kind: 'access-request' }),
    ),
    recipe('cna', (ground, dice) =>
      writes(ground, cnaAddress, ground.other, { by: 'cna', text: `${id(dice)} is yours.`, kind: 'cve-request' }),
    ),
    recipe('cna-unproved', (ground, dice) =>
      writes(ground, cnaAddress, ground.other, { text: `${id(dice)} is yours.`, kind: 'cve-request' }),
    ),
    recipe('publisher', async (ground, dice) => {
      const text = dice.pick(['YES', 'No.']);
      const { text: mail } = await writes(ground, publisher, ground.other, { text, kind: 'ask-private' });
      return { text: mail, said: [saying('publisher', text, ground.other.id)] };
    }),
  ];
}

function example(dice: Dice): string {
  return dice.pick(dice.pick(commands).examples);
}

interface Answer {
  /** Who it is where our mail server vouches for them. */
  readonly by?: string;
  readonly text: string;
  /** The letter they answer. */
  readonly kind: string;
}

async function writes({ town }: Ground, from: string, { id, got }: Case, { by, text, kind }: Answer): Promise<Made> {
  const letter = got.findLast((one) => one.to === from && one.kind === kind);
  if (!letter) throw new Error(`${from} has no ${kind} about ${id}`);
  const mail = (await town.bytesOf(from, { text, answers: letter })).toString('latin1');
  if (by === undefined) return { text: mail, said: [] };
  const vouched = `Authentication-Results: mx.example.org; dmarc=pass header.from=${from.split('@')[1]}\r\n`;
  return { text: `${vouched}${mail}`, said: [saying(by, text, id)] };
}
