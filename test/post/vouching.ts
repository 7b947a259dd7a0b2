// A lead who signs, the keys, and a DNS made of a table: what the tests of our own DKIM and DMARC share.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Origin } from '#mail/origin.ts';
import { openVouch } from '#post/vouch.ts';
import { read } from '#test/mail/foreign.ts';
import { type Signing, signed } from '#test/post/signing.ts';

export const now = new Date('2026-03-03T10:00:00Z');
export const seconds = (days: number) => Math.floor(now.getTime() / 1000 + days * 86_400);
export const rsaOf = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength });
export const rsa = rsaOf(2048);
export const ed25519 = generateKeyPairSync('ed25519');
export const other = rsaOf(2048);

export const publicOf = (key: KeyObject) => {
  const der = key.export({ format: 'der', type: 'spki' });
  return (key.asymmetricKeyType === 'ed25519' ? der.subarray(-32) : der).toString('base64');
};
export const recordOf = (key: KeyObject) => `v=DKIM1; k=${key.asymmetricKeyType}; p=${publicOf(key)}`;

export type Zone = Readonly<Record<string, readonly string[] | Error>>;
export const zone: Zone = {
  '_dmarc.example.org': ['v=DMARC1; p=none'],
  'test._domainkey.example.org': [recordOf(rsa.publicKey)],
  'curve._domainkey.example.org': [recordOf(ed25519.publicKey)],
};

export const head = [
  'From: The Lead <lead@example.org>',
  'To: security@example.org',
  'Subject: Re: [SRC-4F7K2M] a flaw',
  'Date: Tue, 3 Mar 2026 09:00:00 +0000',
  'Message-ID: <1@example.org>',
  'MIME-Version: 1.0',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: 7bit',
];
export const body = '/severity low\r\n\r\nBecause it  is.\r\n';
export const mail = (lines: readonly string[] = head, text = body) => `${lines.join('\r\n')}\r\n\r\n${text}`;
export const good = (signing: Partial<Signing> = {}, text = mail()) => signed(text, { key: rsa.privateKey, ...signing });

/** What our own verification says of a mail (latin1); the names that are asked for are added to `asked`. */
export async function vouch(text: string, records: Zone = zone, asked: string[] = []): Promise<Origin> {
  const resolveTxt = async (name: string) => {
    asked.push(name);
    const found = records[name];
    if (found instanceof Error) throw found;
    if (!found) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
    // Long records come in strings of 255 characters.
    return found.map((record) => record.match(/.{1,255}/gs) ?? ['']);
  };
  return openVouch({ resolveTxt, timeout: 500 })(await read(Buffer.from(text, 'latin1')), now);
}

export const proves = async (text: string, records: Zone = zone) => (await vouch(text, records)).aligned;
