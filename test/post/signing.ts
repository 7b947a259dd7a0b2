// A DKIM signer for tests (RFC 6376 §3.4, §3.7), written apart from the verifier, that also signs what no honest signer would.
import { createHash, type KeyObject, sign } from 'node:crypto';

export interface Signing {
  readonly domain?: string;
  readonly selector?: string;
  readonly key: KeyObject;
  readonly algorithm?: string;
  readonly canonicalization?: 'relaxed/relaxed' | 'simple/simple' | 'relaxed/simple' | 'simple/relaxed';
  /** h=, as written. */
  readonly signs?: readonly string[];
  /** Only so many bytes of the canonical body, said in l=. */
  readonly length?: number;
  /** Further tags, as written: "x=1". */
  readonly more?: readonly string[];
}

const usual = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'content-transfer-encoding'];

/** The mail with a DKIM-Signature on top. */
export function signed(mail: string, signing: Signing): string {
  const {
    domain = 'example.org',
    selector = 'test',
    key,
    canonicalization = 'relaxed/relaxed',
    signs = usual,
    length,
    more = [],
  } = signing;
  const algorithm = signing.algorithm ?? (key.asymmetricKeyType === 'ed25519' ? 'ed25519-sha256' : 'rsa-sha256');
  const hash = algorithm.split('-')[1] ?? '';
  const [headerWay, bodyWay] = canonicalization.split('/');
  const cut = mail.indexOf('\r\n\r\n');
  const fields = mail.slice(0, cut).split(/\r\n(?![ \t])/);
  const whole = bodyWay === 'relaxed' ? relaxedBody(mail.slice(cut + 4)) : simpleBody(mail.slice(cut + 4));
  const body = length === undefined ? whole : whole.slice(0, length);
  const tags = [
    'v=1',
    `a=${algorithm}`,
    `c=${canonicalization}`,
    `d=${domain}`,
    `s=${selector}`,
    ...(length === undefined ? [] : [`l=${length}`]),
    ...more,
    `h=${signs.join(':')}`,
    `bh=${createHash(hash).update(body, 'latin1').digest('base64')}`,
    'b=',
  ];
  const own = `DKIM-Signature: ${tags.join('; ')}`;
  const line = headerWay === 'relaxed' ? relaxedField : (field: string) => field;
  const left = [...fields];
  const covered = signs.flatMap((name) => {
    const at = left.findLastIndex((field) => field.slice(0, field.indexOf(':')).trim().toLowerCase() === name.toLowerCase());
    return at < 0 ? [] : left.splice(at, 1).map((field) => `${line(field)}\r\n`);
  });
  const data = Buffer.from(covered.join('') + line(own), 'latin1');
  // RFC 8463 §3: Ed25519 signs the digest.
  const value = key.asymmetricKeyType === 'ed25519' ? sign(null, createHash('sha256').update(data).digest(), key) : sign(hash, data, key);
  return `${own}${value.toString('base64')}\r\n${mail}`;
}

function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
}

function simpleBody(body: string): string {
  return `${body.replace(/(?:\r\n)+$/, '')}\r\n`;
}

function relaxedBody(body: string): string {
  const lines = body.replace(/[ \t]+/g, ' ').replace(/ (?=\r\n|$)/g, '');
  const trimmed = lines.replace(/(?:\r\n)+$/, '');
  return trimmed === '' ? '' : `${trimmed}\r\n`;
}
