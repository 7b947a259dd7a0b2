// Noise: reports of a kind that comes again and again, recognised by the policy's words. A suggestion to the team, never a verdict (S1-36).
import type { Policy } from '#team/policy.ts';

/** A kind of noise that a report looks like: the class of /decline that would answer it, and the words that were found. */
export interface Suspicion {
  readonly kind: string;
  readonly class: string;
  readonly found: readonly string[];
}

/** How much of a report is looked at, in characters: noise says what it is early, and a long mail must cost no more than a short one. */
const longest = 100_000;

/**
 * The kind of noise that most speaks for, by whole words of subject and text in any case, white space as one blank; undefined where no kind
 * has as many of its words as the policy asks for. Nothing is decided by it.
 */
export function noiseIn(subject: string, text: string, { triage }: Pick<Policy, 'triage'>): Suspicion | undefined {
  const said = plain(`${subject}\n${text}`);
  const suspicions = Object.entries(triage.noise).flatMap(([kind, { words, least, class: answer }]) => {
    const found = words.filter((word) => says(said, plain(word)));
    return found.length >= least ? [{ kind, class: answer, found }] : [];
  });
  return suspicions.sort((a, b) => b.found.length - a.found.length)[0];
}

/** Lower case, white space as one blank; at most a hundred thousand characters. */
export function plain(text: string): string {
  return text.slice(0, longest).toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Whether plain text has these words, as whole words. */
export function says(text: string, words: string): boolean {
  return placesOf(text, words).length > 0;
}

/** Where plain text has these words, as whole words; the first thousand places are looked at. */
export function placesOf(text: string, words: string): number[] {
  const places: number[] = [];
  if (words === '') return places;
  let at = text.indexOf(words);
  for (let tries = 0; at !== -1 && tries < 1000; tries += 1) {
    if (!goesOn(text[at - 1], words[0]) && !goesOn(text[at + words.length], words.at(-1))) places.push(at);
    at = text.indexOf(words, at + 1);
  }
  return places;
}

// A word that begins or ends with a sign ("https:") may stand next to anything.
function goesOn(beside: string | undefined, edge: string | undefined): boolean {
  return beside !== undefined && edge !== undefined && /[\p{L}\p{N}]/u.test(beside) && /[\p{L}\p{N}]/u.test(edge);
}
