// Mails built by hand for attacks: signed, clearsigned and encrypted by real keys, one character for each byte.
import * as openpgp from 'openpgp';
import { armor, dearmor } from '#pgp/armor.ts';
import { type Certificate, type OwnKey, readOwnKey } from '#pgp/keyring.ts';
import type { Scene } from '#test/attacks/scene.ts';
import { encryptedPart, multipart, part, signedType } from '#test/pgp/people.ts';
import { keyOf, people } from '#test/town.ts';

export { encryptedPart, multipart, part, signedType } from '#test/pgp/people.ts';

/** Bytes as one character each, and back. */
export const latin = (text: string) => Buffer.from(text, 'latin1');
export const utf8 = (text: string) => Buffer.from(text).toString('latin1');

/** How a mail is addressed. `from` and `fields` are written as they stand. */
export interface Envelope {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly fields?: readonly string[];
  /** Leaves out From, To or Subject, for mails that bring their own among `fields`. */
  readonly without?: readonly string[];
}

/** A mail around an entity, to the incident's own address unless said otherwise; every Message-ID is new. */
export function mailOf(
  scene: Scene,
  entity: string,
  { from = people.lead, to, subject = 'Re: ...', fields = [], without = [] }: Envelope = {},
): Buffer {
  const head = [
    `From: ${from}`,
    `To: ${to ?? scene.here.address}`,
    `Subject: ${subject}`,
    `Date: ${scene.now().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <attack-${scene.serial()}@example.org>`,
  ].filter((line) => !without.includes(line.split(':', 1)[0] ?? ''));
  return latin([...head, ...fields, 'MIME-Version: 1.0', entity].join('\r\n'));
}

/** A text part. */
export const text = (body: string, charset = 'utf-8') => part(`text/plain; charset=${charset}`, body, 'Content-Transfer-Encoding: 8bit');
export const html = (body: string) => part('text/html; charset=utf-8', body, 'Content-Transfer-Encoding: 8bit');

/** How something is signed. */
export interface Signing {
  readonly at?: Date;
  readonly config?: openpgp.PartialConfig;
  /** As text (type 1) instead of binary (type 0). */
  readonly asText?: boolean;
}

/** The key of an address of the town, or a key that is given. */
async function own(by: string | OwnKey): Promise<OwnKey> {
  return typeof by === 'string' ? keyOf(by) : by;
}

/** An armored detached signature of bytes, by one key or several. */
export async function detached(
  scene: Scene,
  bytes: string,
  by: string | OwnKey | readonly (string | OwnKey)[] = people.lead,
  { at, config = {}, asText = false }: Signing = {},
): Promise<string> {
  const message = asText
    ? await openpgp.createMessage({ text: bytes })
    : await openpgp.createMessage({ binary: new Uint8Array(latin(bytes)) });
  const writers = Array.isArray(by) ? by : [by];
  const keys = await Promise.all(writers.map(async (one: string | OwnKey) => (await own(one)).key));
  const signature: unknown = await openpgp.sign({
    message: message as openpgp.Message<Uint8Array>,
    signingKeys: keys,
    detached: true,
    date: at ?? scene.now(),
    config: { ...loose, ...config },
  });
  return String(signature);
}

// Attackers sign with what we would refuse.
const loose: openpgp.PartialConfig = {
  minRSABits: 0,
  rejectHashAlgorithms: new Set(),
  rejectMessageHashAlgorithms: new Set(),
  rejectPublicKeyAlgorithms: new Set(),
  rejectCurves: new Set(),
};

export const signaturePart = (armored: string) => part('application/pgp-signature; name="signature.asc"', armored);

/** A multipart/signed (RFC 3156 §5) around a part. */
export async function signed(
  scene: Scene,
  inner: string,
  by: string | OwnKey | readonly (string | OwnKey)[] = people.lead,
  options: Signing & { readonly boundary?: string; readonly type?: string } = {},
): Promise<string> {
  const { boundary = `s${scene.serial()}`, type = signedType } = options;
  return multipart('signed', [inner, signaturePart(await detached(scene, inner, by, options))], boundary, type);
}

/** A clearsigned block (RFC 9580 §7) with LF line ends. */
export async function clearsigned(scene: Scene, words: string, by: string | OwnKey = people.lead, at?: Date): Promise<string> {
  const message = await openpgp.createCleartextMessage({ text: words });
  const block: string = await openpgp.sign({ message, signingKeys: (await own(by)).key, date: at ?? scene.now(), config: loose });
  return block.replaceAll('\r\n', '\n');
}

/** An armored message to the team (or to somebody else), perhaps signed inside. */
export async function ciphertext(
  scene: Scene,
  content: string,
  options: { readonly by?: string | OwnKey; readonly to?: readonly Certificate[]; readonly config?: openpgp.PartialConfig } = {},
): Promise<string> {
  const { by, to = [scene.office.key.certificate], config = {} } = options;
  const message = await openpgp.createMessage({ binary: new Uint8Array(latin(content)) });
  const armored: string = await openpgp.encrypt({
    message,
    encryptionKeys: to.map(({ key }) => key),
    ...(by && { signingKeys: (await own(by)).key }),
    date: scene.now(),
    config,
  });
  return armored;
}

/** A multipart/encrypted (RFC 3156 §4) to the team. */
export async function encrypted(scene: Scene, content: string, by?: string | OwnKey): Promise<string> {
  return encryptedPart(await ciphertext(scene, content, by ? { by } : {}), `e${scene.serial()}`);
}

/** The packets of an armored block, and an armored message of packets. */
export const packets = (armored: string): Buffer => dearmor(armored)?.bytes ?? Buffer.alloc(0);
export const message = (bytes: Buffer) => armor('PGP MESSAGE', bytes);

/** An attached mail. */
export const attachedMail = (mail: Buffer) => `Content-Type: message/rfc822\r\n\r\n${mail.toString('latin1')}`;

export const attachment = (filename: string, type: string, body: string) =>
  part(type, body, `Content-Disposition: attachment; filename="${filename}"`);

/** A text in base64, as a part's body. */
export const base64 = (body: string) =>
  (
    latin(body)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n');

/** A fresh key of somebody who is not in the town, with any user id. */
export async function strangersKey(userId: { name?: string; email?: string }, options: Partial<openpgp.KeyOptions> = {}): Promise<OwnKey> {
  const made = await openpgp.generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: userId,
    date: new Date('2026-01-01T00:00:00Z'),
    format: 'armored',
    ...options,
  } as openpgp.KeyOptions & { format: 'armored' });
  return readOwnKey(made.privateKey);
}
