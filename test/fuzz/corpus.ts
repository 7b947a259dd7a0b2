// What fuzzing begins with: real shapes, the mails of the stories, and fresh mails with real keys, signed anew each time as a signature counts once.
import { readdirSync, readFileSync } from 'node:fs';
import { type Dice, dice } from '#test/fuzz/dice.ts';
import { fresh } from '#test/fuzz/fresh.ts';
import { type Ground, linesOf, type Said } from '#test/fuzz/ground.ts';
import { addressOf } from '#test/story/match.ts';
import { headAndBody } from '#test/story/script.ts';
import { bytesOf, lastLetter } from '#test/story/write.ts';
import { keyOf, people } from '#test/town.ts';

/** A mail, one character per byte, and what people of the roster signed in it. */
export interface Made {
  readonly text: string;
  readonly said: readonly Said[];
}

/** Groups are equally frequent, however many recipes one has; what is worded comes twice. */
export const groups = ['mails', 'stories', 'commanded', 'worded', 'worded', 'inline', 'outside', 'machines'] as const;
export type Group = (typeof groups)[number];

/** How to make a mail of the corpus in a ground; undefined when the ground has not what it needs. */
export interface Recipe {
  readonly group: Group;
  readonly name: string;
  make(ground: Ground, dice: Dice): Promise<Made | undefined>;
}

/** Every recipe, in a fixed order: foreign mails, mails of stories, fresh ones. */
export function corpus(): Recipe[] {
  return [...foreign(), ...stories(), ...fresh()];
}

function foreign(): Recipe[] {
  return names('test/mails', /\.eml$/).map((name) => {
    const text = readFileSync(`test/mails/${name}`, 'latin1');
    return { group: 'mails', name: `mails/${name}`, make: async () => ({ text, said: [] }) };
  });
}

function names(folder: string, wanted: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => wanted.test(name))
    .sort();
}

function stories(): Recipe[] {
  return names('test/stories', /^\d\d-/).flatMap((story) =>
    names(`test/stories/${story}`, /^\d\d-in.*\.eml$/).map((file) => {
      const script = readFileSync(`test/stories/${story}/${file}`, 'utf8');
      return { group: 'stories' as const, name: `stories/${story}/${file}`, make: (ground: Ground) => told(script, ground) };
    }),
  );
}

async function told(script: string, ground: Ground): Promise<Made | undefined> {
  try {
    const filled = await fill(script, ground);
    const bytes = await bytesOf(filled, ground.town, ground);
    return { text: bytes.toString('latin1'), said: saidIn(filled) };
  } catch {
    // It answers a letter that nobody has here.
    return undefined;
  }
}

// Which lines of a story's mail count is what its story tests; here no other line may.
function saidIn(script: string): Said[] {
  if (!/^story-signed:/im.test(script)) return [];
  const { head, body } = headAndBody(script);
  const signed = head.get('story-signed') ?? 'yes';
  const address = addressOf(signed === 'yes' ? (head.get('story-from') ?? '') : signed);
  const by = Object.entries(people).find(([, known]) => known === address)?.[0];
  if (by === undefined) return [];
  return [{ by, lines: linesOf(body), text: body, incident: undefined, exact: false }];
}

async function fill(script: string, ground: Ground): Promise<string> {
  let whole = '';
  for (const [index, piece] of script.split(/\{\{|\}\}/).entries()) whole += index % 2 === 0 ? piece : await known(piece.trim(), ground);
  return whole;
}

async function known(words: string, ground: Ground): Promise<string> {
  const [what = '', ...rest] = words.split(' ');
  if (what === 'id') return ground.first.id;
  if (what === 'key') return (await keyOf(addressOf(rest[0] ?? ''))).certificate.armored;
  const letter = ['message-id', 'reply-to', 'subject'].includes(what) ? lastLetter(rest.join(' '), ground) : undefined;
  if (what === 'message-id') return letter?.messageId ?? '';
  if (what === 'reply-to') return letter?.replyTo ?? '';
  if (what === 'subject') return letter?.subject ?? '';
  return dice(words.length).word(8);
}
