// Somebody's own GnuPG on the clock of this computer: their keys, what they make of a letter, and the mails they write with it by hand.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What gpg wrote, and what it said on its way (status lines and warnings). */
export interface Answer {
  readonly code: number | null;
  readonly out: Buffer;
  readonly said: string;
}

/** What gpg makes of an encrypted letter: the entity inside, whose good signature it found, and every line it said that is no status. */
export interface Opened {
  readonly entity: string;
  readonly goodBy: string | undefined;
  readonly complaints: readonly string[];
}

export interface Gnupg {
  readonly home: string;
  readonly address: string;
  readonly fingerprint: string;
  /** Armored. */
  readonly certificate: string;
  /** Armored, without a passphrase: for programs that take a key as a file. */
  readonly privateKey: string;
  run(args: readonly string[], input?: string | Buffer): Answer;
  /** Takes somebody's certificate, believes it, and answers with what gpg grumbled. */
  learn(certificate: string): readonly string[];
  /** Opens the first OpenPGP message in a mail; undefined when there is none for this person. */
  open(mail: string): Opened | undefined;
  end(): void;
}

/** Kinds of keys as people have them: what `gpg --quick-generate-key` is asked for, and for the subkey that decrypts. */
const kinds = {
  'RSA-3072': ['rsa3072', 'rsa3072'],
  'Ed25519 and Curve25519': ['ed25519', 'cv25519'],
  'NIST P-256': ['nistp256', 'nistp256'],
} as const;

/** Opens a throw-away GnuPG home with one key that signs and one subkey that decrypts. Throws when gpg cannot make them. */
export function openGnupg(name: string, address: string, kind: keyof typeof kinds): Gnupg {
  const home = mkdtempSync(join(tmpdir(), 'embargod-gpg-'));
  writeFileSync(join(home, 'gpg.conf'), 'batch\nno-tty\nno-auto-key-retrieve\nauto-key-locate clear\n');
  const run: Gnupg['run'] = (args, input = '') => {
    const fixed = [
      '--homedir',
      home,
      '--batch',
      '--yes',
      '--no-tty',
      '--pinentry-mode',
      'loopback',
      '--passphrase',
      '',
      '--status-fd',
      '2',
    ];
    const ran = spawnSync('gpg', [...fixed, ...args], {
      input,
      timeout: 30_000,
      maxBuffer: 50_000_000,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    return { code: ran.status, out: ran.stdout, said: ran.stderr.toString() };
  };
  const must = (args: readonly string[], input = '') => {
    const answer = run(args, input);
    if (answer.code !== 0) throw new Error(answer.said);
    return answer;
  };
  const [signs, decrypts] = kinds[kind];
  const made = must(['--quick-generate-key', `${name} <${address}>`, signs, 'sign', 'never']);
  const fingerprint = /KEY_CREATED P ([0-9A-F]{40})/.exec(made.said)?.[1] ?? '';
  must(['--quick-add-key', fingerprint, decrypts, 'encr', 'never']);
  return {
    home,
    address,
    fingerprint,
    certificate: must(['--armor', '--export', fingerprint]).out.toString(),
    privateKey: must(['--armor', '--export-secret-keys', fingerprint]).out.toString(),
    run,
    learn(certificate) {
      const { said } = must(['--import'], certificate);
      const known = /IMPORT_OK \d+ ([0-9A-F]{40})/.exec(said)?.[1] ?? '';
      // As somebody does who compared the fingerprint; without it gpg and NeoMutt ask before they encrypt.
      return [...complaintsIn(said), ...complaintsIn(must(['--quick-lsign-key', known]).said)];
    },
    open: (mail) => opened(run, mail),
    end() {
      spawnSync('gpgconf', ['--homedir', home, '--kill', 'all']);
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function opened(run: Gnupg['run'], mail: string): Opened | undefined {
  const begin = mail.indexOf('-----BEGIN PGP MESSAGE-----');
  if (begin < 0) return undefined;
  const { code, out, said } = run(['--decrypt'], mail.slice(begin));
  if (!said.includes('[GNUPG:] DECRYPTION_OKAY')) return undefined;
  const goodBy = code === 0 ? /^\[GNUPG:\] VALIDSIG ([0-9A-F]{40})/m.exec(said)?.[1] : undefined;
  return { entity: out.toString('utf8'), goodBy, complaints: complaintsIn(said) };
}

/** What gpg says when all is well; anything else is a complaint. */
const usual =
  /^(?:\[GNUPG:\]|gpg: (?:encrypted with|Signature made|\s+using|Good signature from|\s+aka|key [0-9A-F]{16}: public key|Total number processed:|\s+imported:|checking the trustdb|marginals needed:|depth:|next trustdb check)|\s+"|gpg: assuming|Primary key fingerprint|\s+Subkey fingerprint)/;

function complaintsIn(said: string): string[] {
  return said.split('\n').filter((line) => line.trim() !== '' && !usual.test(line));
}

/** A body as an entity to sign or encrypt: CRLF, the incident's id or another subject protected on it where one is given. */
export function entityOf(text: string, subject?: string): string {
  const type = `Content-Type: text/plain; charset=utf-8${subject === undefined ? '' : '; protected-headers="v1"'}`;
  const head = subject === undefined ? type : `${type}\nSubject: ${subject}`;
  return `${head}\n\n${text.trimEnd()}\n`.replaceAll('\n', '\r\n');
}

/** Armored ciphertext as the body of a mail (RFC 3156 §4): its Content fields and all below. */
export function encryptedBody(armored: string): string {
  return [
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="by-hand"',
    '',
    '--by-hand',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '',
    '--by-hand',
    'Content-Type: application/octet-stream',
    '',
    armored.trim(),
    '--by-hand--',
  ].join('\n');
}

/** An entity and its detached signature as the body of a mail (RFC 3156 §5). */
export function signedBody(entity: string, armored: string, micalg: string): string {
  return [
    `Content-Type: multipart/signed; micalg=${micalg}; protocol="application/pgp-signature"; boundary="by-hand"`,
    '',
    '--by-hand',
    entity.replaceAll('\r\n', '\n'),
    '--by-hand',
    'Content-Type: application/pgp-signature; name="signature.asc"',
    '',
    armored.trim(),
    '--by-hand--',
  ].join('\n');
}

/** What docs/with-your-mail-program.md tells people to type under a heading, for the team of these tests instead of the page's. */
export function linesOfPage(heading: string, fingerprint: string): string[] {
  const page = readFileSync('docs/with-your-mail-program.md', 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = [...section.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line);
  if (lines.length === 0) throw new Error(`the page tells nothing to type under "${heading}"`);
  return lines.map((line) => line.replace(/0123456789ABCDEF[0-9A-F]{24}/, fingerprint).replace(/(security\S*@example\\?\.)org/, '$1test'));
}
