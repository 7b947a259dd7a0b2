// The sources of letters: those that come with the package, and those an operator puts in their place.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Desk, namesIn } from '#config/desk.ts';
import type { Mistake } from '#config/mistake.ts';
import type { Check } from '#config/policies.ts';

const shipped = fileURLToPath(new URL('../../templates/', import.meta.url));
const largest = 200_000;

/** Reads an operator's templates by file name and checks each; `folder` is relative to the config folder and may be missing. */
export async function readTemplates(desk: Desk, folder: string, check: Check | undefined): Promise<Record<string, string>> {
  const sources: Record<string, string> = {};
  for (const name of await namesIn(join(desk.directory, folder), 'files')) {
    const file = `${folder}/${name}`;
    const kind = /^([a-z][a-z-]{0,40})\.(txt|mjml)$/.exec(name)?.[1];
    const source = await readFile(join(desk.directory, file), 'utf8').catch(() => undefined);
    if (kind === undefined)
      desk.mistakes.push({ file, path: '', message: 'is no template: a template is called <letter>.txt or <letter>.mjml.' });
    else if (source === undefined || source.length > largest)
      desk.mistakes.push({ file, path: '', message: `cannot be read, or has more than ${largest} characters.` });
    else {
      for (const sentence of check?.template(kind, file, source) ?? []) desk.mistakes.push(placed(file, sentence));
      sources[name] = source;
    }
  }
  return sources;
}

/** A sentence about a file begins with its name and line, which a mistake says apart. */
function placed(file: string, sentence: string): Mistake {
  const rest = sentence.startsWith(`${file} `) ? sentence.slice(file.length + 1) : sentence;
  const [head, line] = /^line (\d{1,6}) /.exec(rest) ?? [''];
  const message = rest.slice(head.length).replace(/\.?$/, '.');
  return { file, path: '', ...(line !== undefined && { line: Number(line) }), message };
}

/** The sources that come with the package, by file name. */
export async function shippedTemplates(): Promise<Record<string, string>> {
  const names = (await namesIn(shipped, 'files')).filter((name) => /\.(txt|mjml)$/.test(name));
  const sources = await Promise.all(names.map(async (name) => [name, await readFile(join(shipped, name), 'utf8')] as const));
  return Object.fromEntries(sources);
}
