// Asking a Web Key Directory over HTTPS (draft-koch-openpgp-webkey-service §3.1). What it says is claimed, never believed.
import { type LookupAddress, lookup as resolve } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { get, type RequestOptions } from 'node:https';
import { BlockList, isIP } from 'node:net';

export interface WkdSettings {
  /** Milliseconds for the whole question, both places together; absent: 10 000. */
  readonly timeout?: number;
  /** The longest answer in bytes; absent: 100 000. */
  readonly maxBytes?: number;
  /** Certificates to trust instead of the usual ones, in PEM, for a private CA. */
  readonly ca?: string;
  /** How names become addresses; absent: by the system, public addresses only. */
  readonly lookup?: NonNullable<RequestOptions['lookup']>;
  /** Absent: 443. */
  readonly port?: number;
}

/** The two places at which a certificate may lie, as `wkdPaths` gives them. */
export interface WkdPlaces {
  readonly advanced: string;
  readonly direct: string;
}

/** Bytes that the directory gives for an address, meant to be binary certificates; undefined when there are none or none can be had. */
export type Wkd = (places: WkdPlaces) => Promise<Buffer | undefined>;

/**
 * A Web Key Directory client. The direct place is asked only when the host of the advanced one does not exist (§3.1). Only https to a
 * host with a name, a trusted certificate and status 200 counts; redirects are not followed, nothing is sent but the question. Never throws.
 */
export function openWkd({ timeout = 10_000, maxBytes = 100_000, ca, lookup = publicLookup, port = 443 }: WkdSettings = {}): Wkd {
  return async ({ advanced, direct }) => {
    const signal = AbortSignal.timeout(timeout);
    const ask = (place: string) => fetched(place, { signal, lookup, port, ...(ca !== undefined && { ca }) }, maxBytes);
    const first = await ask(advanced);
    const answer = first === 'no such host' ? await ask(direct) : first;
    return Buffer.isBuffer(answer) ? answer : undefined;
  };
}

type Answer = Buffer | 'no such host' | 'nothing';

function fetched(place: string, how: Pick<RequestOptions, 'signal' | 'lookup' | 'port' | 'ca'>, maxBytes: number): Promise<Answer> {
  if (!mayAsk(place)) return Promise.resolve('nothing');
  return new Promise((done) => {
    const options: RequestOptions = {
      ...how,
      agent: false,
      headers: { accept: 'application/octet-stream', 'accept-encoding': 'identity', connection: 'close' },
      maxHeaderSize: 16_384,
      minVersion: 'TLSv1.2',
      // Stated, because an environment variable can turn it off for a whole process.
      rejectUnauthorized: true,
    };
    const request = get(place, options, (response) => {
      read(response, maxBytes).then(
        (bytes) => done(bytes ?? 'nothing'),
        () => done('nothing'),
      );
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      done(/^(?:ENOTFOUND|ENODATA)$/.test(error.code ?? '') ? 'no such host' : 'nothing'),
    );
  });
}

/** The body of a plain 200, or undefined; a longer one than `most` ends the connection. Throws when the connection is lost. */
async function read(response: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const coding = response.headers['content-encoding'] ?? 'identity';
  const said = Number(response.headers['content-length'] ?? 0);
  if (response.statusCode !== 200 || coding !== 'identity' || said > most) {
    response.destroy();
    return undefined;
  }
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of response) {
    if (!Buffer.isBuffer(piece)) return undefined;
    length += piece.length;
    // Leaving the loop destroys the response, and the connection with it.
    if (length > most) return undefined;
    pieces.push(piece);
  }
  return length > 0 ? Buffer.concat(pieces) : undefined;
}

function mayAsk(place: string): boolean {
  if (!URL.canParse(place)) return false;
  const url = new URL(place);
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false;
  // URL turns 0x7f.1 and 2130706433 into dotted numbers and brackets IPv6.
  return isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 && url.hostname.includes('.');
}

// RFC 6890: addresses that are nobody's on the internet. A name that leads there leads into our own network.
const internal = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  internal.addSubnet(net, prefix, 'ipv4');
// Only 2000::/3 is given out (RFC 4291 §2.4); what translates IPv4 inside it would lead around the list above.
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const translated = new BlockList();
translated.addSubnet('2001::', 32, 'ipv6');
translated.addSubnet('2002::', 16, 'ipv6');

/** Whether an IP address is one of the public internet. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !internal.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !translated.check(address, 'ipv6');
}

type Resolved = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/** The system's look-up without internal addresses: a name that has no other one does not answer. */
export function publicLookup(host: string, options: object, answer: Resolved): void {
  resolve(host, { ...options, all: true }, (error, found) => {
    if (error) return answer(error, []);
    const open = found.filter(({ address }) => isPublic(address));
    const [first] = open;
    if (!first) return answer(Object.assign(new Error('the name leads to an internal address'), { code: 'EACCES' }), []);
    if ('all' in options && options.all === true) return answer(null, open);
    answer(null, first.address, first.family);
  });
}
