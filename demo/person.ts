// Somebody with a mail program: reads their mailbox by IMAP, writes by SMTP, seals and opens with their own key.
import { randomBytes } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { type Letter, openLetter } from '#demo/letter.ts';
import { composeClear, type Outgoing } from '#mail/compose.ts';
import type { Certificate, OwnKey } from '#pgp/keyring.ts';
import { seal } from '#pgp/seal.ts';

/** How somebody writes a mail. */
export interface Writing {
  readonly text: string;
  readonly to?: string;
  readonly subject?: string;
  /** Answers this letter: to its Reply-To, in its thread, quoting it below. */
  readonly answers?: Letter;
  /** Signed and encrypted to the team. */
  readonly sealed?: boolean;
  /** Another From than one's own. */
  readonly as?: { readonly address: string; readonly name: string };
  readonly extra?: Outgoing['extra'];
  readonly autoSubmitted?: Outgoing['autoSubmitted'];
}

export interface Person {
  readonly name: string;
  readonly address: string;
  /** Everything read so far, oldest first. */
  readonly letters: readonly Letter[];
  /** Writes and sends; answers with the bytes that left. */
  write(writing: Writing): Promise<Buffer>;
  /** Hands over bytes as they are, with this envelope sender ('' is the null sender). */
  hand(bytes: Buffer, from: string, to: string): Promise<void>;
  /** Fetches what is new by IMAP and opens it. */
  read(): Promise<readonly Letter[]>;
  /** The newest letter whose subject fits. Throws when there is none. */
  letter(subject: RegExp): Letter;
  close(): Promise<void>;
}

export interface Account {
  readonly name: string;
  readonly address: string;
  readonly password: string;
  readonly key?: OwnKey;
}

export interface Ports {
  readonly imap: number;
  readonly smtp: number;
}

/** Opens somebody's mail program. `team` is the certificate they write to and check signatures with. */
export async function openPerson(account: Account, ports: Ports, team: Certificate, clock: () => Date): Promise<Person> {
  const { name, address, key } = account;
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: ports.imap,
    secure: false,
    doSTARTTLS: false,
    auth: { user: address, pass: account.password },
    logger: false,
  });
  client.on('error', () => {});
  await client.connect();
  await client.mailboxOpen('INBOX');
  const transport = createTransport({ host: '127.0.0.1', port: ports.smtp, secure: false, ignoreTLS: true, pool: true, maxConnections: 1 });
  const letters: Letter[] = [];
  let nextUid = 1;

  const person: Person = {
    name,
    address,
    letters,
    async write(writing) {
      const mail = draft(writing, account, team, clock());
      const bytes = await bytesOf(mail, writing, account, team, clock());
      await person.hand(bytes, address, mail.to[0]?.address ?? '');
      return bytes;
    },
    async hand(bytes, from, to) {
      await transport.sendMail({ envelope: { from, to }, raw: bytes });
    },
    async read() {
      const fresh: Letter[] = [];
      await client.noop();
      for await (const { uid, source } of client.fetch(`${nextUid}:*`, { uid: true, source: true }, { uid: true })) {
        // "n:*" names the last mail even where none is newer (RFC 9051 §9).
        if (uid < nextUid || !source) continue;
        nextUid = uid + 1;
        fresh.push(await openLetter(Buffer.from(source), key, [team], clock()));
      }
      letters.push(...fresh);
      return fresh;
    },
    letter(subject) {
      const found = letters.findLast((letter) => subject.test(letter.subject));
      if (!found) throw new Error(`${name} has no letter like ${subject}`);
      return found;
    },
    async close() {
      transport.close();
      await client.logout().catch(() => undefined);
    },
  };
  return person;
}

function draft(
  { text, to, subject, answers, as, extra, autoSubmitted }: Writing,
  { name, address }: Account,
  team: Certificate,
  now: Date,
): Outgoing {
  return {
    from: as ?? { address, name },
    to: [{ address: to ?? answers?.replyTo ?? team.emails[0] ?? '', name: '' }],
    subject: subject ?? (answers ? `Re: ${answers.subject.replace(/^Re: /i, '')}` : ''),
    date: now,
    messageId: `${randomBytes(12).toString('hex')}@${address.slice(address.lastIndexOf('@') + 1)}`,
    ...(answers && { inReplyTo: answers.messageId, references: [...answers.references, answers.messageId].slice(-20) }),
    ...(extra && { extra }),
    ...(autoSubmitted && { autoSubmitted }),
    text: answers ? `${text.trim()}\n\n${quoted(answers)}` : text,
  };
}

async function bytesOf(mail: Outgoing, { sealed }: Writing, { name, key }: Account, team: Certificate, now: Date): Promise<Buffer> {
  if (!sealed) return composeClear(mail);
  if (!key) throw new Error(`${name} has no key to sign with`);
  const made = await seal(mail, { key, certificate: team, seal: 'must', outerSubject: '...', now });
  if ('refused' in made) throw new Error(`the mail of ${name} cannot be sealed: ${made.refused}`);
  return made.bytes;
}

/** What mail programs put below an answer. */
function quoted({ date, fromName, from, text }: Letter): string {
  const lines = text.trimEnd().split('\n');
  const said = `On ${date.toUTCString().replace(' GMT', ' +0000')}, ${fromName || from} wrote:`;
  return [said, ...lines.map((line) => (line === '' ? '>' : `> ${line}`))].join('\n');
}
