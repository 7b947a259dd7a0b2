// Who owns a path of a repository, by its OWNERS files or its CODEOWNERS: a proposal for the fix team, nearest first. Reading is handed in.
import { codeOwnersOf } from '#team/codeowners.ts';
import { account, readAliases, readOwners } from '#team/owners-file.ts';
import { type Member, memberOf, type Roster } from '#team/roster.ts';

/** Somebody whom a file names for a path. */
export interface PathOwner {
  /** An account of the code host in small letters ("octocat"), a group there ("org/team"), or a mail address. */
  readonly name: string;
  readonly is: 'approver' | 'reviewer' | 'owner';
  /** The file that says so, relative to the repository. */
  readonly file: string;
}

/** The owners of one path; those of the nearest file that names anybody stand in `near`. */
export interface PathOwners {
  readonly checkout: string;
  readonly path: string;
  readonly near: readonly PathOwner[];
  /** From the files of the folders above. */
  readonly above: readonly PathOwner[];
  /** What a reader should know: a path that is not there, a part of a file that was not understood. */
  readonly notes: readonly string[];
}

/** The answer for what somebody wrote: owners, or why there are none. */
export type Owners = PathOwners | { readonly why: string };

/** The text of a file of the repository, or undefined. */
export type Read = (file: string) => string | undefined;

const longestPath = 300;
const deepest = 40;
const codeOwnersFiles = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;
const aliasesFile = 'OWNERS_ALIASES';

/** The path as it is looked up: relative, without "." and empty parts. Undefined for one that leaves the repository, or is none. */
export function cleanPath(written: string): string | undefined {
  if (written.length > longestPath || /[\\\p{Cc}]/u.test(written)) return undefined;
  const parts = written.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') || parts.length > deepest ? undefined : parts.join('/');
}

/** The folders of a clean path from the path itself up to the root, which is the empty word. */
function foldersOf(path: string): string[] {
  const parts = path === '' ? [] : path.split('/');
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), ''];
}

/** Every file that `ownersOf` may ask for. */
export function filesFor(path: string): string[] {
  return [...foldersOf(path).map((folder) => within(folder, 'OWNERS')), aliasesFile, ...codeOwnersFiles];
}

function within(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The owners of a clean path (S1-56, S2-56): OWNERS of the folder and those above it, else CODEOWNERS. */
export function ownersOf(path: string, read: Read): Pick<PathOwners, 'near' | 'above' | 'notes'> {
  const aliases = readAliases(read(aliasesFile) ?? '');
  const found: PathOwner[][] = [];
  const notes: string[] = [];
  for (const folder of foldersOf(path)) {
    const file = within(folder, 'OWNERS');
    const text = read(file);
    if (text === undefined) continue;
    const inside = folder === '' ? path : path.slice(folder.length + 1);
    const said = readOwners(text, inside, aliases);
    notes.push(...said.notes.map((note) => `${file}: ${note}`));
    const { approvers, reviewers } = said;
    found.push([
      ...approvers.map((name) => ({ name, is: 'approver' as const, file })),
      ...reviewers.filter((name) => !approvers.includes(name)).map((name) => ({ name, is: 'reviewer' as const, file })),
    ]);
    if (said.alone) break;
  }
  const [near = [], ...above] = found.filter((owners) => owners.length > 0);
  if (near.length > 0) return { near, above: above.flat(), notes };
  const owners = byCodeOwners(path, read);
  return { near: owners, above: [], notes };
}

// The first of the three places that has the file is the only one that counts.
function byCodeOwners(path: string, read: Read): PathOwner[] {
  for (const file of codeOwnersFiles) {
    const text = read(file);
    if (text === undefined) continue;
    const found = codeOwnersOf(text, path);
    return (found?.owners ?? []).map((name) => ({ name: account(name), is: 'owner', file: `${file}, line ${found?.line ?? 0}` }));
  }
  return [];
}

/** The person of the roster behind an owner: by their account on the code host, or by their address. */
export function personBehind(name: string, roster: Roster): Member | undefined {
  const wanted = account(name);
  return roster.members.find(({ hosts }) => hosts.includes(wanted)) ?? (wanted.includes('@') ? memberOf(roster, wanted) : undefined);
}
