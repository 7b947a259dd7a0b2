// A letter of the town as its recipient reads it, with every key they have.
import { parse } from '#mail/parse.ts';
import type { Office } from '#office/office.ts';
import { keyring, type OwnKey } from '#pgp/keyring.ts';
import { open } from '#pgp/open.ts';
import type { Received } from '#test/town.ts';

/** Opens a letter at `now`; throws for one that cannot be read. */
export async function receive(
  to: string,
  bytes: Buffer,
  keys: readonly OwnKey[],
  office: Office,
  now: Date,
): Promise<Omit<Received, 'kind' | 'audience'>> {
  const message = await parse(bytes);
  if ('unreadable' in message) throw new Error(message.unreadable);
  const opened = await open(message, keyring(keys, [office.key.certificate]), now);
  if ('unreadable' in opened) throw new Error(`${to} cannot read a letter: ${opened.unreadable}`);
  return {
    to,
    bytes,
    opened,
    subject: opened.subject,
    text: opened.passages.map(({ text }) => text).join('\n'),
    sealed: opened.decrypted,
    messageId: message.messageId ?? '',
    replyTo: message.replyTo[0]?.address ?? '',
  };
}
