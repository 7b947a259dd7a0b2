// The cleartext signature framework (RFC 9580 §7) read strictly: what is shown is what was hashed, or the block is not valid.
import { nextBlock } from '#pgp/armor.ts';

/** A clearsigned block taken apart. `signed`: the bytes under the signature, trailing blanks off, CRLF between lines, none at the end. */
export interface Cleartext {
  readonly signed: Buffer;
  /** The armored signature block. */
  readonly signature: string;
  /** Hash names of the header, lower case; empty when there was none. */
  readonly hashes: readonly string[];
}

/**
 * Takes a block apart given as one character per byte. Undefined when anything but Hash fields stands in its header, when the header does not end
 * in a truly empty line, or when a line starts with a dash that is not escaped: places where other words could hide.
 */
export function readCleartext(block: string): Cleartext | undefined {
  const signatureAt = block.lastIndexOf('\n-----BEGIN PGP SIGNATURE-----');
  if (signatureAt < 0) return undefined;
  const lines = block.slice(0, signatureAt).split('\n');
  const hashes: string[] = [];
  let at = 1;
  for (; ; at++) {
    const line = (lines[at] ?? '-').replace(/\r$/, '');
    if (line === '') break;
    const match = /^Hash: ([A-Za-z0-9, -]{1,100})$/.exec(line);
    if (!match || at > 10) return undefined;
    hashes.push(...(match[1] ?? '').split(',').map((name) => name.trim().toLowerCase()));
  }
  const words: string[] = [];
  for (const raw of lines.slice(at + 1)) {
    if (raw.startsWith('-') && !raw.startsWith('- ')) return undefined;
    words.push(withoutTrailing(raw.startsWith('- ') ? raw.slice(2) : raw));
  }
  const signature = nextBlock(block, ['PGP SIGNATURE'], signatureAt);
  return signature && { signed: Buffer.from(words.join('\r\n'), 'latin1'), signature: signature.text, hashes };
}

/** Without blanks, tabs and carriage returns at the end; by hand, as a pattern would look again at each blank. */
function withoutTrailing(line: string): string {
  let end = line.length;
  while (end > 0 && ' \t\r'.includes(line[end - 1] ?? '-')) end--;
  return line.slice(0, end);
}
