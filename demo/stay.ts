// After the play: where everything listens, and how a stranger takes part with the mail programs they have.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { House } from '#demo/house.ts';
import { cast, roles, team } from '#demo/people.ts';

/** Writes a configuration for mutt and answers with the lines to print. */
export async function waysToJoin(directory: string, house: House): Promise<string[]> {
  const { imapPort, smtpPort, passwords } = house;
  const { reporter, lead } = cast;
  const of = (address: string) => passwords[address] ?? '';
  const muttrc = join(directory, 'lead.muttrc');
  await writeFile(muttrc, muttrcFor(house), { mode: 0o600 });
  const accounts = roles
    .filter((role) => role !== 'mallory')
    .map((role) => `  ${cast[role].address.padEnd(28)} ${of(cast[role].address)}   ${cast[role].part}`);
  const keys = join(directory, 'keys');
  const hello = String.raw`printf 'From: Reporter <${reporter.address}>\r\nTo: ${team.address}\r\nSubject: I found something\r\n\r\nHello, …\r\n'`;
  return [
    'Everything runs on, in real time now. Take part:',
    '',
    `  IMAP  127.0.0.1 port ${imapPort}, no TLS, with a login`,
    `  SMTP  127.0.0.1 port ${smtpPort}, no TLS, no login; it vouches for mail whose envelope and From have the same domain`,
    `  Keys  ${keys} (armored, without passphrase)`,
    '',
    ...accounts,
    '',
    '1. Report something, as the reporter:',
    `   ${hello} | curl -sS smtp://127.0.0.1:${smtpPort} --mail-from ${reporter.address} --mail-rcpt ${team.address} --upload-file -`,
    '2. Read the newest mail of the reporter: your acknowledgement:',
    `   curl -sS -u ${reporter.address}:${of(reporter.address)} 'imap://127.0.0.1:${imapPort}/INBOX;MAILINDEX=*'`,
    '3. Be the lead, with GnuPG and mutt: open the report, answer it signed and encrypted with a line /take:',
    `   export GNUPGHOME=$(mktemp -d); gpg -q --import ${keys}/lead.private.asc ${keys}/team.asc; echo trust-model always > $GNUPGHOME/gpg.conf; neomutt -F ${muttrc}`,
    '',
    `Signed in as ${lead.address} you can also use any other mail program. Ctrl-C ends it.`,
  ];
}

function muttrcFor({ imapPort, smtpPort, passwords }: House): string {
  const { address, name } = cast.lead;
  return `# The lead's mail, for mutt and neomutt.
set realname = "${name}"
set from = "${address}"
set use_from = yes
set use_envelope_from = yes
set ssl_starttls = no
set ssl_force_tls = no
set imap_user = "${address}"
set imap_pass = "${passwords[address] ?? ''}"
set folder = "imap://127.0.0.1:${imapPort}/"
set spoolfile = "+INBOX"
set record = "+Sent"
set smtp_url = "smtp://127.0.0.1:${smtpPort}/"
set crypt_use_gpgme = yes
set crypt_autosign = yes
set crypt_replyencrypt = yes
set crypt_replysign = yes
set pgp_default_key = "${address}"
# Answers to letters in clear go to addresses like security+src-….@example.org: they all have the team's key.
crypt-hook '^security(\\+.*)?@example\\.org$' ${team.address}
set crypt_confirm_hook = no
`;
}
