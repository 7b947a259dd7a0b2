// From the text of templates to something that can be filled: MJML is compiled first and facts come last, so no fact is ever markup.
import { checkTemplate, splitText, tidy } from '#letter/check-template.ts';
import type { AnyLetter } from '#letter/define.ts';
import { type Fill, fillOf } from '#letter/filling.ts';
import { letters } from '#letter/list.ts';
import { render, someone } from '#letter/render.ts';

/** One letter's templates, ready to be filled. */
export interface Compiled {
  readonly subject: Fill;
  readonly text: Fill;
  readonly html?: Fill;
}

/** Every letter's templates by kind. */
export type Templates = ReadonlyMap<string, Compiled>;

/** What is wrong with a template: a sentence that begins with the file's name. */
export type Mistake = string;

/** The sources by file name without folder: `report.txt`, `announcement.mjml`. */
export type Sources = Readonly<Record<string, string>>;

/**
 * Compiles the templates of all letters (or of those named), each proved by filling it with its sample. All mistakes at once, or none.
 * MJML is loaded only when a letter with HTML is among them: it is large.
 */
export async function compileTemplates(sources: Sources, kinds?: readonly string[]): Promise<Templates | Mistake[]> {
  const mistakes: Mistake[] = [];
  const compiled = new Map<string, Compiled>();
  for (const name of Object.keys(sources)) {
    if (!letters.some((letter) => name === `${letter.kind}.txt` || name === `${letter.kind}.mjml`)) {
      mistakes.push(...checkTemplate(name.replace(/\.[a-z]{1,8}$/, ''), inFolder(name), sources[name] ?? ''));
    }
  }
  for (const letter of letters.filter((each) => !kinds || kinds.includes(each.kind))) {
    const source = JSON.stringify([letter.kind, sources[`${letter.kind}.txt`], sources[`${letter.kind}.mjml`]]);
    const result = compiledBefore.get(source) ?? (await compileLetter(letter, sources));
    if (Array.isArray(result)) {
      mistakes.push(...result);
      continue;
    }
    compiled.set(letter.kind, result);
    if (compiledBefore.size < most) compiledBefore.set(source, result);
  }
  return mistakes.length > 0 ? mistakes : compiled;
}

/** What was compiled from the same source: most teams change a few letters of a hundred, and MJML takes its time. */
const compiledBefore = new Map<string, Compiled>();
const most = 2000;

async function compileLetter(letter: AnyLetter, sources: Sources): Promise<Compiled | Mistake[]> {
  const names = [`${letter.kind}.txt`, ...(letter.html || `${letter.kind}.mjml` in sources ? [`${letter.kind}.mjml`] : [])];
  const missing = names.filter((name) => sources[name] === undefined);
  if (missing.length > 0) return missing.map((name) => `${inFolder(name)} is missing`);
  const mistakes = names.flatMap((name) => checkTemplate(letter.kind, inFolder(name), sources[name] ?? ''));
  if (mistakes.length > 0) return mistakes;
  const pieces = splitText(tidy(sources[names[0] ?? ''] ?? ''));
  if (!pieces) return mistakes;
  const html = letter.html ? await markup(names[1] ?? '', tidy(sources[names[1] ?? ''] ?? '')) : undefined;
  if (Array.isArray(html)) return html;
  const compiled: Compiled = {
    subject: fillOf(pieces.subject, 'text'),
    text: fillOf(pieces.body, 'text'),
    ...(html !== undefined && { html: fillOf(html, 'html') }),
  };
  return proved(letter, compiled);
}

function proved(letter: AnyLetter, compiled: Compiled): Compiled | Mistake[] {
  try {
    render({ kind: letter.kind, facts: letter.sample }, someone, new Map([[letter.kind, compiled]]));
    return compiled;
  } catch (error) {
    return [`${inFolder(letter.kind)} cannot be filled: ${error instanceof Error ? error.message : 'unknown trouble'}`];
  }
}

/** Compiles MJML to HTML that loads nothing; `{{…}}` passes through untouched. */
async function markup(name: string, source: string): Promise<string | Mistake[]> {
  const { default: mjml } = await import('mjml');
  try {
    const { html } = await mjml(source, { validationLevel: 'strict', fonts: {}, ignoreIncludes: true, keepComments: false });
    if (!/<link\b|<script\b|<i(?:mg|frame)\b|@import|url\(/i.test(html)) return html;
    return [`${inFolder(name)} loads something from elsewhere once compiled`];
  } catch (error) {
    const errors = (error as { errors?: { line?: number; message?: string }[] }).errors ?? [];
    return errors.length > 0
      ? errors.map((each) => `${inFolder(name)} line ${each.line ?? 1}: ${each.message ?? 'not MJML'}`)
      : [`${inFolder(name)} is not MJML: ${error instanceof Error ? error.message : 'unknown trouble'}`];
  }
}

function inFolder(name: string): string {
  return `templates/${name}`;
}
