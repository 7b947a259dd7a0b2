// Reads the templates as they are shipped and renders letters from their samples, for the tests of this room.
import { readdirSync, readFileSync } from 'node:fs';
import type { DraftText } from '#incident/event.ts';
import type { Facts } from '#letter/letter.ts';
import { letterOfKind } from '#letter/list.ts';
import { type About, render, someone } from '#letter/render.ts';
import { compileTemplates, type Templates } from '#letter/template.ts';

const folder = 'templates';

/** The shipped templates by file name. */
export function shipped(): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));
}

/** Compiles templates; a mistake fails the test with its sentence. */
export async function compiled(kinds?: readonly string[], sources = shipped()): Promise<Templates> {
  const result = await compileTemplates(sources, kinds);
  if (Array.isArray(result)) throw new Error(result.join('\n'));
  return result as Templates;
}

/** A way to render one kind of letter from its sample, with facts changed as a test needs. */
export async function renderer(kind: string): Promise<(changes?: Facts, about?: Partial<About>) => DraftText> {
  const templates = await compiled([kind]);
  const sample = letterOfKind(kind)?.sample ?? {};
  return (changes = {}, about = {}) => {
    const facts = Object.fromEntries(Object.entries({ ...sample, ...changes }).filter(([, value]) => value !== undefined));
    return render({ kind, facts }, { ...someone, ...about }, templates);
  };
}

/** Lines of a text that could be read as commands by whoever answers with them on top. */
export function commandLines(text: string): string[] {
  return text.split('\n').filter((line) => line.startsWith('/'));
}
