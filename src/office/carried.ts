// The attachments a letter carries: read again from the mails as they were kept, so that each arrives byte for byte.
import { content } from '#mail/content.ts';
import { type Limits, split } from '#mail/entity.ts';
import type { Attachment } from '#mail/message.ts';
import { parse } from '#mail/parse.ts';
import type { Office } from '#office/office.ts';
import { open } from '#pgp/open.ts';
import type { Kept, Messages } from '#store/messages.ts';

/** The attachments of kept mails, by row id. A mail that is gone, or has none, adds nothing. */
export async function attachmentsOf(
  ids: readonly string[],
  messages: Pick<Messages, 'message'>,
  office: Office,
  limits: Limits,
): Promise<Attachment[]> {
  const found: Attachment[] = [];
  for (const id of ids) {
    const kept = await messages.message(id);
    if (kept) found.push(...(await attachmentsIn(kept, office, limits)));
  }
  return found;
}

// What was decrypted as a whole was kept as a whole; encrypted blocks and files inside a mail are opened again.
async function attachmentsIn({ raw, inner, receivedAt }: Kept, { keyring }: Office, limits: Limits): Promise<readonly Attachment[]> {
  if (inner) {
    const entity = split(inner, limits);
    return 'unreadable' in entity ? [] : (await content(entity, false)).attachments;
  }
  const message = await parse(raw, limits);
  if ('unreadable' in message) return [];
  const opened = await open(message, keyring, receivedAt);
  return 'unreadable' in opened ? [] : opened.attachments;
}
