// Sealing at rest: AES-256-GCM with the keys of the operator, so that a dump alone reveals no embargo (house rule 10).
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** A key of 32 bytes with the name that stands with each value sealed under it. */
export interface VaultKey {
  readonly id: string;
  readonly key: Buffer;
}

export interface Vault {
  /** The name of the key that seals. */
  readonly sealsWith: string;
  /** Seals bytes for one place; `context` names table, row and column, and is authenticated, not stored. */
  seal(bytes: Buffer, context: string): Buffer;
  /** Opens what was sealed for the same context; throws when the key is missing, the bytes were altered or moved. */
  open(sealed: Buffer, context: string): Buffer;
  /** Seals a value that JSON can hold; `undefined` becomes null. */
  sealJson(value: unknown, context: string): Buffer;
  /** Opens what `sealJson` sealed; the shape is the caller's word. */
  openJson<T>(sealed: Buffer, context: string): T;
  /** HMAC-SHA-256 in hex, for look-ups of values that must not stand in clear. `purpose` keeps equal texts of different columns apart. */
  mac(purpose: string, text: string): string;
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';

/**
 * Opens a vault: the first key seals, all of them open.
 * Throws a sentence when a key has no 32 bytes, an unusable name, or a name twice.
 */
export function openVault(from: { readonly keys: readonly VaultKey[]; readonly mac: Buffer }): Vault {
  const first = from.keys[0];
  if (!first) throw new Error('the vault needs at least one key');
  if (from.mac.length !== 32) throw new Error('the key for look-ups (mac) must have 32 bytes');
  const keys = new Map<string, Buffer>();
  for (const { id, key } of from.keys) {
    if (!/^[A-Za-z0-9._-]{1,32}$/.test(id)) throw new Error('the name of a vault key has 1 to 32 letters, digits, ".", "_" or "-"');
    if (key.length !== 32) throw new Error(`vault key "${id}" must have 32 bytes, it has ${key.length}`);
    if (keys.has(id)) throw new Error(`vault key "${id}" is there twice`);
    keys.set(id, Buffer.from(key));
  }
  const macKey = Buffer.from(from.mac);

  const seal = (bytes: Buffer, context: string): Buffer => {
    const header = Buffer.concat([Buffer.from([version, first.id.length]), Buffer.from(first.id, 'latin1')]);
    const nonce = randomBytes(nonceBytes);
    const sealing = createCipheriv(cipher, keys.get(first.id) ?? first.key, nonce).setAAD(bound(header, context));
    return Buffer.concat([header, nonce, sealing.update(bytes), sealing.final(), sealing.getAuthTag()]);
  };

  const open = (sealed: Buffer, context: string): Buffer => {
    const { id, header, nonce, body, tag } = taken(sealed, context);
    const key = keys.get(id);
    if (!key) throw new Error(`cannot open ${context}: it was sealed with key "${id}", which is not among the vault's keys`);
    try {
      const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes }).setAAD(bound(header, context)).setAuthTag(tag);
      return Buffer.concat([opening.update(body), opening.final()]);
    } catch {
      throw new Error(`cannot open ${context}: it was altered, moved from another row, or sealed with another key of the name "${id}"`);
    }
  };

  return {
    sealsWith: first.id,
    seal,
    open,
    sealJson: (value, context) => seal(Buffer.from(JSON.stringify(value ?? null)), context),
    openJson: <T>(sealed: Buffer, context: string) => JSON.parse(open(sealed, context).toString('utf8')) as T,
    mac: (purpose, text) => createHmac('sha256', macKey).update(`${purpose}\0${text}`).digest('hex'),
  };
}

/** What is authenticated beside the bytes: the header with the key's name, and where the value lies. */
function bound(header: Buffer, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context, 'utf8')]);
}

/** Takes a sealed value apart: version, length of the key's name, name, nonce, bytes, tag. */
function taken(sealed: Buffer, context: string) {
  const length = sealed[1] ?? 0;
  const start = 2 + length;
  if (sealed[0] !== version || length === 0 || sealed.length < start + nonceBytes + tagBytes) {
    throw new Error(`cannot open ${context}: this is no value that the vault sealed`);
  }
  return {
    id: sealed.toString('latin1', 2, start),
    header: sealed.subarray(0, start),
    nonce: sealed.subarray(start, start + nonceBytes),
    body: sealed.subarray(start + nonceBytes, sealed.length - tagBytes),
    tag: sealed.subarray(sealed.length - tagBytes),
  };
}
