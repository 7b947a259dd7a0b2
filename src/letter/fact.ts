// What a fact of a letter can be, and what a template may do with it: one line, several lines, a moment, a choice.
import { z } from 'zod';

/** How a fact may stand in a template. `foreign` is text from outside: it is only ever shown behind a bar. */
export type Leaf = 'line' | 'prose' | 'foreign' | 'moment';

/** The shape of a fact as a template sees it. */
export type Shape =
  | { readonly is: Leaf | 'flag' | 'number' }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'list'; readonly of: Shape }
  | { readonly is: 'record'; readonly of: Fields };

/** The fields of a record by name; `optional` ones may be unknown. */
export type Fields = { readonly [name: string]: { readonly shape: Shape; readonly optional: boolean } };

// Controls but tab and line feed: no mail needs them, and terminals obey them. U+0001 marks our own exact lines (layout.ts).
const controls = /\p{Cc}/gu;
// Explicit reordering makes a line read as another (UTS 39, "Trojan Source"): shown by its number instead.
const reordering = /[\u202a-\u202e\u2066-\u2069]/gu;
const lineEnds = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/gu;

/** Text that is safe to put anywhere: whole characters, nothing invisible that reorders. Line ends become LF, tabs stay. */
export function cleanLines(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(lineEnds, '\n')
    .replace(reordering, (character) => `[U+${character.codePointAt(0)?.toString(16).toUpperCase()}]`)
    .replace(controls, (character) => (character === '\n' || character === '\t' ? character : ' '));
}

/** The same on a single line: every line end and tab is a space. */
export function cleanLine(text: string): string {
  return cleanLines(text)
    .replace(/[\n\t]/g, ' ')
    .trim();
}

/** One line, whoever wrote it. */
export const line = z.string().transform(cleanLine);
/** Several lines by the team or by us. */
export const prose = z.string().transform(cleanLines);
/** Several lines by somebody outside, or by anybody in a letter to the team: quoted behind a bar, so that they cannot pass for ours. */
export const foreign = z.string().transform(cleanLines);
/** A moment: ISO 8601 in UTC, as events hold it. */
export const moment = z.iso.datetime({ error: 'expected a moment like "2026-03-01T16:00:00.000Z"' });

/** Commands that make sense now: the line to write and what it does. */
export const commands = z.array(z.strictObject({ line, help: line }));

const leaves = new Map<unknown, Leaf>([
  [line, 'line'],
  [prose, 'prose'],
  [foreign, 'foreign'],
  [moment, 'moment'],
]);

/** Reads the shape off a schema. Throws for a schema that no template could show: a mistake in a letter's definition. */
export function shapeOf(schema: unknown): Shape {
  const leaf = leaves.get(schema);
  if (leaf) return { is: leaf };
  if (schema instanceof z.ZodBoolean) return { is: 'flag' };
  if (schema instanceof z.ZodNumber) return { is: 'number' };
  if (schema instanceof z.ZodEnum) return { is: 'choice', of: schema.options.map(String) };
  if (schema instanceof z.ZodArray) return { is: 'list', of: shapeOf(schema.element) };
  if (schema instanceof z.ZodObject) return { is: 'record', of: fieldsOf(schema) };
  throw new TypeError('a fact is a line, prose, foreign text, a moment, a flag, a number, a choice, a list or a record');
}

/** The fields of a letter's facts; one with a default is always there. */
export function fieldsOf(schema: z.ZodObject): Fields {
  return Object.fromEntries(
    Object.entries(schema.shape).map(([name, field]) => {
      const bare = field instanceof z.ZodOptional || field instanceof z.ZodDefault ? field.unwrap() : field;
      return [name, { shape: shapeOf(bare), optional: field instanceof z.ZodOptional }];
    }),
  );
}

/** The same facts with every absent optional field named: strict templates refuse a field that is not there at all. */
export function withAbsentNamed(fields: Fields, facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, { shape }]) => [name, named(shape, facts[name])]));
}

function named(shape: Shape, value: unknown): unknown {
  if (shape.is === 'list' && Array.isArray(value)) return value.map((item) => named(shape.of, item));
  if (shape.is === 'record' && typeof value === 'object' && value !== null) {
    return withAbsentNamed(shape.of, value as Record<string, unknown>);
  }
  return value;
}
