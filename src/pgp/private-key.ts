// Private keys that somebody sent by mistake: found, named and never opened, so that others can be warned without seeing them.
import * as openpgp from 'openpgp';
import type { Opened } from '#mail/message.ts';
import { blocks, dearmor, type Label } from '#pgp/armor.ts';
import { describe } from '#pgp/certificate.ts';
import { packets, tags } from '#pgp/packet.ts';

/** A private key in a mail, by what is public about it; empty where it cannot be read. */
export interface PrivateKey {
  /** Of the primary key, upper-case hex. */
  readonly fingerprint: string;
  /** Addresses it names, lower case. */
  readonly emails: readonly string[];
}

const most = { keys: 5, bytes: 500_000, packets: 10_000 };
const label: Label = 'PGP PRIVATE KEY BLOCK';
const opening = `-----BEGIN ${label}-----`;

/** The private keys in the text and the attachments of a mail, armored or binary, whole or cut off; at most five. */
export async function privateKeysIn({ passages, attachments }: Pick<Opened, 'passages' | 'attachments'>): Promise<PrivateKey[]> {
  const texts = passages.map(({ text }) => text);
  const files = attachments.map(({ content }) => content).filter((content) => content.length <= most.bytes);
  const found = [...texts.flatMap(armored), ...files.flatMap((file) => (isBinary(file) ? file : armored(file.toString('latin1'))))];
  const read = await Promise.all(found.slice(0, most.keys).map(keysOf));
  return read.flat().slice(0, most.keys);
}

/** A text with words in the place of each private key in it; from a block that is cut off on, all is left out. */
export function withoutPrivateKeys(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (const { start, end } of blocks(text, [label], Number.POSITIVE_INFINITY)) {
    kept.push(text.slice(at, start), '(a private key is left out)');
    at = end;
  }
  const cut = beginning(text, at);
  return [...kept, ...(cut < 0 ? [text.slice(at)] : [text.slice(at, cut), '(a private key is left out)'])].join('');
}

function armored(text: string): Buffer[] {
  const whole = blocks(text, [label], most.keys);
  const broken = whole.length === 0 && beginning(text, 0) >= 0;
  return broken ? [Buffer.alloc(0)] : whole.map((block) => dearmor(block.text)?.bytes ?? Buffer.alloc(0));
}

/** The offset of an opening line at or after `from`, or -1. */
function beginning(text: string, from: number): number {
  if (from === 0 && text.startsWith(opening)) return 0;
  const at = text.indexOf(`\n${opening}`, Math.max(0, from - 1));
  return at < 0 ? at : at + 1;
}

function isBinary(file: Buffer): boolean {
  if (((file[0] ?? 0) & 0x80) === 0) return false;
  return packets(file, most.packets)?.[0]?.tag === tags.secretKey;
}

async function keysOf(bytes: Buffer): Promise<PrivateKey[]> {
  const keys = await openpgp.readPrivateKeys({ binaryKeys: bytes }).catch(() => []);
  if (keys.length === 0) return [{ fingerprint: '', emails: [] }];
  return keys.map((key) => {
    const { fingerprint, emails } = describe(key.toPublic(), '');
    return { fingerprint, emails };
  });
}
