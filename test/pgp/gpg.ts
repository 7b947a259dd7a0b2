// A throw-away GnuPG beside ours: what it writes we must open, what we seal it must read.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasGpg = spawnSync('gpg', ['--version']).status === 0;

export interface Answer {
  readonly code: number | null;
  readonly out: Buffer;
  readonly said: string;
}

export interface Gpg {
  readonly home: string;
  /** Runs gpg with a standing clock (2026-03-01 12:00 UTC unless another is given). */
  run(args: readonly string[], input?: string | Buffer, clock?: string): Answer;
  /** Makes a key without passphrase and gives its certificate. */
  make(userId: string, algorithm: string, usage?: string, expires?: string, clock?: string): string;
  end(): void;
}

export function gnupg(): Gpg {
  const home = mkdtempSync(join(tmpdir(), 'pgp-'));
  const run: Gpg['run'] = (args, input = '', clock = '20260301T120000') => {
    const fixed = [
      '--homedir',
      home,
      '--batch',
      '--yes',
      '--no-tty',
      '--trust-model',
      'always',
      '--pinentry-mode',
      'loopback',
      '--passphrase',
      '',
    ];
    const ran = spawnSync('gpg', [...fixed, '--status-fd', '2', `--faked-system-time=${clock}!`, ...args], {
      input,
      maxBuffer: 200_000_000,
      timeout: 55_000,
    });
    return { code: ran.status, out: ran.stdout, said: ran.stderr.toString() };
  };
  return {
    home,
    run,
    make(userId, algorithm, usage = 'default', expires = 'never', clock = '20260201T120000') {
      const made = run(['--quick-generate-key', userId, algorithm, usage, expires], '', clock);
      if (made.code !== 0) throw new Error(made.said);
      return run(['--armor', '--export', userId]).out.toString();
    },
    end() {
      spawnSync('gpgconf', ['--homedir', home, '--kill', 'gpg-agent']);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
