// The attachments a letter carries: read again from the mails as they were kept, so that each arrives byte for byte.
import { content } from '#mail/content.ts';
import { type Limits, split } from '#mail/entity.ts';
import type { Attachment } from '#mail/message.ts';
import type { Messages } from '#store/messages.ts';

/** The attachments of kept mails, by row id. A mail that is gone, or has none, adds nothing. */
export async function attachmentsOf(ids: readonly string[], messages: Pick<Messages, 'message'>, limits: Limits): Promise<Attachment[]> {
  const found: Attachment[] = [];
  for (const id of ids) {
    const kept = await messages.message(id);
    if (!kept) continue;
    const entity = split(kept.inner ?? kept.raw, limits);
    if ('unreadable' in entity) continue;
    found.push(...(await content(entity, false)).attachments);
  }
  return found;
}
