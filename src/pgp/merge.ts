// Newer words of a certificate about itself: prolonged, other subkeys, revoked. The primary key signed them, so they need nobody's yes.
import * as openpgp from 'openpgp';
import { type Certificate, readCertificates } from '#pgp/certificate.ts';
import { defaults, lax, strict } from '#pgp/rules.ts';

/**
 * A certificate with what another copy of it adds: user ids, subkeys, self-signatures, revocations. Nothing is lost; what the primary key
 * did not sign is left out. Undefined when the other is of another primary key, cannot be read, or adds nothing at `now`.
 */
export async function merged(certificate: Certificate, other: string, now: Date): Promise<Certificate | undefined> {
  const copies = await readCertificates(other).catch(() => []);
  const same = copies.find(({ fingerprint }) => fingerprint === certificate.fingerprint);
  const added = same && (await proven(same.key, certificate.key));
  const updated = added && (await certificate.key.update(added, now, strict(defaults)).catch(() => undefined));
  if (!updated) return undefined;
  const armored = updated.armor(strict(defaults));
  // A certificate already read is compared in the same form.
  if (armored === certificate.key.armor(strict(defaults))) return undefined;
  const [read] = await readCertificates(armored).catch(() => []);
  return read;
}

/** The library's types leave out what a certificate says of itself as a whole. */
type Whole = openpgp.PublicKey & { directSignatures: openpgp.SignaturePacket[] };

/** Signatures of one copy that are looked at: a certificate of a person has a few dozens, and each costs a public-key operation. */
const most = 200;

const { signature: kinds } = openpgp.enums;

/**
 * A copy reduced to the signatures that the known certificate has already, or that its primary key made. The library merges a newer binding of a
 * subkey unseen, so whoever sends a forged one would take a person's key away. Undefined when nothing new is left.
 */
async function proven(copy: openpgp.PublicKey, known: openpgp.PublicKey): Promise<openpgp.PublicKey | undefined> {
  const seen = new Set(signaturesOf(known).map(bytesOf));
  const found = new Set<openpgp.SignaturePacket>();
  let left = most;
  const keep = async (some: readonly openpgp.SignaturePacket[], kind: openpgp.enums.signature, about: object) => {
    const kept: openpgp.SignaturePacket[] = [];
    for (const one of some) {
      if (seen.has(bytesOf(one))) kept.push(one);
      else if (left-- > 0 && (await holds(one, known, kind, about))) {
        kept.push(one);
        found.add(one);
      }
    }
    return kept;
  };
  // Certificates once read are shared: this one is changed.
  const made = (await openpgp.readKey({ binaryKey: copy.write() })) as Whole;
  const key = known.keyPacket;
  made.revocationSignatures = await keep(made.revocationSignatures, kinds.keyRevocation, { key });
  made.directSignatures = await keep(made.directSignatures, kinds.key, { key });
  for (const user of made.users) {
    const about = { userID: user.userID, userAttribute: user.userAttribute, key };
    user.selfCertifications = await keep(user.selfCertifications, kinds.certGeneric, about);
    user.revocationSignatures = await keep(user.revocationSignatures, kinds.certRevocation, about);
    user.otherCertifications = [];
  }
  for (const subkey of made.subkeys) {
    const about = { key, bind: subkey.keyPacket };
    subkey.bindingSignatures = await keep(subkey.bindingSignatures, kinds.subkeyBinding, about);
    subkey.revocationSignatures = await keep(subkey.revocationSignatures, kinds.subkeyRevocation, about);
  }
  made.users = made.users.filter((user) => user.selfCertifications.length > 0);
  made.subkeys = made.subkeys.filter((subkey) => subkey.bindingSignatures.length > 0);
  return found.size > 0 ? made : undefined;
}

/** Whether the primary key made this signature, whenever that was and however strong: what it may do is asked when it is used. */
async function holds(
  signature: openpgp.SignaturePacket,
  { keyPacket }: openpgp.PublicKey,
  kind: openpgp.enums.signature,
  about: object,
): Promise<boolean> {
  return signature.verify(keyPacket, kind, about, signature.created ?? undefined, false, lax(defaults)).then(
    () => true,
    () => false,
  );
}

function signaturesOf(known: openpgp.PublicKey): openpgp.SignaturePacket[] {
  const { users, subkeys, directSignatures, revocationSignatures } = known as Whole;
  return [
    ...directSignatures,
    ...revocationSignatures,
    ...users.flatMap((user) => [...user.selfCertifications, ...user.revocationSignatures]),
    ...subkeys.flatMap((subkey) => [...subkey.bindingSignatures, ...subkey.revocationSignatures]),
  ];
}

function bytesOf(signature: openpgp.SignaturePacket): string {
  return Buffer.from(signature.write()).toString('base64');
}
