// A mail as somebody of the play reads it: opened with their own key, as far as it goes.
import type { Opened } from '#mail/message.ts';
import { textOf } from '#mail/message.ts';
import { parse } from '#mail/parse.ts';
import { type Certificate, keyring, type OwnKey } from '#pgp/keyring.ts';
import { open } from '#pgp/open.ts';

/** A mail that was opened. */
export interface Letter {
  readonly bytes: Buffer;
  readonly opened: Opened;
  readonly from: string;
  readonly fromName: string;
  readonly subject: string;
  readonly text: string;
  readonly replyTo: string;
  readonly messageId: string;
  readonly references: readonly string[];
  readonly date: Date;
  /** It came encrypted. */
  readonly sealed: boolean;
}

/** Opens a mail at `now` with a key of one's own, if there is one. Throws when it cannot be read. */
export async function openLetter(bytes: Buffer, key: OwnKey | undefined, certificates: readonly Certificate[], now: Date): Promise<Letter> {
  const message = await parse(bytes);
  if ('unreadable' in message) throw new Error(`a mail cannot be read: ${message.unreadable}`);
  const opened = await open(message, keyring(key ? [key] : [], certificates), now);
  if ('unreadable' in opened) throw new Error(`a mail cannot be opened: ${opened.unreadable}`);
  const from = message.from ?? { address: 'MAILER-DAEMON', name: '' };
  return {
    bytes,
    opened,
    from: from.address,
    fromName: from.name,
    subject: opened.subject,
    text: textOf(opened),
    replyTo: message.replyTo[0]?.address ?? from.address,
    messageId: message.messageId ?? '',
    references: [...message.cites].reverse(),
    date: message.date ?? now,
    sealed: opened.decrypted,
  };
}

/** The subject of a letter that passes a mail on to the team: the writer's role and what it is about. `roles` are words parted by "|". */
export function relayed(roles = 'reporter|CNA|distributor|incident commander|fix lead|member|somebody [a-z ]+'): RegExp {
  return new RegExp(`^\\[[A-Z]{2,8}-[0-9A-Z]{6}\\] (?:${roles}): `);
}
