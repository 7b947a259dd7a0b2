// People with keys for the tests of the pgp room, and mails built by hand.
import * as openpgp from 'openpgp';
import type { Outgoing } from '#mail/compose.ts';
import type { Message, Opened } from '#mail/message.ts';
import { parse } from '#mail/parse.ts';
import { type Certificate, type Keyring, keyring, type OwnKey, readCertificates, readOwnKey } from '#pgp/keyring.ts';
import { makeKey } from '#pgp/make-key.ts';
import { open } from '#pgp/open.ts';

export const now = new Date('2026-03-01T12:00:00Z');
export const later = (days: number) => new Date(now.getTime() + days * 86_400_000);

/** Somebody with a key that never leaves the tests. */
export interface Person {
  readonly own: OwnKey;
  readonly certificate: Certificate;
  readonly private: string;
  readonly public: string;
  readonly revocation: string;
}

export async function person(name: string, email: string, expires?: Date, made = later(-30)): Promise<Person> {
  const key = await makeKey({ name, email, now: made, ...(expires && { expires }) });
  return { ...key, own: await readOwnKey(key.private), certificate: await only(key.public) };
}

export async function only(armored: string): Promise<Certificate> {
  const [certificate] = await readCertificates(armored);
  if (!certificate) throw new Error('no certificate');
  return certificate;
}

export interface Cast {
  readonly team: Person;
  readonly lead: Person;
  readonly member: Person;
  readonly stranger: Person;
  readonly ring: Keyring;
}

/** The team's key is ours, lead and member are on the roster, the stranger is not. */
export async function cast(): Promise<Cast> {
  const team = await person('TEST KEY security team', 'security@example.org');
  const lead = await person('TEST KEY lead', 'lead@example.org');
  const member = await person('TEST KEY member', 'member@example.org');
  const stranger = await person('TEST KEY stranger', 'stranger@example.net');
  return { team, lead, member, stranger, ring: keyring([team.own], [lead.certificate, member.certificate, team.certificate]) };
}

/** A part with CRLF line ends and no line break at the end, as it is signed. */
export function part(contentType: string, body: string, ...fields: string[]): string {
  return [`Content-Type: ${contentType}`, ...fields, '', body.replace(/\r?\n/g, '\r\n')].join('\r\n');
}

export function multipart(type: string, parts: readonly (string | Buffer)[], boundary = 'b1', parameters = ''): string {
  const pieces = parts.map((one) => `--${boundary}\r\n${one.toString('latin1')}\r\n`);
  return `Content-Type: multipart/${type}; boundary="${boundary}"${parameters}\r\n\r\n${pieces.join('')}--${boundary}--\r\n`;
}

export const signedType = '; protocol="application/pgp-signature"; micalg=pgp-sha512';
export const encryptedType = '; protocol="application/pgp-encrypted"';

/** A mail around an entity given as one character per byte. */
export function mail(entity: string, from = 'lead@example.org', ...fields: string[]): Buffer {
  const head = [
    `From: ${from}`,
    'To: security@example.org',
    'Subject: [...]',
    'Date: Sun, 01 Mar 2026 12:00:00 +0000',
    'Message-ID: <one@example.org>',
  ];
  return Buffer.from([...head, ...fields, 'MIME-Version: 1.0', entity].join('\r\n'), 'latin1');
}

export async function parsed(bytes: Buffer): Promise<Message> {
  const message = await parse(bytes);
  if ('unreadable' in message) throw new Error(message.unreadable);
  return message;
}

export async function opened(bytes: Buffer, ring: Keyring, at = now): Promise<Opened> {
  const answer = await open(await parsed(bytes), ring, at);
  if ('unreadable' in answer) throw new Error(answer.unreadable);
  return answer;
}

export async function refusal(bytes: Buffer, ring: Keyring, at = now): Promise<string | undefined> {
  const answer = await open(await parsed(bytes), ring, at);
  return 'unreadable' in answer ? answer.unreadable : undefined;
}

/** An armored detached signature of bytes. */
export async function detached(bytes: string, by: readonly Person[], date = now, config: openpgp.PartialConfig = {}): Promise<string> {
  const message = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(bytes, 'latin1')) });
  const signature: string = await openpgp.sign({ message, signingKeys: by.map(({ own }) => own.key), detached: true, date, config });
  return signature;
}

/** A multipart/signed around a part. */
export async function signedPart(inner: string, by: readonly Person[], boundary = 's1', date = now): Promise<string> {
  return multipart('signed', [inner, part('application/pgp-signature', await detached(inner, by, date))], boundary, signedType);
}

/** An armored message to somebody, perhaps signed. */
export async function ciphertext(
  content: string,
  to: readonly Person[],
  by: readonly Person[] = [],
  config: openpgp.PartialConfig = {},
): Promise<string> {
  const message = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(content, 'latin1')) });
  const keys = { encryptionKeys: to.map(({ certificate }) => certificate.key), signingKeys: by.map(({ own }) => own.key) };
  const armored: string = await openpgp.encrypt({ message, ...keys, date: now, config });
  return armored;
}

export function encryptedPart(armored: string, boundary = 'e1'): string {
  const control = part('application/pgp-encrypted', 'Version: 1');
  return multipart('encrypted', [control, part('application/octet-stream; name="encrypted.asc"', armored)], boundary, encryptedType);
}

export function letter(text: string, extra: Partial<Outgoing> = {}): Outgoing {
  return {
    from: { address: 'security@example.org', name: 'Security team' },
    to: [{ address: 'lead@example.org', name: '' }],
    subject: 'A notice about CVE-1900-0001',
    date: now,
    messageId: 'letter-1@example.org',
    text,
    ...extra,
  };
}
