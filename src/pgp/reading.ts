// What has been read of one mail so far, which signature covers which piece of it, and the budget that bounds the work.
import type { Entity } from '#mail/entity.ts';
import type { Attachment, Passage, Unreadable } from '#mail/message.ts';
import { type Plain, unseal } from '#pgp/decrypt.ts';
import { type Bench, type Finding, judge, type Signatures } from '#pgp/verify.ts';

/** One judged signature: how deep it lies, whether the whole mail lies under it, and the entity it speaks of in the end. */
export interface Scope {
  readonly finding: Finding;
  readonly depth: number;
  readonly whole: boolean;
  payload: Entity | undefined;
}

/** A piece of the mail with the scopes whose signed bytes it came from. */
export interface Covered<Piece> {
  readonly piece: Piece;
  readonly scopes: readonly Scope[];
}

/** Everything gathered while a mail is walked. */
export interface Reading {
  readonly bench: Bench;
  readonly scopes: Scope[];
  readonly passages: Covered<Omit<Passage, 'covered'>>[];
  readonly attachments: Covered<Attachment>[];
  /** Bytes of each decrypted entity, in order. */
  readonly inner: Buffer[];
  decrypted: boolean;
  /** The payload of encryption that wraps the whole mail: its protected fields count, signed or not. */
  sealed: Entity | undefined;
  bytesLeft: number;
  stepsLeft: number;
  triesLeft: number;
  slowLeft: number;
}

/**
 * Where in the mail one is: under which signatures, how many cryptographic layers deep, still around the whole mail or in a part, and whether
 * the payload says that its parts may begin with a copy of hidden header fields.
 */
export interface Where {
  readonly scopes: readonly Scope[];
  readonly depth: number;
  readonly whole: boolean;
  readonly legacyDisplay: boolean;
}

/** Cryptographic steps for one mail, and layers inside each other: mail of people needs three. */
const most = { steps: 40, depth: 6, stepsForFailure: 20 };

/** An empty reading. */
export function begin(bench: Bench): Reading {
  const { maxBytes, maxTries, maxSlow } = bench.rules;
  const counters = { bytesLeft: maxBytes, stepsLeft: most.steps, triesLeft: maxTries, slowLeft: maxSlow };
  return {
    bench,
    scopes: [],
    passages: [],
    attachments: [],
    inner: [],
    decrypted: false,
    sealed: undefined,
    ...counters,
  };
}

/** Takes one step from the budget; a sentence when the mail asks for more than a mail may. */
export function step(reading: Reading, where: Where): Unreadable | undefined {
  reading.stepsLeft -= 1;
  const spent = reading.stepsLeft < 0 || where.depth > most.depth;
  return spent ? { unreadable: 'This mail holds too many signed or encrypted parts, or too deep inside each other.' } : undefined;
}

/** Judges signatures over bytes and notes the finding; a set that is empty, though a signature was announced, is bad. */
export async function note(reading: Reading, where: Where, set: Signatures | undefined, signed: Buffer): Promise<Scope> {
  const judged: Finding = set ? await judge(set, signed, reading.bench) : { status: 'bad' };
  return noteFinding(reading, where, judged.status === 'none' ? { status: 'bad' } : judged);
}

/** Notes a finding made elsewhere. */
export function noteFinding(reading: Reading, where: Where, finding: Finding): Scope {
  const scope: Scope = { finding, depth: where.depth, whole: where.whole, payload: undefined };
  reading.scopes.push(scope);
  return scope;
}

/** Opens ciphertext within what is left of the budget. */
export async function unsealWithin(reading: Reading, where: Where, bytes: Buffer): Promise<Plain | Unreadable> {
  const spent = step(reading, where);
  if (spent) return spent;
  const { keys, now, rules } = reading.bench;
  const left = { maxBytes: Math.max(1, reading.bytesLeft), maxTries: reading.triesLeft, maxSlow: reading.slowLeft };
  const plain = await unseal(bytes, keys.own, now, { ...rules, ...left });
  reading.triesLeft -= plain.cost.tries;
  reading.slowLeft -= plain.cost.slow;
  if ('unreadable' in plain) {
    // Finding out that something is too large costs as much as the largest thing, and files that cannot be opened do not end the reading.
    reading.stepsLeft -= most.stepsForFailure;
    return plain;
  }
  reading.bytesLeft -= plain.content.length;
  if (reading.bytesLeft < 0) return { unreadable: 'The encrypted parts of this mail are too large when unpacked.' };
  if (plain.encrypted) reading.decrypted = true;
  return plain;
}

/**
 * Where one is inside a message that was opened: a signature around ciphertext says nothing about who wrote the words in it. `fits`: the contents
 * are of the form they are about to be read in, a text or an entity; a signature made for the other one is none.
 */
export async function inside(
  reading: Reading,
  where: Where,
  plain: Plain,
  fits: boolean,
): Promise<{ where: Where; scope: Scope | undefined }> {
  const outer = plain.encrypted ? [] : where.scopes;
  const { packets, odd } = plain.signatures;
  const deeper = { ...where, depth: where.depth + 1 };
  if (packets.length === 0 && !odd) return { where: { ...deeper, scopes: outer }, scope: undefined };
  const scope = await note(reading, deeper, fits ? plain.signatures : undefined, plain.content);
  return { where: { ...deeper, scopes: [...outer, scope] }, scope };
}
