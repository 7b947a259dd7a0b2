// A team's daemon between Dovecot and Postfix, for people with mail programs of their own: started, written to, waited for, stopped.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { stringify } from 'yaml';
import { checks } from '#cli/checks.ts';
import { mistakeLine, readConfig } from '#config/read.ts';
import { type Daemon, startDaemon } from '#daemon/daemon.ts';
import { openLog } from '#log.ts';
import { type MadeKey, makeKey } from '#pgp/make-key.ts';
import { type Dovecot, type Postfix, startDovecot, startPostfix } from '#test/interop/servers.ts';

export const teamAddress = 'security@example.test';
export const password = 'secret';

/** A mail in somebody's mailbox. */
export interface Lying {
  readonly messageId: string;
  readonly raw: string;
}

export interface Service {
  readonly daemon: Daemon;
  readonly team: MadeKey;
  readonly imap: number;
  readonly smtp: number;
  /** Hands a mail to Postfix as somebody's mail program does; header and body in lines of any kind. */
  hands(from: string, to: string, raw: string): Promise<void>;
  /** Waits for a mail in somebody's inbox (or another mailbox) that they did not wait for before and that fits; throws after 40 seconds. */
  awaits(address: string, fits: (raw: string) => boolean, mailbox?: string): Promise<Lying>;
  stop(): Promise<void>;
}

/** Somebody of the roster by handle or id, with their armored certificate. */
type Known = Readonly<Record<string, { readonly address: string; readonly certificate: string }>>;

/** Starts everything: members and distributors are on the roster, outsiders only have mailboxes. Throws when a server does not start. */
export async function startService(people: {
  readonly members: Known;
  readonly distributors?: Known;
  readonly outsiders: readonly string[];
}): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'embargod-talk-'));
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const members = Object.entries(people.members);
    const distributors = Object.entries(people.distributors ?? {});
    const addresses = [teamAddress, ...[...members, ...distributors].map(([, { address }]) => address), ...people.outsiders];
    const dovecot = await startDovecot(Object.fromEntries(addresses.map((address) => [address, password])));
    ends.push(dovecot.stop);
    const postfix = await startPostfix({ lmtp: dovecot.lmtp, recipients: addresses });
    ends.push(postfix.stop);
    const team = await makeKey({ name: 'Example Security Team', email: teamAddress, now: new Date(Date.now() - 86_400_000) });
    writeConfig(folder, { dovecot, postfix, team, members, distributors });
    const daemon = await daemonOf(folder);
    ends.push(daemon.stop);
    const known = new Set<string>();
    return {
      daemon,
      team,
      imap: dovecot.imap,
      smtp: postfix.smtp,
      hands: (from, to, raw) => hand(from, to, raw, postfix.smtp),
      awaits: (address, fits, mailbox = 'INBOX') => waitFor({ address, mailbox, port: dovecot.imap }, fits, known),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function daemonOf(folder: string): Promise<Daemon> {
  const read = await readConfig(folder, {}, { check: checks, now: new Date() });
  if ('mistakes' in read) throw new Error(read.mistakes.map(mistakeLine).join('\n'));
  const random = (count: number) => randomBytes(count);
  return startDaemon(read.config, { clock: () => new Date(), random, log: openLog({ level: 'silent' }) });
}

async function hand(from: string, to: string, raw: string, port: number): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  await transport.sendMail({ envelope: { from, to: [to] }, raw: raw.replace(/\r?\n/g, '\r\n') });
  transport.close();
}

interface Setting {
  readonly dovecot: Dovecot;
  readonly postfix: Postfix;
  readonly team: MadeKey;
  readonly members: readonly (readonly [handle: string, Known[string]])[];
  readonly distributors: readonly (readonly [id: string, Known[string]])[];
}

function writeConfig(folder: string, { dovecot, postfix, team, members, distributors }: Setting): void {
  mkdirSync(join(folder, 'teams/security/keys'), { recursive: true });
  const put = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o600);
  };
  put('seal', randomBytes(32).toString('base64'));
  put('mac', randomBytes(32).toString('base64'));
  put('imap', password);
  put('team.key', team.private);
  put('ca.pem', dovecot.ca);
  for (const [name, { certificate }] of [...members, ...distributors]) put(`teams/security/keys/${name}.asc`, certificate);
  put(
    'service.yaml',
    stringify({
      secrets: { seal: [{ id: 'k1', key: { file: 'seal' } }], mac: { file: 'mac' } },
      relay: { host: '127.0.0.1', port: postfix.smtp, tls: 'none' },
      log: { level: 'silent' },
    }),
  );
  put(
    'teams/security/team.yaml',
    stringify({
      title: 'Example Security Team',
      prefix: 'SRC',
      address: teamAddress,
      subaddressing: true,
      mailbox: {
        host: '127.0.0.1',
        port: dovecot.imap,
        tls: 'starttls',
        ca: 'ca.pem',
        user: teamAddress,
        password: { file: 'imap' },
        inbox: 'INBOX',
        done: 'Done',
        shunted: 'Shunted',
        pollEvery: '5s',
      },
      key: { private: { file: 'team.key' } },
    }),
  );
  put('teams/security/policy.yaml', stringify({ extends: 'kubernetes' }));
  put(
    'teams/security/roster.yaml',
    stringify({
      members: members.map(([handle, { address }]) => ({ handle, name: handle, addresses: [address], keys: [`keys/${handle}.asc`] })),
      distributors: distributors.map(([id, { address }]) => ({ id, name: id, addresses: [address], keys: [`keys/${id}.asc`] })),
      oncall: { from: '2026-01-05', order: members.map(([handle]) => handle) },
      channels: [{ kind: 'paste', name: 'chat', where: 'the chat' }],
      retrospective: ['chat'],
    }),
  );
}

async function waitFor(
  { address, mailbox, port }: { address: string; mailbox: string; port: number },
  fits: (raw: string) => boolean,
  known: Set<string>,
): Promise<Lying> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user: address, pass: password },
    logger: false,
  });
  client.on('error', () => {});
  await client.connect();
  await client.mailboxOpen(mailbox);
  const seen: string[] = [];
  try {
    for (const end = Date.now() + 40_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 150))) {
      await client.noop();
      if (!client.mailbox || client.mailbox.exists === 0) continue;
      for (const { uid } of await client.fetchAll('1:*', { uid: true })) {
        const name = `${address} ${mailbox} ${uid}`;
        if (known.has(name) || seen.includes(name)) continue;
        const one = await client.fetchOne(String(uid), { source: true }, { uid: true });
        const raw = one ? (one.source?.toString('latin1') ?? '') : '';
        seen.push(name);
        if (!fits(raw)) continue;
        known.add(name);
        return { raw, messageId: /^Message-ID:\s*<([^>\s]+)>/im.exec(raw)?.[1] ?? '' };
      }
    }
    throw new Error(`${address} waited in vain`);
  } finally {
    await client.logout();
  }
}
