// A story's folder as steps: numbered files in order, each a mail that comes, letters that must go, time that passes, or a change of the world.
import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import type { Person } from '#test/town.ts';
import { type Span, span } from '#time.ts';

/** What a story proves and under which rules it plays: `00-story.yaml`. */
export interface About {
  /** The name of the test, with the rows of the requirements it proves. */
  readonly proves: string;
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly roster?: Readonly<Record<string, unknown>>;
  /** Kinds of letters to the team that need not be spelt out; a transcript with a refusal always must be. */
  readonly quiet?: readonly string[];
  /** Who of the roster has a certificate there; absent: everybody who has a key in the town. */
  readonly certificates?: readonly Person[];
}

export type Step = { readonly file: string } & (
  | { readonly does: 'in' | 'out'; readonly text: string }
  | { readonly does: 'wait'; readonly time: Span }
  | { readonly does: 'again' | 'replay'; readonly step: string }
  | { readonly does: 'change'; readonly changes: Readonly<Record<string, unknown>> }
  | { readonly does: 'relay'; readonly answers: ReadonlyMap<string, string> }
  | { readonly does: 'nothing' }
);

export interface Story {
  readonly about: About;
  readonly steps: readonly Step[];
}

/** Reads a story. Throws a sentence with the file's name when a file is none of its kinds: `01-in.eml`, `02-out.eml`, `03-wait-24h`, … */
export function readStory(folder: string): Story {
  const [first, ...files] = readdirSync(folder).sort();
  if (first !== '00-story.yaml') throw new Error(`${folder} begins with 00-story.yaml`);
  const about = parseYaml(readFileSync(`${folder}/${first}`, 'utf8')) as About;
  const known = ['proves', 'policy', 'roster', 'quiet', 'certificates'];
  const odd = Object.keys(about).filter((key) => !known.includes(key));
  if (odd.length > 0 || typeof about.proves !== 'string') throw new Error(`${folder}/${first} says ${known.join(', ')} and nothing else`);
  return { about, steps: files.map((file) => stepOf(folder, file)) };
}

function stepOf(folder: string, file: string): Step {
  const match = /^\d{2}-(in|out|wait|again|replay|nothing|policy|roster|relay)(?:-([a-z0-9-]+))?(?:\.[a-z]+)?$/.exec(file);
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  const [, word, rest = ''] = match ?? [];
  switch (word) {
    case 'in':
    case 'out':
      return { file, does: word, text };
    case 'wait': {
      const time = span(rest);
      if (!time) throw new Error(`${folder}/${file}: "${rest}" is no time, write one like 24h or 7d`);
      return { file, does: 'wait', time };
    }
    case 'again':
    case 'replay':
      return { file, does: word, step: rest };
    case 'policy':
    case 'roster':
      return { file, does: 'change', changes: { [word]: parseYaml(text) } };
    case 'relay':
      return { file, does: 'relay', answers: new Map(Object.entries(parseYaml(text) as Record<string, string>)) };
    case 'nothing':
      return { file, does: 'nothing' };
    default:
      throw new Error(`${folder}/${file} is no step of a story`);
  }
}

/** Header lines and body of a text: the first empty line parts them. */
export function headAndBody(text: string): { head: ReadonlyMap<string, string>; body: string } {
  const [top = '', ...rest] = text.replaceAll('\r\n', '\n').split(/\n\n/);
  const lines = top.split('\n').filter((line) => line.trim() !== '');
  const head = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      if (colon < 1) throw new Error(`"${line}" is no header line`);
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { head, body: rest.join('\n\n') };
}
