// Whether a template fits its letter: known fields only, each shown the way its kind of text demands. Asked before anything starts.
import { checkFields, type Finding } from '#letter/check-fields.ts';
import { checkMarkup } from '#letter/check-markup.ts';
import { fieldsOf } from '#letter/fact.ts';
import { always } from '#letter/filling.ts';
import { letterOfKind, letters } from '#letter/list.ts';

const ours = Object.fromEntries(always.map((name) => [name, { shape: { is: 'line' }, optional: false } as const]));

/** A template as editors leave it, made plain: no byte order mark, LF line ends. */
export function tidy(source: string): string {
  return source.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
}

/** Splits a tidy text template into its subject and its body; undefined when the head is not as it must be. */
export function splitText(source: string): { readonly subject: string; readonly body: string } | undefined {
  const match = /^Subject: ([^\n]{1,400})\n\n/.exec(source);
  return match?.[1] === undefined ? undefined : { subject: match[1], body: source.slice(match[0].length) };
}

/**
 * Everything wrong with the template of a kind of letter, as sentences that begin with the file's name; empty when it may be used.
 * The part follows from the name's ending, `.txt` or `.mjml`. MJML's own rules are asked in `compileTemplates`.
 */
export function checkTemplate(kind: string, fileName: string, source: string): string[] {
  const letter = letterOfKind(kind);
  if (!letter) return [`${fileName} belongs to no letter; the letters are ${letters.map((each) => each.kind).join(', ')}`];
  const html = fileName.endsWith('.mjml');
  if (!html && !fileName.endsWith('.txt')) return [`${fileName} must end in .txt or .mjml`];
  if (html && !letter.html) return [`${fileName} is not needed: the letter "${kind}" is plain text`];
  const plain = tidy(source);
  if (/(?![\n\t])\p{Cc}/u.test(plain)) return [`${fileName} has control characters in it`];
  const fields = { ...ours, ...fieldsOf(letter.facts) };
  const named = (found: readonly Finding[]) => found.map(({ line, what }) => `${fileName} line ${line} ${what}`);
  if (html) return named([...checkMarkup(plain), ...checkFields(plain, 'html', fields, kind)]);
  const pieces = splitText(plain);
  if (!pieces) return [`${fileName} must begin with a line "Subject: …" and an empty line`];
  // Two empty lines in place of the head keep the line numbers of the file.
  return named([...checkFields(pieces.subject, 'text', fields, kind), ...checkFields(`\n\n${pieces.body}`, 'text', fields, kind)]);
}
