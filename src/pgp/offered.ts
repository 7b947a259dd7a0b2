// The certificates that came along with a mail: attached, in the text, or in the sender's Autocrypt field.
import type { Attachment, Field, OfferedCertificate } from '#mail/message.ts';
import { armor, blocks, dearmor } from '#pgp/armor.ts';
import { readAutocrypt } from '#pgp/autocrypt.ts';
import { packets, tags } from '#pgp/packet.ts';

/** Something a certificate may lie in, and whether the mail's good signature covers it. */
interface Place<Piece> {
  readonly piece: Piece;
  readonly covered: boolean;
}

/** Where to look. `outer` and `protectedFields` are headers; an Autocrypt field counts for the author of its own header alone. */
export interface Places {
  readonly attachments: readonly Place<Attachment>[];
  readonly texts: readonly Place<string>[];
  readonly protectedFields: { readonly fields: readonly Field[]; readonly author: string | undefined; readonly covered: boolean };
  readonly outer: { readonly fields: readonly Field[]; readonly author: string | undefined };
}

const most = { certificates: 20, characters: 500_000, fields: 10, packets: 10_000 };
const label = 'PGP PUBLIC KEY BLOCK';

/**
 * What was offered, at most 20: attached files and inline blocks before Autocrypt, each block once. Private keys are not taken. A protected
 * Autocrypt field is asked first, the outer one only where there is none.
 */
export function offered({ attachments, texts, protectedFields, outer }: Places): OfferedCertificate[] {
  const found: OfferedCertificate[] = [
    ...attachments.flatMap(({ piece, covered }) => attached(piece).map((armored) => ({ armored, from: 'attached' as const, covered }))),
    ...texts.flatMap(({ piece, covered }) => inText(piece).map((armored) => ({ armored, from: 'inline' as const, covered }))),
  ];
  const inner = autocrypt(protectedFields.fields, protectedFields.author);
  const own = inner ?? autocrypt(outer.fields, outer.author);
  if (own) found.push({ armored: own, from: 'autocrypt', covered: inner !== undefined && protectedFields.covered });
  const kept = new Map<string, OfferedCertificate>();
  for (const one of found) {
    const known = kept.get(one.armored);
    kept.set(one.armored, known ? { ...known, covered: known.covered || one.covered } : one);
  }
  return [...kept.values()].slice(0, most.certificates);
}

/** Certificates in a key part (RFC 3156 §7) or a file with a name that keys have, armored or binary. */
function attached({ contentType, filename, content }: Attachment): string[] {
  if (contentType !== 'application/pgp-keys' && !/\.(?:asc|key|pgp|gpg)$/i.test(filename)) return [];
  if (content.length > most.characters) return [];
  if (((content[0] ?? 0) & 0x80) === 0) return inText(content.toString('latin1'));
  const [first] = packets(content, most.packets) ?? [];
  return first?.tag === tags.publicKey ? [unix(armor(label, content))] : [];
}

function inText(text: string): string[] {
  const found = blocks(text, [label], most.certificates).map((block) => `${unix(block.text)}\n`);
  return found.filter((armored) => armored.length <= most.characters && dearmor(armored) !== undefined);
}

/**
 * The certificate of the one valid Autocrypt field of a header: two valid ones are as good as none (Autocrypt 1.1 §2.3). Autocrypt-Gossip
 * is left alone on purpose: it is one person's word about another's key, and a key of somebody else is never taken from a third.
 */
function autocrypt(fields: readonly Field[], author: string | undefined): string | undefined {
  if (author === undefined) return undefined;
  const own = fields.filter(({ name }) => name === 'autocrypt').slice(0, most.fields);
  const [only, ...more] = own.flatMap(({ value }) => readAutocrypt(value, author) ?? []);
  return only && more.length === 0 ? unix(armor(label, only)) : undefined;
}

function unix(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
