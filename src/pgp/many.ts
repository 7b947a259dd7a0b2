// One body to many readers: signed and encrypted once, the session key wrapped for each apart, so that nobody sees who else got it.
import * as openpgp from 'openpgp';
import { composeEncrypted, composeEntity, type Outgoing } from '#mail/compose.ts';
import { crc24, crcOfBoth, framed, lines } from '#pgp/armor.ts';
import type { Certificate, OwnKey } from '#pgp/keyring.ts';
import { defaults, strict } from '#pgp/rules.ts';
import { recipient, type Sealed, seal } from '#pgp/seal.ts';

/** A body encrypted once; `wrapFor` gives the whole armored message for one certificate, naming only its key. */
export interface SealedBody {
  wrapFor(certificate: Certificate): Promise<string>;
}

/** Base64 lines hold 48 bytes: cut there, the lines of the shared body are made once for each length of what stands before it. */
const lineBytes = 48;

/**
 * Signs and encrypts a MIME entity with one fresh AES-256 session key, integrity protection version 1 (the one every reader knows).
 * Throws when our key cannot sign at `now`; `wrapFor` throws for a certificate that cannot be encrypted to at `now`.
 */
export async function sealBody(entity: Buffer, key: OwnKey, now: Date): Promise<SealedBody> {
  const config = strict(defaults);
  const session = await openpgp.generateSessionKey({ encryptionKeys: [], date: now, config });
  const sessionKey = { data: session.data, algorithm: session.algorithm };
  const message = await openpgp.createMessage({ binary: new Uint8Array(entity), date: now });
  const signing = { message, sessionKey, signingKeys: key.key, date: now, config };
  const sealed: Uint8Array = await openpgp.encrypt({ ...signing, format: 'binary' });
  const body = Buffer.from(sealed);
  const crc = crc24(body, 0);
  const tails = new Map<number, string>();
  return {
    async wrapFor(certificate) {
      const wrapped = await openpgp.encryptSessionKey({
        ...sessionKey,
        encryptionKeys: certificate.key,
        date: now,
        format: 'binary',
        config,
      });
      const borrowed = Math.min(body.length, (lineBytes - (wrapped.length % lineBytes)) % lineBytes);
      const tail = tails.get(borrowed) ?? lines(body.subarray(borrowed));
      tails.set(borrowed, tail);
      const head = lines(Buffer.concat([wrapped, body.subarray(0, borrowed)]));
      return framed('PGP MESSAGE', head + tail, crcOfBoth(crc24(wrapped), crc, body.length));
    },
  };
}

/** One reader of a shared body: the outer mail (own To, Message-ID) and the certificate. */
export interface Reader {
  readonly mail: Outgoing;
  readonly certificate: Certificate | undefined;
}

/** Seals one reader's copy of a shared body as `must`, for a certificate that is usable at that reader's `now`. */
export type Share = (reader: Reader, now: Date) => Promise<Sealed>;

/**
 * Signs and encrypts a body once, for as many readers as come. `body` is what all of them read; its To, Cc and Message-ID are left out, so
 * that the protected header names nobody and contradicts no outer one. A certificate newer than version 4 gets its letter encrypted on its
 * own, as its owner may read the newer protection only.
 */
export async function share(body: Outgoing, how: { key: OwnKey; outerSubject: string; now: Date }): Promise<Share> {
  const shared = await sealBody(neutral(await composeEntity(body, 'cipher', how.outerSubject)), how.key, how.now);
  return async ({ mail, certificate }, now) => {
    const target = await recipient(certificate, now);
    if ('refused' in target) return target;
    if (target.certificate.key.keyPacket.version !== 4) return seal(mail, { ...how, now, certificate, seal: 'must' });
    return { bytes: composeEncrypted(mail, await shared.wrapFor(target.certificate), how.outerSubject), sealed: true };
  };
}

/** An entity without the header fields that tell one reader's copy from another's. */
function neutral(entity: Buffer): Buffer {
  const end = entity.indexOf('\r\n\r\n');
  const fields = entity.toString('latin1', 0, end).split(/\r\n(?![ \t])/);
  const kept = fields.filter((field) => !/^(?:HP-Outer:\s{1,5})?(?:To|Cc|Message-ID):/i.test(field));
  return Buffer.concat([Buffer.from(kept.join('\r\n'), 'latin1'), entity.subarray(end)]);
}
