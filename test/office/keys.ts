// Keys and conversations about them, for the tests of the register on the whole way.
import * as openpgp from 'openpgp';
import { blocks } from '#pgp/armor.ts';
import { readCertificates } from '#pgp/certificate.ts';
import { type OwnKey, readOwnKey } from '#pgp/keyring.ts';
import { makeKey } from '#pgp/make-key.ts';
import { attachOwnKey } from '#pgp/seal.ts';
import { people, type Received, type Town, type Writing } from '#test/town.ts';

/** When every town begins. */
const begin = new Date('2026-03-02T09:00:00Z');

/** So many days after the town began. */
export const inDays = (days: number): Date => new Date(begin.getTime() + days * 86_400_000);

/** A key of its own for an address, a month old when the town begins; `expires` in days from then. */
export async function freshKey(email: string, expires?: number): Promise<OwnKey> {
  const made = await makeKey({
    name: `TEST ${email}`,
    email,
    now: inDays(-30),
    ...(expires !== undefined && { expires: inDays(expires) }),
  });
  return readOwnKey(made.private);
}

/** The same key, said by itself a day before the town began to last until another day. */
export async function prolonged(key: OwnKey, email: string, until: number): Promise<OwnKey> {
  const made = await openpgp.reformatKey({
    privateKey: key.key,
    userIDs: [{ email }],
    date: inDays(-1),
    keyExpirationTime: 86_400 * (until + 30),
    format: 'object',
  });
  return asKey(key, made.publicKey.armor());
}

/** Another form of a certificate as a key to attach. */
export async function asKey(key: OwnKey, armored: string): Promise<OwnKey> {
  const [certificate] = await readCertificates(armored);
  if (!certificate) throw new Error('no certificate');
  return { ...key, certificate };
}

export const to = (address: string, letters: readonly Received[]): Received[] => letters.filter((letter) => letter.to === address);
export const kinds = (letters: readonly Received[]): string[] => letters.map(({ kind }) => kind).sort();
export const kindsTo = (address: string, letters: readonly Received[]): string[] => kinds(to(address, letters));
/** What somebody gets about keys, without what arrives at the team's desk. */
export const keyKindsTo = (address: string, letters: readonly Received[]): string[] =>
  kindsTo(address, letters).filter((kind) => kind.startsWith('key-'));
export const of = (kind: string, letters: readonly Received[]): Received | undefined => letters.find((letter) => letter.kind === kind);
export const codeIn = (letter: Received | undefined): string => /\/prove-key (\S+)/.exec(letter?.text ?? '')?.[1] ?? 'none';

/** Whether a letter is encrypted to this key and to no other. */
export async function isSealedTo(key: OwnKey, letter: Received | undefined): Promise<boolean> {
  const [block] = blocks(letter?.bytes.toString('latin1') ?? '', ['PGP MESSAGE'], 1);
  if (!block) return false;
  const message = await openpgp.readMessage({ armoredMessage: block.text });
  const ids = message.getEncryptionKeyIDs().map((id) => id.toHex().toUpperCase());
  return ids.length === 1 && ids.every((id) => key.certificate.keyIds.includes(id));
}

/** Somebody sends a certificate; answers with what was posted. */
export async function sends(town: Town, who: keyof typeof people, key: OwnKey, more: Partial<Writing> = {}): Promise<Received[]> {
  await town.writes(who, { to: 'security+team@example.org', text: 'Here is our new key.', attachments: [attachOwnKey(key)], ...more });
  return town.post();
}

/** A member gives commands about the team's matters, signed; answers with the transcript. */
export async function says(town: Town, who: 'lead' | 'second' | 'third', text: string, more: Partial<Writing> = {}): Promise<string> {
  await town.writes(who, { to: 'security+team@example.org', text: `${text}\n`, signed: true, ...more });
  const letters = to(people[who], await town.post());
  return of('transcript', letters)?.text ?? '';
}

/** An incident whose approved notice was released to everybody; answers with the letters that left. */
export async function notified(town: Town): Promise<Received[]> {
  await town.writes('reporter', { subject: 'path traversal', text: 'It writes outside.' });
  const [report] = to(people.lead, await town.post());
  const say = (who: 'lead' | 'second', text: string) =>
    town.writes(who, { text: `${text}\n`, signed: true, ...(report && { answers: report }) });
  await say(
    'lead',
    '/take\n/accept\n/lead me\n/set title a title\n/set impact an impact\n/cve CVE-1900-0001\n/schedule 2026-03-16 16:00\n/draft notice',
  );
  const review = to(people.second, await town.post()).find(({ kind }) => kind === 'review');
  const mark = /\/approve notice (\S+)/.exec(review?.text ?? '')?.[1] ?? '';
  await say('second', `/approve notice ${mark}`);
  await say('lead', '/notify because the patches follow');
  const preview = to(people.second, await town.post()).find(({ kind }) => kind === 'preview');
  const code = /\/confirm (\S+)/.exec(preview?.text ?? '')?.[1] ?? '';
  await say('second', `/confirm ${code}`);
  return town.post();
}
