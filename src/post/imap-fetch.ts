// Looking into the inbox and downloading mails in batches, never more bytes than agreed.
import type { ImapFlow } from 'imapflow';

/** What is known of a mail before it is downloaded. */
export interface Waiting {
  readonly uid: number;
  readonly size: number;
  readonly arrived: Date;
}

/** The most mails and bytes one FETCH asks for; a single mail may be larger and then comes alone. */
export const batchLimit = { mails: 32, bytes: 8_388_608 } as const;

/** The UIDs in the opened mailbox that nobody flagged \Deleted, in the order of arrival. Throws for a lost connection or a refusal. */
export async function listWaiting(client: ImapFlow): Promise<number[]> {
  const found = await client.search({ deleted: false }, { uid: true });
  if (!Array.isArray(found)) throw new Error('the server does not let us search the inbox');
  return found.sort((a, b) => a - b);
}

/** Sizes and arrival of the given mails (RFC822.SIZE, INTERNALDATE); those that are gone meanwhile are left out. */
export async function measure(client: ImapFlow, uids: readonly number[]): Promise<Waiting[]> {
  const rows = await client.fetchAll([...uids], { uid: true, size: true, internalDate: true }, { uid: true });
  const waiting = new Map<number, Waiting>();
  for (const { uid, size, internalDate } of rows) {
    // An untagged FETCH about a flag change may come between: it has no uid or no size.
    if (!uid || size === undefined) continue;
    const arrived = new Date(internalDate ?? Number.NaN);
    waiting.set(uid, { uid, size, arrived: Number.isNaN(arrived.getTime()) ? new Date() : arrived });
  }
  return uids.flatMap((uid) => waiting.get(uid) ?? []);
}

/** Cuts a list of mails into runs that keep to the limit; `alone` names mails that must not share a FETCH with others. */
export function batches(mails: readonly Waiting[], largestMail: number, alone: (uid: number) => boolean): Waiting[][] {
  const cut: Waiting[][] = [];
  let bytes = 0;
  let shared = false;
  for (const mail of mails) {
    const weight = mail.size > largestMail ? 0 : mail.size;
    const last = cut.at(-1);
    if (last && shared && !alone(mail.uid) && last.length < batchLimit.mails && bytes + weight <= batchLimit.bytes) {
      last.push(mail);
      bytes += weight;
      continue;
    }
    cut.push([mail]);
    bytes = weight;
    shared = !alone(mail.uid);
  }
  return cut;
}

/**
 * The bytes of the given mails by UID, with BODY.PEEK[] so that no flag changes. A mail that turns out larger than its
 * RFC822.SIZE said is undefined; one that is gone is missing from the map. Throws for a lost connection or a refused FETCH.
 */
export async function download(client: ImapFlow, uids: readonly number[], largestMail: number): Promise<Map<number, Buffer | undefined>> {
  const bytes = new Map<number, Buffer | undefined>();
  if (uids.length === 0) return bytes;
  // One byte more than agreed tells "exactly as large" from "larger".
  const rows = await client.fetchAll([...uids], { uid: true, source: { maxLength: largestMail + 1 } }, { uid: true });
  for (const { uid, source } of rows) {
    if (uid && source) bytes.set(uid, source.length > largestMail ? undefined : source);
  }
  return bytes;
}
