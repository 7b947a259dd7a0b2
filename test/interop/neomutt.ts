// Somebody's NeoMutt without a screen to look at: it reads their mailbox by IMAP, answers through SMTP, and signs with their GnuPG.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Gnupg, linesOfPage } from '#test/interop/gnupg.ts';

/** Whose mail, on which servers, and by which of its two ways NeoMutt speaks OpenPGP: the GPGME library, or commands of its own. */
export interface Account {
  readonly name: string;
  readonly gnupg: Gnupg;
  readonly password: string;
  readonly imap: number;
  readonly smtp: number;
  readonly engine: 'gpgme' | 'classic';
  /** The fingerprint of the team's key. */
  readonly team: string;
  /** Further lines of the file of settings. */
  readonly settings?: readonly string[];
}

export interface Neomutt {
  /** Opens the mail of this Message-ID and gives what is shown: the header as NeoMutt believes it, its words on signatures, the text. */
  shows(messageId: string): Promise<string>;
  /** Opens a mail, answers it to everybody with this text above the quote, and sends; gives what stood in the editor before. */
  answers(messageId: string, text: string, certificate?: string): Promise<string>;
  /** Writes a new mail, with an armored certificate attached where one is given, and sends it. */
  writes(mail: { readonly to: string; readonly subject: string; readonly text: string; readonly certificate?: string }): Promise<void>;
  end(): void;
}

/** Opens somebody's NeoMutt. What it is told lies in a folder of its own that `end` removes. */
export function openNeomutt(account: Account): Neomutt {
  const at = mkdtempSync(join(tmpdir(), 'embargod-mutt-'));
  const file = (name: string) => join(at, name);
  const program = (name: string, lines: string) => {
    writeFileSync(file(name), `#!/bin/sh\n${lines}\n`);
    chmodSync(file(name), 0o755);
  };
  program('pager', `cat "$1" > ${file('shown')}`);
  program('editor', `cp "$1" ${file('found')}; { cat ${file('words')}; echo; cat ${file('found')}; } > "$1"`);
  writeFileSync(file('rc'), `${settings(account, file).join('\n')}\n`);
  const run = (keys: string, more: readonly string[] = []) =>
    runInTerminal(['neomutt', '-n', '-F', file('rc'), ...more, '-e', `push '${keys}'`], account.gnupg.home, at);

  const taken = (name: string): string => {
    const text = readFileSync(file(name), 'utf8');
    rmSync(file(name));
    return text;
  };
  const attach = (certificate: string | undefined): string => {
    if (certificate === undefined) return '';
    // As a file: with GPGME, <attach-key> of this version attaches nothing.
    writeFileSync(file('key.asc'), certificate);
    return `<attach-file>${file('key.asc')}<enter>`;
  };
  const find = (messageId: string) => `<search>~i ${messageId}<enter>`;
  return {
    async shows(messageId) {
      await run(`${find(messageId)}<display-message><quit>`);
      return taken('shown');
    },
    async answers(messageId, text, certificate) {
      writeFileSync(file('words'), text);
      // NeoMutt knows the protected subject only of a mail that was shown.
      await run(`${find(messageId)}<display-message><group-reply>${attach(certificate)}<send-message><quit>`);
      // What cannot be opened is not shown, and can be answered all the same.
      rmSync(file('shown'), { force: true });
      return taken('found');
    },
    async writes({ to, subject, text, certificate }) {
      writeFileSync(file('words'), text);
      await run(`<mail>${to}<enter>${subject}<enter>${attach(certificate)}<send-message><quit>`);
    },
    end: () => rmSync(at, { recursive: true, force: true }),
  };
}

function settings({ name, gnupg, password, imap, smtp, engine, team, settings: more = [] }: Account, file: (name: string) => string) {
  return [
    `set realname="${name}" from="${gnupg.address}" use_from=yes use_envelope_from=yes`,
    `set imap_user="${gnupg.address}" imap_pass="${password}" folder="imap://127.0.0.1:${imap}/" spoolfile="imap://127.0.0.1:${imap}/INBOX"`,
    `set smtp_url="smtp://127.0.0.1:${smtp}/" ssl_starttls=no ssl_force_tls=no hostname="example.test"`,
    // Nobody is there to be asked, and nothing is left behind.
    'set record="" copy=no header_cache="" message_cachedir="" delete=no move=no quit=yes confirmappend=no beep=no sleep_time=0 timeout=1',
    `set tmpdir="${file('')}" wait_key=no prompt_after=no recall=no abort_nosubject=no abort_unmodified=no include=yes fast_reply=yes autoedit=yes`,
    `set reply_to=yes postpone=no pager="${file('pager')}" editor="${file('editor')}" mark_old=no charset=utf-8 signature="" edit_headers=no`,
    `set pgp_default_key="${gnupg.fingerprint}" pgp_sign_as="${gnupg.fingerprint}"`,
    ...linesOfPage('NeoMutt', team),
    ...(engine === 'classic' ? classic : []),
    ...more,
  ];
}

const quiet = 'gpg --batch --quiet --no-verbose';
const wrap = '/usr/libexec/neomutt/pgpewrap';
// As the sample gpg.rc of the package has it, for keys without a passphrase.
const classic = [
  'set crypt_use_gpgme=no',
  `set pgp_decode_command="${quiet} --status-fd=2 --output - %f" pgp_verify_command="${quiet} --status-fd=2 --output - --verify %s %f"`,
  `set pgp_decrypt_command="${quiet} --status-fd=2 --output - --decrypt %f"`,
  `set pgp_sign_command="${quiet} --output - --armor --textmode %?a?--local-user %a? --detach-sign %f"`,
  `set pgp_clear_sign_command="${quiet} --output - --armor --textmode %?a?--local-user %a? --clearsign %f"`,
  `set pgp_encrypt_only_command="${wrap} ${quiet} --output - --textmode --armor --encrypt -- --recipient %r -- %f"`,
  `set pgp_encrypt_sign_command="${wrap} ${quiet} --textmode --output - %?a?--local-user %a? --armor --sign --encrypt -- --recipient %r -- %f"`,
  'set pgp_export_command="gpg --no-verbose --armor --export %r" pgp_import_command="gpg --no-verbose --import %f"',
  `set pgp_list_pubring_command="${quiet} --with-colons --with-fingerprint --with-fingerprint --list-keys %r"`,
  `set pgp_list_secring_command="${quiet} --with-colons --with-fingerprint --with-fingerprint --list-secret-keys %r"`,
  'set pgp_good_sign="^\\\\[GNUPG:\\\\] GOODSIG" pgp_check_gpg_decrypt_status_fd=yes pgp_use_gpg_agent=yes',
];

const longest = 40_000;

/** Runs a program that wants a terminal, and ends it and all it started when it stays. Throws with what the terminal showed last. */
async function runInTerminal(command: readonly string[], gnupgHome: string, folder: string): Promise<void> {
  const line = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    cwd: folder,
    // A group of its own, so that nothing it starts outlives it. The input stays open: its end would be a key pressed.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, GNUPGHOME: gnupgHome, TERM: 'xterm', LC_ALL: 'C.UTF-8', COLUMNS: '120', LINES: '40' },
  });
  let screen = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (some: Buffer) => (screen = (screen + some.toString()).slice(-8000)));
  const stop = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  const timer = setTimeout(stop, longest);
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  clearTimeout(timer);
  if (code !== 0) throw new Error(`neomutt ended with ${code}; the terminal showed at last: ${JSON.stringify(screen)}`);
}
