// The foreign mails of test/mails, read and taken apart for the tests of this room.
import { readFileSync } from 'node:fs';
import { type Content, content } from '#mail/content.ts';
import type { Message } from '#mail/message.ts';
import { parse } from '#mail/parse.ts';

/** The bytes of a mail in test/mails. */
export function bytesOf(name: string): Buffer {
  return readFileSync(new URL(`../mails/${name}`, import.meta.url));
}

/** A mail that must be readable. */
export async function read(bytes: Buffer | string): Promise<Message> {
  const message = await parse(Buffer.from(bytes));
  if ('unreadable' in message) throw new Error(message.unreadable);
  return message;
}

/** A mail of test/mails with its content, as the later steps see it without OpenPGP. */
export async function opened(name: string): Promise<Content & { message: Message; subject: string }> {
  const message = await read(bytesOf(name));
  return { message, subject: message.subject, ...(await content(message.root, false)) };
}

/** A mail written in a test: the header lines, an empty line, the body. */
export function mail(header: readonly string[], body = 'Body.\n'): string {
  return `${header.join('\r\n')}\r\n\r\n${body}`;
}
