// Holds a value against a schema and says every difference in a sentence. Values under names of secrets are never repeated.
import type { z } from 'zod';
import { type Mistake, meant } from '#config/mistake.ts';
import { keysAt, type Shape, shapeOf } from '#config/shape.ts';

/** Where the settings of a value stand: the file and the line for a path. */
export interface Whereabouts {
  at(path: readonly PropertyKey[]): { file: string; line?: number };
}

type Issue = z.core.$ZodIssue;

/** The value as the schema wants it, or every mistake in it. */
export function validate<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where: Whereabouts,
): { value: z.output<S> } | { mistakes: Mistake[] } {
  const read = schema.safeParse(value);
  if (read.success) return { value: read.data };
  const mistakes = read.error.issues.flatMap((issue) => mistakesOf(issue, value, shapeOf(schema)));
  return { mistakes: mistakes.map(({ path, message }) => ({ ...where.at(path), path: pathName(path), message })) };
}

/** A path as people write it: `members[2].addresses[0]`. */
export function pathName(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
    '',
  );
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function mistakesOf(issue: Issue, root: unknown, shape: Shape): Found[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(shape, issue.path);
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: unknownKey(key, known) }));
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined)
    return [{ path: issue.path, message: `expected one of ${keysOf(issue)}.` }];
  const value = valueAt(root, issue.path);
  const message = sentence(issue, value);
  const shown = value === undefined || issue.code === 'invalid_union' ? '' : found(value, issue);
  return [{ path: issue.path, message: `${message}${shown}.` }];
}

function keysOf(issue: Issue): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  return options.join(', ');
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = meant(key, known);
  if (near) return `is not known; did you mean "${near}"?`;
  return known.length > 0 && known.length <= 15 ? `is not known; known here are ${known.join(', ')}.` : 'is not known.';
}

const words: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

function sentence(issue: Issue, value: unknown): string {
  const missing = value === undefined ? 'is missing: ' : '';
  // Sentences of our schemas begin so; the library's own do not.
  if (issue.message.startsWith('expected')) return `${missing}${issue.message}`;
  switch (issue.code) {
    case 'invalid_type':
      return `${missing}expected ${words[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${missing}expected ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.join(', ')}`;
    case 'too_small':
      return `expected at least ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `expected at most ${amount(issue.maximum, issue.origin)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'expected another name';
    default:
      return issue.code === 'invalid_union' ? issue.message : 'expected another form';
  }
}

function amount(limit: number | bigint, origin: string): string {
  if (origin === 'string') return limit === 1 ? 'one character' : `${limit} characters`;
  if (origin === 'array') return limit === 1 ? 'one entry' : `${limit} entries`;
  return String(limit);
}

const secretName = /pass|secret|token|private|credential|auth|^key$|^mac$|^url$/i;

/** ", found …" for values that may be shown: short, one line, and not where a secret could have been put. */
function found(value: unknown, issue: Issue): string {
  if (issue.code === 'invalid_key') return '';
  if (value === null) return ', found nothing';
  if (Array.isArray(value)) return issue.code === 'invalid_type' ? ', found a list' : '';
  if (typeof value === 'object') return ', found a mapping';
  if (issue.path.some((step) => typeof step === 'string' && secretName.test(step)))
    return typeof value === 'string' ? ', found a text' : ', found a number or a switch';
  if (typeof value !== 'string') return `, found ${String(value)}`;
  if (value === '') return ', found an empty text';
  const harmless = value.length <= 60 && /^[\p{L}\p{N} .,_@+/:-]+$/u.test(value) && !/:\/\/|:[^ ]*@/.test(value);
  return harmless ? `, found "${value}"` : ', found a text that is not it';
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const step of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}
