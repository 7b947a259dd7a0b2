// The checkouts a team names: local copies of repositories whose files of owners propose a fix team. One that is missing is a warning.
import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { Checkout } from '#config/config.ts';
import { type Desk, type Spot, wrong } from '#config/desk.ts';

const files = ['OWNERS', '.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** The checkouts with absolute paths; two of one name are a mistake on the desk. */
export async function openCheckouts(desk: Desk, said: readonly Checkout[], spot: Spot): Promise<Checkout[]> {
  const opened: Checkout[] = [];
  for (const [index, { name, path }] of said.entries()) {
    const place = { ...spot, path: [...spot.path, index, 'name'] };
    if (opened.some((other) => other.name === name))
      wrong(desk, place, `two checkouts are called "${name}"; commands could not tell them apart.`);
    const absolute = isAbsolute(path) ? path : join(desk.directory, path);
    const trouble = await troubleWith(absolute);
    if (trouble)
      desk.warnings.push(
        `${place.where.at(place.path).file}: the checkout ${name} (${path}) ${trouble}; /fix-team propose finds nobody there.`,
      );
    opened.push({ name, path: absolute });
  }
  return opened;
}

async function troubleWith(folder: string): Promise<string | undefined> {
  const is = await stat(folder).catch(() => undefined);
  if (!is) return 'does not exist or may not be read';
  if (!is.isDirectory()) return 'is no folder';
  for (const file of files) if (await stat(join(folder, file)).catch(() => undefined)) return undefined;
  return `has none of ${files.join(', ')} at its root`;
}
