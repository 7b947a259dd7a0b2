// Exposure: public already or not: whether a report says so, and whether whoever published it agrees to go on in private, as far as their words are plain.
import { placesOf, plain } from '#incident/noise.ts';

/** What people write about a flaw that others can read of. Bounded, and only ever a suggestion: people also write what they might do. */
const signs = [
  'already public',
  'publicly disclosed',
  'publicly known',
  'full disclosure',
  'full-disclosure',
  'disclosed publicly',
  'published at http:',
  'published at https:',
  'published on http:',
  'published on https:',
  'posted at http:',
  'posted at https:',
  'posted on http:',
  'posted on https:',
  'has been published',
  'is public now',
  'is already published',
  'public issue',
  'public exploit',
  'exploited in the wild',
  'blog post about',
] as const;

/** Words that turn such a sentence around or put it off when they stand shortly before. */
const denials = [
  'not',
  "isn't",
  "hasn't",
  'never',
  'no',
  'nothing',
  'nobody',
  'before',
  'until',
  'will',
  'would',
  'unless',
  'if',
  'may',
  'plan',
];
const reach = 40;

/** The words by which a report says that it is public already, for the team to judge (S1-42); undefined where it does not. */
export function seemsPublic(subject: string, text: string): string | undefined {
  const said = plain(`${subject}\n${text}`);
  return signs.find((sign) => placesOf(said, sign).some((at) => !denied(said.slice(Math.max(0, at - reach), at))));
}

// Only the sentence it stands in counts.
function denied(before: string): boolean {
  const sentence = before.split(/[.!?]\s/).at(-1) ?? '';
  return sentence.split(/[^\p{L}']+/u).some((word) => denials.includes(word));
}

const yes = ['yes'];
const no = ['no'];
// "Yes, but …" and "No problem" are for people to read.
const turns = ['but', 'unless', 'if', 'however', 'although', 'problem', 'problems', 'worries', 'objection', 'objections', 'until', 'only'];

/**
 * The answer to "can we go on in private?" in somebody's own words: the first word of the first line that is not empty, YES or NO in any
 * case (S1-43). Undefined where that line says more than one thing; then a person of the team reads it.
 */
export function privacyAnswer(lines: readonly string[]): 'yes' | 'no' | undefined {
  const first = lines.find((line) => line.trim() !== '')?.slice(0, 400) ?? '';
  const [word = '', ...rest] = first.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
  const is = yes.includes(word) ? 'yes' : no.includes(word) ? 'no' : undefined;
  const other = is === 'yes' ? [...no, 'not'] : yes;
  if (!is || rest.some((later) => other.includes(later) || turns.includes(later)) || /\?/.test(first)) return undefined;
  return is;
}
