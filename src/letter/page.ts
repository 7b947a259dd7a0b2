// docs/letters.md, written from the definitions: what each letter is for, who reads it, what its template may use.
import type { AnyLetter } from '#letter/define.ts';
import { type Fields, fieldsOf, type Shape } from '#letter/fact.ts';
import { always, words } from '#letter/filling.ts';
import { letters } from '#letter/list.ts';
import { specimen } from '#letter/specimen.ts';
import type { Templates } from '#letter/template.ts';

/** The whole page as Markdown, with the subject that each sample gives under these templates. */
export function lettersPage(templates: Templates): string {
  return `${[head, ...letters.map((letter) => section(letter, templates))].join('\n\n')}\n`;
}

const wordList = (part: 'text' | 'html') =>
  Object.keys(words[part])
    .map((word) => `\`${word}\``)
    .join(', ');

const head = `# Letters

Generated from \`src/letter/\`; a test holds it and the definitions together.

A letter is a kind and its facts; its words are in \`templates/<kind>.txt\`, and in \`templates/<kind>.mjml\` where it has HTML. A file of the same
name among an operator's or a team's templates replaces it. \`embargod preview <kind>\` shows a letter with its sample facts.

A text template is a line \`Subject: …\`, an empty line and the body. Every template may use ${always.map((name) => `\`{{${name}}}\``).join(', ')}
and the facts below: \`{{name}}\` for one line, \`{{#if name}}\`, \`{{#unless name}}\`, \`{{#each name}}\`, \`{{#is name "choice"}}\`. The other words are
${wordList('text')} in text and ${wordList('html')} in HTML:

- \`moment\` shows a moment in UTC and in the team's zone, \`utc\` in UTC alone, \`day\` its day in UTC;
- \`indent\` shows several lines behind a bar, so that they cannot pass for the letter's own words; foreign text is shown in no other way;
- \`block\` shows several lines as they are, \`wrap\` breaks them at 76 characters, \`fence\` puts them between two rules, to be copied;
- \`exact\` keeps its line from being wrapped;
- \`paragraphs\` and \`link\` do the same work in HTML.

Lines of a template are paragraphs: they are wrapped at 76 characters when the letter leaves. A fact that may be unknown stands inside
\`{{#if}}\`. A template that does not fit its letter is named at start, with its line.`;

function section(letter: AnyLetter, templates: Templates): string {
  const traits = [
    `For: ${letter.audience}`,
    letter.contents ? 'has contents of the incident' : 'reveals nothing of the incident but its id',
    ...(letter.attachTeamKey ? ["the team's key goes along"] : []),
    ...(letter.html ? ['has an HTML part'] : []),
    `Auto-Submitted: ${letter.autoSubmitted}`,
  ];
  const rows = Object.entries(fieldsOf(letter.facts)).map(
    ([name, { shape, optional }]) => `| \`${name}\` | ${inWords(shape)} | ${optional ? 'may be unknown' : ''} |`,
  );
  return [
    `## ${letter.kind}`,
    letter.help,
    `${traits.join('; ')}.`,
    `Subject of the sample: \`${specimen(letter.kind, templates)?.subject ?? ''}\``,
    ['| fact | what it is | |', '|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}

function inWords(shape: Shape): string {
  switch (shape.is) {
    case 'line':
      return 'one line';
    case 'prose':
      return 'several lines';
    case 'foreign':
      return 'several lines of foreign text';
    case 'moment':
      return 'a moment';
    case 'flag':
      return 'yes or no';
    case 'number':
      return 'a number';
    case 'choice':
      return shape.of.map((each) => `\`${each}\``).join(', ');
    case 'list':
      return `a list: ${inWords(shape.of)}`;
    case 'record':
      return fieldsInWords(shape.of);
    default:
      return shape satisfies never;
  }
}

function fieldsInWords(fields: Fields): string {
  return Object.entries(fields)
    .map(([name, { shape }]) => `\`${name}\` (${inWords(shape)})`)
    .join(', ');
}
