// A certificate cut down to what a client needs for one address, in binary, as a Web Key Directory hands it out.
import * as openpgp from 'openpgp';
import { KeyRefused } from '#pgp/certificate.ts';

/**
 * The bytes of a certificate with the user ids that name the address (draft-koch-openpgp-webkey-service §3.1) and nothing of other people: of
 * each name and subkey the newest signature of its own that is not of the future, and every revocation. Throws KeyRefused where no user id names the address.
 */
export function minimal(key: openpgp.PublicKey, address: string, now: Date): Buffer {
  const wanted = address.toLowerCase();
  const kept = new openpgp.PacketList<openpgp.AnyPacket>();
  let named = false;
  for (const [head, signatures] of sections(key.toPublic())) {
    if (head instanceof openpgp.UserAttributePacket) continue;
    if (head instanceof openpgp.UserIDPacket && head.email.toLowerCase() !== wanted) continue;
    named ||= head instanceof openpgp.UserIDPacket;
    const own = signatures.filter((signature) => signature.issuerKeyID.equals(key.getKeyID()));
    kept.push(
      head,
      ...own.filter(isRevocation),
      ...newest(own.filter((signature) => !isRevocation(signature) && (signature.created ?? now) <= now)),
    );
  }
  if (!named) throw new KeyRefused(`No user id of the certificate ${key.getFingerprint().toUpperCase()} names ${wanted}.`);
  return Buffer.from(kept.write());
}

/** The key, its names and its subkeys in order, each with the signatures that follow it. */
function sections(key: openpgp.PublicKey): [openpgp.AnyPacket, openpgp.SignaturePacket[]][] {
  const found: [openpgp.AnyPacket, openpgp.SignaturePacket[]][] = [];
  for (const packet of key.toPacketList()) {
    if (packet instanceof openpgp.SignaturePacket) found.at(-1)?.[1].push(packet);
    else found.push([packet, []]);
  }
  return found;
}

const { keyRevocation, subkeyRevocation, certRevocation } = openpgp.enums.signature;

function isRevocation({ signatureType }: openpgp.SignaturePacket): boolean {
  return signatureType === keyRevocation || signatureType === subkeyRevocation || signatureType === certRevocation;
}

function newest(signatures: readonly openpgp.SignaturePacket[]): openpgp.SignaturePacket[] {
  return [...signatures].sort((a, b) => (b.created?.getTime() ?? 0) - (a.created?.getTime() ?? 0)).slice(0, 1);
}
