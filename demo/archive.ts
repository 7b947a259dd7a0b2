// Every mail of the play as files: as it went over the wire (.eml), and readable for those who have the key (.txt).
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '#demo/house.ts';
import { type Letter, openLetter } from '#demo/letter.ts';
import { calledBy, cast, type Keys, type Role, roles, team } from '#demo/people.ts';
import { decoded } from '#mail/decode.ts';
import { entities } from '#mail/delivery-status.ts';
import type { OwnKey } from '#pgp/keyring.ts';

/** A mail of the play with what its reader sees of it. */
export interface Shown {
  readonly at: Date;
  readonly id: string;
  readonly from: string;
  readonly fromAddress: string;
  readonly to: string;
  readonly box: string;
  readonly subject: string;
  /** The subject on the wire, where it differs. */
  readonly outside: string | undefined;
  readonly text: string;
  readonly sealed: boolean;
  /** Whose good signature covers the whole text. */
  readonly signedBy: string | undefined;
  readonly html: string | undefined;
  readonly attachments: readonly string[];
  /** Paths relative to the folder of the demo. */
  readonly eml: string;
  readonly readable: string;
}

/** Opens every delivery with its reader's key and writes both files into `directory`/mails. */
export async function writeMails(directory: string, deliveries: readonly Delivery[], keys: Keys): Promise<Shown[]> {
  const certificates = [keys.team, ...Object.values(keys.of)].map(({ own }) => own.certificate);
  const shown: Shown[] = [];
  for (const [index, { box, at, bytes }] of deliveries.entries()) {
    const letter = await openLetter(bytes, keyOf(box, keys), certificates, at);
    const name = `${String(index + 1).padStart(3, '0')}-${slug(letter.subject)}`;
    const folder = join('mails', box);
    await mkdir(join(directory, folder), { recursive: true });
    const mail = await seen(letter, { box, at, eml: `${folder}/${name}.eml`, readable: `${folder}/${name}.txt` }, keys);
    await writeFile(join(directory, mail.eml), bytes);
    await writeFile(join(directory, mail.readable), readableText(mail));
    shown.push(mail);
  }
  return shown;
}

function keyOf(box: string, keys: Keys): OwnKey | undefined {
  if (box === team.address) return keys.team.own;
  const role = roles.find((known) => cast[known].address === box);
  return role && keys.of[role]?.own;
}

type Files = Pick<Shown, 'box' | 'at' | 'eml' | 'readable'>;

async function seen(letter: Letter, files: Files, keys: Keys): Promise<Shown> {
  const { opened } = letter;
  const page = entities(opened.message.root).find(({ contentType }) => contentType === 'text/html');
  const good = opened.signature.status === 'good' && opened.signature.covers === 'all';
  return {
    ...files,
    id: letter.messageId,
    from: calledBy(letter.from),
    fromAddress: letter.from,
    to: calledBy(files.box),
    subject: letter.subject,
    outside: opened.message.subject === letter.subject ? undefined : opened.message.subject,
    text: letter.text.trimEnd(),
    sealed: letter.sealed,
    signedBy: good ? signerOf(opened.signature.by, keys) : undefined,
    html: page && (await decoded(page)).toString('utf8'),
    attachments: opened.attachments.map(({ filename }) => filename),
  };
}

function signerOf(fingerprint: string | undefined, keys: Keys): string | undefined {
  if (fingerprint === keys.team.own.fingerprint) return 'the team';
  const found = Object.entries(keys.of).find(([, key]) => key.own.fingerprint === fingerprint);
  return found && cast[found[0] as Role].name;
}

function readableText(mail: Shown): string {
  const head = [
    `From: ${mail.fromAddress}`,
    `To: ${mail.box}`,
    `Date: ${mail.at.toUTCString()}`,
    `Subject: ${mail.subject}`,
    `Encrypted: ${mail.sealed ? 'yes' : 'no'}`,
    `Signature: ${mail.signedBy ? `good, by ${mail.signedBy}` : 'none that counts'}`,
    ...(mail.attachments.length > 0 ? [`Attachments: ${mail.attachments.join(', ')}`] : []),
  ];
  return `${head.join('\n')}\n\n${mail.text}\n`;
}

function slug(subject: string): string {
  const words = subject
    .replace(/\[SRC-\w{6}\]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return words.slice(0, 40).replace(/-$/, '') || 'mail';
}

/** Writes everybody's keys, armored and without passphrase, so that any OpenPGP program can take them. */
export async function writeKeys(directory: string, keys: Keys): Promise<void> {
  await mkdir(join(directory, 'keys'), { recursive: true });
  for (const [name, { made }] of Object.entries({ team: keys.team, ...keys.of })) {
    await writeFile(join(directory, 'keys', `${name}.private.asc`), made.private, { mode: 0o600 });
    await writeFile(join(directory, 'keys', `${name}.asc`), made.public);
  }
}
