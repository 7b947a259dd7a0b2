// OWNERS and OWNERS_ALIASES as texts: who approves and reviews in a folder, for which files, and whether the folders above count too.
import { parseDocument } from 'yaml';
import { z } from 'zod';

/** What one OWNERS file says of one path: accounts in small letters, aliases already replaced. */
export interface OwnersFile {
  readonly approvers: readonly string[];
  readonly reviewers: readonly string[];
  /** The folders above do not count. */
  readonly alone: boolean;
  /** What of the file could not be understood, as sentences. */
  readonly notes: readonly string[];
}

/** Group name, in small letters, to accounts. */
export type Aliases = ReadonlyMap<string, readonly string[]>;

// Files of a public repository: whatever does not fit is left out, the rest still counts.
const People = z.array(z.unknown()).max(1000).nullish();
const Group = z.object({ approvers: People, reviewers: People });
const File = Group.extend({
  options: z.object({ no_parent_owners: z.boolean().nullish() }).nullish(),
  filters: z.record(z.string(), Group.nullable()).nullish(),
});
const AliasFile = z.object({ aliases: z.record(z.string(), People) });

/**
 * Reads an OWNERS file for the path `inside` its folder ("kubelet/pods.go"). With filters, the groups whose pattern fits count beside the plain
 * lists. What cannot be understood is said and gives nobody (S1-56).
 */
export function readOwners(text: string, inside: string, aliases: Aliases): OwnersFile {
  const read = File.safeParse(yamlOf(text));
  if (!read.success) return { approvers: [], reviewers: [], alone: false, notes: ['cannot be read as YAML with approvers and reviewers'] };
  const { options, filters } = read.data;
  const notes: string[] = [];
  const groups = [read.data, ...Object.entries(filters ?? {}).flatMap(([pattern, group]) => (fits(pattern, inside, notes) ? [group] : []))];
  // Each name once before it is replaced: a file that repeats the alias of many would name millions.
  const named = (list: 'approvers' | 'reviewers') => {
    const names = new Set(groups.flatMap((group) => accounts(group?.[list])));
    return [...new Set([...names].flatMap((name) => aliases.get(name) ?? [name]))];
  };
  return {
    approvers: named('approvers'),
    reviewers: named('reviewers'),
    alone: options?.no_parent_owners === true,
    notes,
  };
}

/** Reads OWNERS_ALIASES; a text that is none gives no aliases. */
export function readAliases(text: string): Aliases {
  const read = AliasFile.safeParse(yamlOf(text));
  if (!read.success) return new Map();
  return new Map(Object.entries(read.data.aliases).map(([name, people]) => [account(name), accounts(people)]));
}

// Accounts, groups and addresses; what has blanks or line ends could pass for words of ours in the answer.
const isName = /^[@\p{L}\p{N}][\p{L}\p{N}@._/+-]{0,99}$/u;

function accounts(list: readonly unknown[] | null | undefined): string[] {
  return (list ?? []).flatMap((name) =>
    (typeof name === 'string' || typeof name === 'number') && isName.test(String(name)) ? [account(String(name))] : [],
  );
}

/** An account as it is compared: without "@", in small letters. */
export function account(name: string): string {
  return name.trim().replace(/^@/, '').toLowerCase();
}

function yamlOf(text: string): unknown {
  const document = parseDocument(text, { version: '1.2', prettyErrors: false, uniqueKeys: false });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: 10 }) ?? {};
  } catch {
    return undefined;
  }
}

const longestPattern = 120;

// The patterns come from a repository that anybody may send changes to. Three repetitions and a group over a short path cannot hang us; many parts
// that may be there or not, groups that repeat, look-arounds and references back could.
function fits(pattern: string, inside: string, notes: string[]): boolean {
  const repeats = pattern.match(/(?<!\\)[*+{]|(?<![\\(])\?/g)?.length ?? 0;
  const groups = pattern.match(/(?<!\\)\(/g)?.length ?? 0;
  const short = pattern.length <= longestPattern && repeats <= 3 && repeats + groups <= 4;
  const expression = short && !/\)[*+?{]|\(\?(?!:)|\\[1-9kpPu]/.test(pattern) ? compiled(pattern) : undefined;
  if (!expression) notes.push(`the filter "${pattern.slice(0, 60).replace(/\s+/g, ' ')}" is not understood; look yourself whom it names`);
  return expression?.test(inside) ?? false;
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
