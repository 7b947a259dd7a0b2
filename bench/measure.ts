// What the benches share: medians, ratios, progress on the terminal, and where their mails come from.
import { composeClear, type Outgoing } from '#mail/compose.ts';
import type { Certificate, OwnKey } from '#pgp/keyring.ts';
import { seal } from '#pgp/seal.ts';

/** The median of some measurements. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [low = Number.NaN, high = low] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}

/** How many seconds the work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** Measures by name, round by round. */
export interface Measures {
  add(name: string, value: number): void;
  of(name: string): number;
  spread(name: string): string;
  /** Throws away what was measured so far. */
  forget(): void;
}

export function openMeasures(): Measures {
  const values = new Map<string, number[]>();
  const all = (name: string) => values.get(name) ?? [];
  return {
    forget: () => values.clear(),
    add: (name, value) => void values.set(name, [...all(name), value]),
    of: (name) => median(all(name)),
    spread: (name) => `${Math.min(...all(name)).toFixed(2)} to ${Math.max(...all(name)).toFixed(2)}`,
  };
}

/** Says what is under way: on a terminal in one line that changes, elsewhere a line each. */
export function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else process.stderr.write(`${text}\n`);
}

/** Ends the changing line and prints a result. */
export function tell(text: string): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  process.stdout.write(`${text}\n`);
}

/** A whole number from the environment. */
export function wished(name: string, usual: number): number {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number above 0`);
  return value;
}

const words =
  'the importer writes outside of its folder when an entry of the archive has a name that begins with dots and the flag is set'.split(' ');

/** Readable text of about so many bytes, another for each seed. */
export function prose(bytes: number, seed: number): string {
  let at = seed;
  let text = '';
  while (text.length < bytes) {
    at = (at * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += `${words[at % words.length]}${at % 11 === 0 ? '.\n' : ' '}`;
  }
  return `${text.slice(0, bytes)}\n`;
}

/** Who writes a mail, and to whom it may be sealed. */
export interface Hand {
  readonly to: string;
  readonly key: OwnKey;
  readonly certificate: Certificate;
}

/**
 * Real mails of mixed sizes: seven of ten 10 kB, some smaller, some with an attachment of 30 kB, one of a hundred with one of 1 MB, and one of
 * twenty-five signed and encrypted. All from addresses of their own, none ever the same.
 */
export async function mixedMails(count: number, round: string, { to, key, certificate }: Hand): Promise<Buffer[]> {
  const mails: Buffer[] = [];
  for (let number = 1; number <= count; number += 1) {
    const id = `${round}-${number}`;
    const large = number % 100 === 50 ? 1_000_000 : number % 10 === 3 ? 30_000 : 0;
    const mail: Outgoing = {
      from: { address: `reporter-${id}@example.net`, name: `Reporter ${id}` },
      to: [{ address: to, name: '' }],
      subject: `Report ${id}`,
      date: new Date(),
      messageId: `report-${id}@example.net`,
      text: prose(number % 10 > 7 ? 2000 : 10_000, number),
      ...(large > 0 && {
        attachments: [{ filename: 'proof.bin', contentType: 'application/octet-stream', content: Buffer.alloc(large, id) }],
      }),
    };
    mails.push(number % 25 === 7 ? await sealed(mail, key, certificate) : await composeClear(mail));
  }
  return mails;
}

async function sealed(mail: Outgoing, key: OwnKey, certificate: Certificate): Promise<Buffer> {
  const made = await seal(mail, { key, certificate, seal: 'must', outerSubject: '...', now: new Date() });
  if ('refused' in made) throw new Error(made.refused);
  return made.bytes;
}
