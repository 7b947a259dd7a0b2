// A mail of a story as bytes: who writes it, how it is signed and sealed, what it answers.
import * as openpgp from 'openpgp';
import { addressOf } from '#test/story/match.ts';
import { headAndBody } from '#test/story/script.ts';
import { keyOf, type Person, type Received, type Town, team } from '#test/town.ts';
import { after, before, span } from '#time.ts';

/** What a mail of a story may lean on: the letters people got so far. */
export interface Past {
  readonly got: readonly Received[];
}

const knownHead = new Set([
  'story-from',
  'story-signed',
  'story-signed-ago',
  'story-encrypted',
  'story-answers',
  'story-attaches',
  'story-vouched',
  'story-mime',
  'story-then',
  'story-becomes',
  'story-name',
  'to',
  'subject',
]);

/** The last letter of this kind that somebody got, "lead report". Throws when there is none. */
export function lastLetter(words: string, { got }: Past): Received {
  const [who = '', kind = ''] = words.split(' ');
  const found = got.findLast((letter) => letter.to === addressOf(who) && letter.kind === kind);
  if (!found) throw new Error(`${who} has no letter "${kind}" to answer`);
  return found;
}

/** The bytes of `NN-in.eml`. With `Story-From` the rest is composed; without, the file is the mail as it stands. */
export async function bytesOf(text: string, town: Town, past: Past): Promise<Buffer> {
  if (!/^story-from:/im.test(text.split('\n\n', 1)[0] ?? '')) return Buffer.from(withoutStoryLines(text).replace(/\r?\n/g, '\r\n'));
  const { head, body } = headAndBody(text);
  const odd = [...head.keys()].filter((name) => !knownHead.has(name));
  if (odd.length > 0) throw new Error(`a mail of a story has no field ${odd.join(', ')}`);
  const from = head.get('story-from') ?? '';
  const answers = head.has('story-answers') ? lastLetter(head.get('story-answers') ?? '', past) : undefined;
  const attaches = head.get('story-attaches')?.split(' ');
  const given = { to: head.get('to'), subject: head.get('subject'), name: head.get('story-name') };
  const bytes = head.has('story-mime')
    ? await mimeOf(head, body, from, town, answers)
    : await town.bytesOf(from as Person, {
        text: body,
        ...(given.to && { to: given.to }),
        ...(given.subject && { subject: given.subject }),
        ...(given.name && { name: given.name }),
        ...(answers && { answers }),
        ...(head.has('story-signed') && { signed: { by: signerOf(head), at: signedAt(head, town.now()) } }),
        ...(head.has('story-encrypted') && { encrypted: true }),
        ...(attaches && { attachments: [await attachment(attaches, body)] }),
      });
  if (!head.has('story-vouched')) return bytes;
  const domain = addressOf(from).split('@').at(-1);
  return Buffer.concat([Buffer.from(`Authentication-Results: mx.example.org; dmarc=pass header.from=${domain}\r\n`), bytes]);
}

function withoutStoryLines(text: string): string {
  return text.replace(/^story-becomes:.*\n/im, '');
}

function signerOf(head: ReadonlyMap<string, string>): string {
  const said = head.get('story-signed') ?? 'yes';
  return addressOf(said === 'yes' ? (head.get('story-from') ?? '') : said);
}

function signedAt(head: ReadonlyMap<string, string>, now: Date): Date {
  const said = head.get('story-signed-ago') ?? '0s';
  const ahead = said.startsWith('-');
  const time = span(said.replace('-', '')) ?? '0s';
  return ahead ? after(now, time) : before(now, time);
}

// "key lead" attaches a certificate; "patch webhook" a patch; "commands" a text file with the mail's own text.
async function attachment([what, who = '']: readonly string[], body: string) {
  if (what === 'patch')
    return { filename: `${who}.patch`, contentType: 'text/x-patch', content: Buffer.from(`--- a/${who}\n+++ b/${who}\n`) };
  if (what !== 'key') return { filename: 'commands.txt', contentType: 'text/plain', content: Buffer.from(`${body}\n/accept\n`) };
  const { certificate } = await keyOf(addressOf(who));
  return { filename: `${who}.asc`, contentType: 'application/pgp-keys', content: Buffer.from(certificate.armored) };
}

/** A signed mail whose MIME part the story writes itself; `Story-Then` follows it as an unsigned part. */
async function mimeOf(head: ReadonlyMap<string, string>, body: string, from: string, town: Town, answers?: Received): Promise<Buffer> {
  const entity = body.trim().replace(/\r?\n/g, '\r\n');
  const message = await openpgp.createMessage({ binary: new Uint8Array(Buffer.from(entity)) });
  const { key } = await keyOf(signerOf(head));
  const signature: string = await openpgp.sign({ message, signingKeys: key, detached: true, date: signedAt(head, town.now()) });
  const type = 'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512; boundary="s"';
  const signed = `Content-Type: ${type}\r\n\r\n--s\r\n${entity}\r\n--s\r\nContent-Type: application/pgp-signature\r\n\r\n${signature}\r\n--s--\r\n`;
  const then = head.get('story-then');
  const whole = then
    ? `Content-Type: multipart/mixed; boundary="m"\r\n\r\n--m\r\n${signed}\r\n--m\r\nContent-Type: text/plain\r\n\r\n${then}\r\n--m--\r\n`
    : signed;
  const fields = [
    `From: ${addressOf(from)}`,
    `To: ${head.get('to') ?? answers?.replyTo ?? team}`,
    `Subject: ${head.get('subject') ?? 'Re: ...'}`,
    `Date: ${town.now().toUTCString()}`,
    `Message-ID: <mime-${signature.replace(/[^A-Za-z0-9]/g, '').slice(60, 80)}@example.org>`,
    ...(answers ? [`In-Reply-To: <${answers.messageId}>`] : []),
    'MIME-Version: 1.0',
  ];
  return Buffer.from(`${fields.join('\r\n')}\r\n${whole}`);
}
