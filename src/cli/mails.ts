// Finds the mails that a call names: files, folders of files, and mbox files with many mails in one (RFC 4155).
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A mail by the name people know it by: its file, with `#n` for the n-th of an mbox. */
export interface NamedMail {
  readonly file: string;
  readonly bytes: Buffer;
}

/** Every mail under the given paths, one by one, in the order of names. A path that cannot be read is told of and passed over. */
export async function* mailsUnder(paths: readonly string[], trouble: (sentence: string) => void): AsyncGenerator<NamedMail> {
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) trouble(`${path} cannot be read.`);
    else if (found.isDirectory()) {
      const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
      yield* mailsUnder(
        names.map((name) => join(path, name)),
        trouble,
      );
    } else yield* mailsIn(path, await readFile(path));
  }
}

function* mailsIn(path: string, bytes: Buffer): Generator<NamedMail> {
  if (!bytes.subarray(0, 5).equals(Buffer.from('From '))) {
    yield { file: path, bytes };
    return;
  }
  let count = 0;
  for (const mail of splitMbox(bytes)) yield { file: `${path}#${++count}`, bytes: mail };
}

const newline = 0x0a;

/**
 * The mails of an mbox: each begins after a dated "From " line behind an empty line; ">From " loses one ">" (mboxrd). The first line is one
 * whatever it says; nothing is an mbox that does not begin with it.
 */
export function splitMbox(bytes: Buffer): Buffer[] {
  if (!bytes.subarray(0, 5).equals(Buffer.from('From '))) return [];
  const mails: Buffer[] = [];
  let begin = -1;
  let empty = true;
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(newline, at);
    const next = end === -1 ? bytes.length : end + 1;
    if (begin === -1 || (empty && isFromLine(bytes.subarray(at, Math.min(next, at + 250))))) {
      if (begin >= 0) mails.push(unquoted(bytes.subarray(begin, at)));
      begin = next;
    }
    const length = next - at;
    empty = length === 1 || (length === 2 && bytes[at] === 0x0d);
    at = next;
  }
  if (begin >= 0) mails.push(unquoted(bytes.subarray(begin)));
  return mails;
}

// Writers that do not quote leave sentences that begin with "From " in the text: only a line with a time of day separates.
function isFromLine(line: Buffer): boolean {
  return /^From \S.{0,150}\d\d:\d\d/.test(line.toString('latin1'));
}

function unquoted(mail: Buffer): Buffer {
  if (!mail.includes('>From ')) return mail;
  return Buffer.from(mail.toString('latin1').replace(/^>(>{0,20}From )/gm, '$1'), 'latin1');
}
