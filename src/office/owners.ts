// Reads the files of owners from the checkouts of a team, for the paths that a mail proposes: nothing outside of a checkout, nothing large.
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { ordersOf } from '#command/carry-out.ts';
import { commandFor } from '#command/list.ts';
import type { OwnWords } from '#mail/own-words.ts';
import type { Checkout } from '#office/office.ts';
import { cleanPath, filesFor, type Owners, ownersOf } from '#team/owners.ts';

const mostPaths = 20;
const largest = 262_144;

/**
 * Answers whom the files of owners name for a path as it is written in a command: "path/in/repository", or "name:path" where a team has several
 * checkouts. Only the paths that stand in commands of these own words are known; they are read beforehand.
 */
export async function lookForOwners(own: OwnWords, checkouts: readonly Checkout[]): Promise<(written: string) => Owners> {
  const found = new Map<string, Owners>();
  for (const written of pathsIn(own)) found.set(written, await ownersIn(written, checkouts));
  return (written) => found.get(written) ?? { why: `more than ${mostPaths} paths in one mail; write another mail for the rest` };
}

function pathsIn(own: OwnWords): string[] {
  const orders = ordersOf(own).orders.filter(({ word }) => commandFor(word)?.looks?.includes('owners'));
  return [...new Set(orders.flatMap(({ rest }) => rest.split(/\s+/).filter((word) => word !== '')))].slice(0, mostPaths + 1);
}

async function ownersIn(written: string, checkouts: readonly Checkout[]): Promise<Owners> {
  const [, named, rest = written] = /^([a-z][a-z0-9._-]{0,39}):(.*)$/.exec(written) ?? [];
  const names = checkouts.map(({ name }) => name).join(', ');
  if (checkouts.length === 0) return { why: 'the team has no checkout of a repository; the operator names one in team.yaml (checkouts)' };
  if (named === undefined && checkouts.length > 1)
    return { why: `say in which repository, like ${checkouts[0]?.name}:path; there are: ${names}` };
  const checkout = named === undefined ? checkouts[0] : checkouts.find(({ name }) => name === named);
  if (!checkout) return { why: `there is no repository "${named}"; there are: ${names}` };
  const path = cleanPath(rest);
  if (path === undefined) return { why: 'a path names a file or folder inside the repository, without ".."; like pkg/parser' };
  return read(checkout, path);
}

async function read({ name, path: root }: Checkout, path: string): Promise<Owners> {
  const base = await realpath(root).catch(() => undefined);
  if (base === undefined) return { why: `the checkout ${name} is not where team.yaml says; tell the operator` };
  const texts = new Map<string, string>();
  for (const file of filesFor(path)) {
    const text = await textOf(base, file);
    if (text !== undefined) texts.set(file, text);
  }
  const found = ownersOf(path, (file) => texts.get(file));
  const there = await inside(base, path);
  const missing = there ? [] : [`${path} is not in the checkout; the folders above it were asked`];
  return { checkout: name, path, ...found, notes: [...missing, ...found.notes] };
}

/** Where something of a checkout lies; a link that leads out is not followed, as it is nobody's business here what lies outside, nor whether it is there. */
async function inside(base: string, path: string): Promise<string | undefined> {
  const real = await realpath(join(base, path)).catch(() => undefined);
  if (real === undefined) return undefined;
  const way = relative(base, real);
  return way === '..' || way.startsWith('../') || isAbsolute(way) ? undefined : real;
}

async function textOf(base: string, file: string): Promise<string | undefined> {
  const real = await inside(base, file);
  const found = real === undefined ? undefined : await stat(real).catch(() => undefined);
  if (real === undefined || !found?.isFile() || found.size > largest) return undefined;
  return readFile(real, 'utf8').catch(() => undefined);
}
