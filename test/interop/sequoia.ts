// Somebody's own Sequoia (`sq`): a key it made, with a subkey for each use, and what it signs, seals, opens and verifies.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Sequoia {
  readonly address: string;
  /** Armored. */
  readonly certificate: string;
  /** Signs, by one of sq's ways: a detached signature, a clearsigned text, or a message that holds the text and is not encrypted. */
  signs(way: '--detached' | '--cleartext-signature' | 'message', text: string): string;
  /** Signs and encrypts to an armored certificate. */
  seals(text: string, to: string): string;
  /** Opens the OpenPGP message in a mail; sq fails without one good signature by this certificate. Undefined when it does. */
  opens(mail: string, signer: string): { readonly entity: string; readonly said: string } | undefined;
  /** Whether a detached signature holds for these bytes, and what sq said. */
  verifies(bytes: string, signature: string, signer: string): { readonly good: boolean; readonly said: string };
  end(): void;
}

/** Makes a key with `sq key generate` in a folder of its own. Throws when sq fails. */
export function openSequoia(name: string, address: string): Sequoia {
  const at = mkdtempSync(join(tmpdir(), 'embargod-sq-'));
  const file = (called: string) => join(at, called);
  const run = (args: readonly string[], input = '') => {
    const ran = spawnSync('sq', ['--force', ...args], { input, timeout: 30_000, maxBuffer: 50_000_000 });
    return { good: ran.status === 0, out: ran.stdout?.toString('utf8') ?? '', said: ran.stderr?.toString() ?? '' };
  };
  const must = (args: readonly string[], input = '') => {
    const { good, out, said } = run(args, input);
    if (!good) throw new Error(said);
    return out;
  };
  const put = (called: string, text: string) => {
    writeFileSync(file(called), text);
    return file(called);
  };
  const key = file('key');
  must(['key', 'generate', '--userid', `${name} <${address}>`, '--export', key, '--rev-cert', file('revocation')]);
  must(['key', 'extract-cert', '--output', file('certificate'), key]);
  return {
    address,
    certificate: readFileSync(file('certificate'), 'utf8'),
    signs: (way, text) => must(['sign', ...(way === 'message' ? [] : [way]), '--signer-key', key], text),
    seals: (text, to) => must(['encrypt', '--signer-key', key, '--recipient-cert', put('to', to)], text),
    opens(mail, signer) {
      const block = /-----BEGIN PGP MESSAGE-----[\s\S]{10,}?-----END PGP MESSAGE-----/.exec(mail)?.[0];
      if (!block) return undefined;
      const { good, out, said } = run(['decrypt', '--recipient-key', key, '--signer-cert', put('signer', signer)], `${block}\n`);
      return good ? { entity: out, said } : undefined;
    },
    verifies(bytes, signature, signer) {
      const args = ['verify', '--detached', put('signature', signature), '--signer-cert', put('signer', signer)];
      return run(args, bytes);
    },
    end: () => rmSync(at, { recursive: true, force: true }),
  };
}
