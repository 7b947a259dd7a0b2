// Opens the secrets that a config names. No secret, and no part of one, is ever said in a mistake or a warning.
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { type Desk, openNamed, type Spot, wrong } from '#config/desk.ts';
import { Secret } from '#config/schema.ts';
import type { Whereabouts } from '#config/validate.ts';
import { Unavailable } from '#fault.ts';

/** What `init` writes into files that only the operator can fill. */
export const placeholder = 'PUT-THE-PASSWORD-HERE';

/** The text of a secret without a line end behind it; undefined puts a mistake on the desk. Warns of files that others may read. */
export async function openSecret(desk: Desk, secret: Secret, spot: Spot): Promise<string | undefined> {
  if ('env' in secret) {
    const value = desk.env[secret.env];
    if (value === undefined || value === '') {
      wrong(desk, spot, `the environment variable ${secret.env} is ${value === undefined ? 'not set' : 'empty'}.`);
      return undefined;
    }
    return value;
  }
  const text = await openNamed(desk, secret.file, spot, 'the secret file');
  if (text === undefined) return undefined;
  await warnOfReaders(desk, secret.file);
  const value = Buffer.from(text, 'latin1')
    .toString('utf8')
    .replace(/\r?\n$/, '');
  if (value.trim() === '') {
    wrong(desk, spot, `the secret file ${secret.file} is empty.`);
    return undefined;
  }
  if (value === placeholder) desk.warnings.push(`${secret.file} still holds what init wrote; put the real password there.`);
  return value;
}

/**
 * Opens whatever looks like a named secret in a value that has other mistakes, so that a missing secret is said in the same go.
 * Four levels are as deep as our files go.
 */
export async function tryNamed(desk: Desk, value: unknown, where: Whereabouts, path: readonly PropertyKey[] = []): Promise<void> {
  if (value === null || typeof value !== 'object' || path.length > 4) return;
  const named = Secret.safeParse(value);
  if (named.success && path.length > 0) await openSecret(desk, named.data, { where, path });
  else
    for (const [key, inner] of Object.entries(value))
      await tryNamed(desk, inner, where, [...path, Array.isArray(value) ? Number(key) : key]);
}

async function warnOfReaders(desk: Desk, file: string): Promise<void> {
  const { mode } = await stat(isAbsolute(file) ? file : join(desk.directory, file));
  // Others must not even read it; a group may read it (that is how secrets are mounted), but not write.
  if ((mode & 0o027) !== 0 && process.platform !== 'win32')
    desk.warnings.push(`${file} may be read or changed by other users of this machine (mode ${(mode & 0o777).toString(8)}); chmod 600 it.`);
}

/** A key of exactly 32 bytes, written in hex or base64 (RFC 4648, either alphabet). */
export async function openKeyBytes(desk: Desk, secret: Secret, spot: Spot): Promise<Buffer | undefined> {
  const text = (await openSecret(desk, secret, spot))?.trim();
  if (text === undefined) return undefined;
  const bytes = /^[0-9A-Fa-f]{2,4096}$/.test(text) && text.length !== 43 && text.length !== 44 ? Buffer.from(text, 'hex') : base64(text);
  const make = 'make one with: openssl rand -base64 32';
  if (!bytes) wrong(desk, spot, `the key is neither hex nor base64; ${make}`);
  else if (bytes.length !== 32) wrong(desk, spot, `the key must have 32 bytes, it has ${bytes.length}; ${make}`);
  else if (new Set(bytes).size < 8) wrong(desk, spot, `the key is not random; ${make}`);
  else return bytes;
  return undefined;
}

function base64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/_-]{1,4096}={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/**
 * A way to ask a program for an access token (RFC 6749): no shell, 30 seconds, the first line of its output. What it printed is never part of
 * an error. Throws Unavailable when there is no token, so that the caller waits and asks again.
 */
export function tokenFrom(command: readonly string[], directory: string): () => Promise<string> {
  const [program = '', ...words] = command;
  return () =>
    new Promise((done, fail) => {
      execFile(program, words, { cwd: directory, timeout: 30_000, maxBuffer: 65_536, windowsHide: true }, (error, output) => {
        const token = output.split('\n')[0]?.trim();
        if (!error && token) return done(token);
        const why = error ? `ended with ${error.killed ? 'no answer in 30 seconds' : String(error.code ?? 'trouble')}` : 'printed nothing';
        fail(new Unavailable(`the program for the access token ${why}`));
      });
    });
}
