// The next patch release after one: v0.12.0 becomes v0.12.1 (S4-28).

const release = /^(v?)(\d{1,9})\.(\d{1,9})\.(\d{1,9})(-[0-9A-Za-z.-]{1,60})?(?:\+[0-9A-Za-z.-]{1,60})?$/;

/**
 * The version of the next patch release, with the same "v" or none; a pre-release is followed by its own release. Build metadata counts for
 * nothing (Semantic Versioning 2.0.0, §9 to §11). Undefined for what is no such version.
 */
export function nextPatch(latest: string): string | undefined {
  const match = release.exec(latest.trim());
  if (!match) return undefined;
  const [, v = '', major, minor, patch, before] = match;
  return `${v}${major}.${minor}.${before ? patch : Number(patch) + 1}`;
}

/** The next patch release of each of several versions, one a line; what is no version is left out. */
export function nextPatches(lines: string): string[] {
  return lines.split('\n').flatMap((line) => nextPatch(line) ?? []);
}
