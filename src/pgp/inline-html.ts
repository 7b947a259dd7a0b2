// Encrypted blocks in mail that has no plain text, as web mail makes of a pasted one: opened to be read, never to be obeyed.
import { decodedText } from '#mail/decode.ts';
import type { Entity } from '#mail/entity.ts';
import type { Unreadable } from '#mail/message.ts';
import { type Block, blocks, dearmor } from '#pgp/armor.ts';
import { isText } from '#pgp/form.ts';
import { inside, type Reading, unsealWithin, type Where } from '#pgp/reading.ts';
import { bytesOf, readable, safeCharset } from '#pgp/transfer.ts';

const most = 20;

/** Whether a page holds an encrypted block as its readers see it. Clearsigned ones do not count: a page says too little of the bytes that were signed. */
export async function hasHtmlBlocks(entity: Entity): Promise<boolean> {
  if (entity.contentType !== 'text/html' || entity.disposition === 'attachment' || entity.filename) return false;
  // Making text of a large page takes time, and almost none holds a block.
  if (!(await bytesOf(entity)).includes('-----BEGIN PGP MESSAGE-----')) return false;
  return blocksIn(await decodedText(entity)).length > 0;
}

/**
 * Reads a page with encrypted blocks into the reading: its words and theirs as passages of HTML, each apart, so that nothing of a page stands around
 * what was decrypted (EFAIL) and no command in it counts. Unreadable when a block cannot be opened.
 */
export async function readHtmlBlocks(reading: Reading, where: Where, entity: Entity): Promise<Unreadable | undefined> {
  const text = await decodedText(entity);
  let at = 0;
  for (const { block, bytes } of blocksIn(text)) {
    push(reading, where, text.slice(at, block.start));
    at = block.end;
    const plain = await unsealWithin(reading, where, bytes);
    if ('unreadable' in plain) return plain;
    const within = await inside(reading, { ...where, whole: false }, plain, isText(plain.content));
    const charset = safeCharset(plain.content, 'utf-8');
    push(reading, charset ? within.where : { ...within.where, scopes: [] }, readable(plain.content, charset ?? entity.parameters.charset));
  }
  push(reading, where, text.slice(at));
  return undefined;
}

function blocksIn(text: string): { block: Block; bytes: Buffer }[] {
  return blocks(text, ['PGP MESSAGE'], most).flatMap((block) => {
    const bytes = dearmor(block.text)?.bytes;
    return bytes?.length ? [{ block, bytes }] : [];
  });
}

function push(reading: Reading, { scopes }: Where, text: string): void {
  if (text.trim() !== '') reading.passages.push({ piece: { text, from: 'html' }, scopes });
}
