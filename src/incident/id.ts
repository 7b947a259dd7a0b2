// How incident ids look: a team's prefix and six random Crockford base32 characters, SRC-4F7K2M.

declare const made: unique symbol;
/** An incident's id. Made only here; says nothing about how many incidents there are or in which order they came. */
export type IncidentId = string & { readonly [made]: true };

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 6;

/** How many random bytes one id takes. */
export const idBytes = length;

/** Makes an id from a team's prefix (two to eight capital letters) and `idBytes` random bytes. */
export function makeId(prefix: string, random: Uint8Array): IncidentId {
  const characters = Array.from(random.subarray(0, length), (byte) => alphabet[byte % alphabet.length]);
  return `${prefix}-${characters.join('')}` as IncidentId;
}

/** Reads an id as people write it: any case, O for 0, I and L for 1 (Crockford). Undefined when it is none of this prefix. */
export function readId(text: string, prefix: string): IncidentId | undefined {
  const match = /^([A-Z]{2,8})-([0-9A-Z]{6})$/.exec(text.trim().toUpperCase());
  if (!match?.[2] || match[1] !== prefix.toUpperCase()) return undefined;
  const characters = match[2].replaceAll('O', '0').replace(/[IL]/g, '1');
  return [...characters].every((character) => alphabet.includes(character)) ? (`${prefix}-${characters}` as IncidentId) : undefined;
}

/** Every id of this prefix that a text names, each once, in order; at most 20. */
export function idsIn(text: string, prefix: string): IncidentId[] {
  const found = new Set<IncidentId>();
  for (const [candidate] of text.matchAll(new RegExp(`\\b${prefix}-[0-9A-Za-z]{6}\\b`, 'gi'))) {
    const id = readId(candidate, prefix);
    if (id) found.add(id);
    if (found.size === 20) break;
  }
  return [...found];
}

/** A text for somebody who may hear of this incident alone: ids of the team's others, as we write them, are taken out of it. */
export function withoutOtherIds(text: string, own: IncidentId): string {
  const [prefix = ''] = own.split('-');
  return text.replace(new RegExp(`\\b${prefix}-[${alphabet}]{6}\\b`, 'g'), (found) => (found === own ? found : 'another incident'));
}
