// Mails of a rehearsal: how somebody writes to the team, and how a letter reads for whom it was sent to.
import { randomBytes } from 'node:crypto';
import { composeClear, type Outgoing } from '#mail/compose.ts';
import type { Opened } from '#mail/message.ts';
import { parse } from '#mail/parse.ts';
import type { Office } from '#office/office.ts';
import { keyring, type OwnKey } from '#pgp/keyring.ts';
import { open } from '#pgp/open.ts';
import { autocryptField, seal } from '#pgp/seal.ts';
import type { Audience } from '#team/policy.ts';

/** A letter as its recipient reads it; `kind` and `audience` are what the outbox called it, `who` whom it is for by name. */
export interface Received {
  readonly kind: string;
  readonly audience: Audience;
  readonly who: string;
  readonly to: string;
  readonly bytes: Buffer;
  readonly opened: Opened;
  readonly subject: string;
  readonly text: string;
  /** Encrypted to the recipient. */
  readonly sealed: boolean;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly replyTo: string;
}

/** Opens a letter at `now` with the keys of its recipient; throws for one that they cannot read. */
export async function read(
  of: Pick<Received, 'kind' | 'audience' | 'who' | 'to' | 'bytes'>,
  keys: readonly OwnKey[],
  office: Pick<Office, 'key'>,
  now: Date,
): Promise<Received> {
  const message = await parse(of.bytes);
  if ('unreadable' in message) throw new Error(message.unreadable);
  const opened = await open(message, keyring(keys, [office.key.certificate]), now);
  if ('unreadable' in opened) throw new Error(`${of.to} cannot read a letter: ${opened.unreadable}`);
  return {
    ...of,
    opened,
    subject: opened.subject,
    text: opened.passages.map(({ text }) => text).join('\n'),
    sealed: opened.decrypted,
    messageId: message.messageId ?? '',
    replyTo: message.replyTo[0]?.address ?? '',
  };
}

/** What somebody writes to the team, and how. */
export interface Written {
  readonly from: { readonly address: string; readonly name: string };
  readonly subject?: string;
  readonly text: string;
  /** The letter that it answers: its Reply-To, its subject, its thread. */
  readonly answers?: Pick<Received, 'subject' | 'messageId' | 'replyTo'>;
  /** Signs it and seals it to the team; absent: a plain mail. */
  readonly key?: OwnKey;
  /** The key goes along, as mail programs do it (Autocrypt): for somebody the team does not know yet. */
  readonly bringsKey?: boolean;
  readonly attachments?: Outgoing['attachments'];
}

/** The bytes of a mail to the team as its mail server hands it over: what it says of the sender's domain stands above. */
export async function write(
  { from, subject, text, answers, key, bringsKey, attachments }: Written,
  office: Pick<Office, 'key' | 'address' | 'authserv'>,
  now: Date,
): Promise<Buffer> {
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  const about = subject ?? (answers ? `Re: ${answers.subject}` : '(no subject)');
  const mail: Outgoing = {
    from,
    to: [{ address: answers?.replyTo ?? office.address, name: '' }],
    subject: about,
    date: now,
    messageId: `${randomBytes(12).toString('hex')}@${domain}`,
    ...(answers && { inReplyTo: answers.messageId, references: [answers.messageId] }),
    text,
    ...(key && bringsKey && { extra: [autocryptField(key, from.address)] }),
    ...(attachments && attachments.length > 0 && { attachments }),
  };
  return Buffer.concat([vouched(domain, office.authserv[0]), key ? await sealed(mail, key, office, now) : await composeClear(mail)]);
}

function vouched(domain: string, authserv: string | undefined): Buffer {
  return Buffer.from(authserv === undefined ? '' : `Authentication-Results: ${authserv}; dmarc=pass header.from=${domain}\r\n`);
}

async function sealed(mail: Outgoing, key: OwnKey, office: Pick<Office, 'key'>, now: Date): Promise<Buffer> {
  const made = await seal(mail, { key, certificate: office.key.certificate, seal: 'must', outerSubject: '...', now });
  if ('refused' in made) throw new Error(`the mail could not be sealed to the team: ${made.refused}`);
  return made.bytes;
}
