// The attachments a letter carries: read again from the mails as they were kept, once for all its readers, so that each arrives byte for byte.
import { content } from '#mail/content.ts';
import { type Limits, split } from '#mail/entity.ts';
import type { Attachment } from '#mail/message.ts';
import { parse } from '#mail/parse.ts';
import type { Keyring } from '#pgp/keyring.ts';
import { open } from '#pgp/open.ts';
import type { Kept, Messages } from '#store/messages.ts';

/** From where, with which keys, within which limits, and when. */
export interface Source {
  readonly messages: Pick<Messages, 'message'>;
  readonly keyring: Keyring;
  readonly limits: Limits;
  readonly now: Date;
}

export interface Carried {
  /**
   * The attachments of kept mails, by row id. A mail that is gone, or has none, adds nothing. What was opened for one reader in the last minutes is
   * not opened again for the next: a mail that costs much is paid for once, not by each member.
   */
  attachments(ids: readonly string[], source: Source): Promise<Attachment[]>;
}

interface Opened {
  readonly attachments: Promise<readonly Attachment[]>;
  readonly since: Date;
  bytes: number;
}

/** Milliseconds that attachments are kept, and bytes of all of them together: longer than one round of letters, and less than two mails. */
const most = { time: 300_000, bytes: 50_000_000 };

/** Opens what the letters of one team carry. */
export function openCarried(): Carried {
  const kept = new Map<string, Opened>();

  const forget = (now: Date): void => {
    for (const [id, { since }] of kept) if (Math.abs(now.getTime() - since.getTime()) > most.time) kept.delete(id);
    let left = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [id, { bytes }] of kept) {
      if (left <= most.bytes) return;
      kept.delete(id);
      left -= bytes;
    }
  };

  const of = (id: string, source: Source): Promise<readonly Attachment[]> => {
    forget(source.now);
    const known = kept.get(id);
    if (known) return known.attachments;
    const opening = attachmentsOf(id, source);
    const opened: Opened = { attachments: opening, since: source.now, bytes: 0 };
    kept.set(id, opened);
    opening.then(
      (attachments) => {
        opened.bytes = attachments.reduce((sum, one) => sum + one.content.length, 0);
        forget(source.now);
      },
      () => kept.delete(id),
    );
    return opening;
  };

  return {
    async attachments(ids, source) {
      const found: Attachment[] = [];
      for (const id of ids) found.push(...(await of(id, source)));
      return found;
    },
  };
}

async function attachmentsOf(id: string, { messages, keyring, limits }: Source): Promise<readonly Attachment[]> {
  const kept = await messages.message(id);
  return kept ? attachmentsIn(kept, keyring, limits) : [];
}

// What was decrypted as a whole was kept as a whole; encrypted blocks and files inside a mail are opened again.
async function attachmentsIn({ raw, inner, receivedAt }: Kept, keyring: Keyring, limits: Limits): Promise<readonly Attachment[]> {
  if (inner) {
    const entity = split(inner, limits);
    return 'unreadable' in entity ? [] : (await content(entity, false)).attachments;
  }
  const message = await parse(raw, limits);
  if ('unreadable' in message) return [];
  const opened = await open(message, keyring, receivedAt);
  return 'unreadable' in opened ? [] : opened.attachments;
}
