// Real servers for the interop tests: Dovecot, Postfix and PostgreSQL, thrown away afterwards, on free loopback ports.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { dovecotConf, mainCf, masterCf } from '#test/interop/server-files.ts';

const needed = ['dovecot', 'doveadm', 'postfix', 'initdb', 'pg_ctl', 'setpriv', 'openssl'];

/** What the interop tests (and `more` programs) need and this computer does not have; they skip and say so when it names anything. */
export function missing(more: readonly string[] = []): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  const there = (program: string) => folders.some((folder) => existsSync(join(folder, program)));
  const root = process.getuid?.() === 0 ? [] : ['root rights (Dovecot and Postfix change users)'];
  return [...[...needed, ...more].filter((program) => !there(program)), ...root];
}

/** So many ports that nobody listens at now. */
async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = held.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function folder(name: string): string {
  const path = mkdtempSync(join(tmpdir(), `embargod-${name}-`));
  // The servers run as other users and must pass through.
  chmodSync(path, 0o755);
  return path;
}

/** Runs a program to its end. What it leaves running would keep a pipe open for ever, so nothing of it is read. */
function run(program: string, args: string[], env: NodeJS.ProcessEnv = process.env): void {
  const { status, error } = spawnSync(program, args, { env, stdio: 'ignore' });
  if (error || status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}`, { cause: error });
}

async function listening(port: number, log: string): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; ) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing listens at ${port}: ${existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : 'no log'}`);
}

function id(user: string, flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
}

function groupOf(user: string): string {
  return execFileSync('id', ['-gn', user], { encoding: 'utf8' }).trim();
}

/** A self-signed certificate for localhost and 127.0.0.1 in a folder: paths and the PEM text. */
function selfSigned(into: string): { certPath: string; keyPath: string; cert: string; key: string } {
  const [certPath, keyPath] = [join(into, 'cert.pem'), join(into, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', keyPath, '-out', certPath], { stdio: 'ignore' });
  return { certPath, keyPath, cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') };
}

export interface Dovecot {
  readonly imap: number;
  readonly imaps: number;
  readonly lmtp: number;
  /** Trusts the server's certificate. */
  readonly ca: string;
  /** Drops all sessions of a user. */
  kick(user: string): void;
  /** Gives the user's inbox another UIDVALIDITY, as after a restore from backup. */
  renumber(user: string, uidValidity: number): void;
  stop(): Promise<void>;
}

/**
 * Starts Dovecot with these accounts (address to password). `capability` replaces what it offers, `prefix` and `separator` shape its
 * namespace, as older servers have it ("INBOX." and ".").
 */
export async function startDovecot(
  accounts: Readonly<Record<string, string>>,
  options: { capability?: string; prefix?: string; separator?: string } = {},
): Promise<Dovecot> {
  const at = folder('dovecot');
  const [imap = 0, imaps = 0, lmtp = 0] = await freePorts(3);
  const { certPath, keyPath, cert } = selfSigned(at);
  mkdirSync(join(at, 'mail'));
  chownSync(join(at, 'mail'), id('nobody', '-u'), id('nobody', '-g'));
  const users = Object.entries(accounts).map(([user, password]) => `${user}:{PLAIN}${password}\n`);
  writeFileSync(join(at, 'users'), users.join(''));
  const conf = join(at, 'dovecot.conf');
  writeFileSync(
    conf,
    dovecotConf({ at, imap, imaps, lmtp, certPath, keyPath, gid: id('nobody', '-g'), group: groupOf('nobody'), ...options }),
  );
  const log = join(at, 'dovecot.log');
  run('dovecot', ['-c', conf]);
  await listening(imap, log);
  const kick = (user: string) => void spawnSync('doveadm', ['-c', conf, 'kick', user], { stdio: 'ignore' });
  return {
    imap,
    imaps,
    lmtp,
    ca: cert,
    kick,
    renumber(user, uidValidity) {
      kick(user);
      const maildir = join(at, 'mail', user, 'Maildir');
      for (const index of ['dovecot.index', 'dovecot.index.log', 'dovecot.index.cache']) rmSync(join(maildir, index), { force: true });
      const list = join(maildir, 'dovecot-uidlist');
      writeFileSync(list, readFileSync(list, 'utf8').replace(/V\d+/, `V${uidValidity}`));
    },
    async stop() {
      // A session that runs survives the stop of its master.
      for (const user of Object.keys(accounts)) kick(user);
      run('dovecot', ['-c', conf, 'stop']);
      rmSync(at, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

export interface Postfix {
  readonly smtp: number;
  stop(): Promise<void>;
}

/**
 * Starts Postfix: mail for `recipients` (and their `+tags`) goes to the LMTP port, mail for any other domain to the SMTP port `sink` or,
 * without one, back as a bounce. Unknown recipients of our own domains are taken and bounced, so that real reports come back.
 */
export async function startPostfix(plan: { lmtp: number; recipients: readonly string[]; sink?: number }): Promise<Postfix> {
  const at = folder('postfix');
  const [smtp = 0] = await freePorts(1);
  const etc = join(at, 'etc');
  for (const name of ['etc', 'spool', 'data']) mkdirSync(join(at, name));
  chownSync(join(at, 'data'), id('postfix', '-u'), id('postfix', '-g'));
  writeFileSync(join(etc, 'main.cf'), mainCf({ at, ...plan }));
  writeFileSync(join(etc, 'master.cf'), masterCf(smtp));
  cpSync('/etc/postfix/dynamicmaps.cf', join(etc, 'dynamicmaps.cf'), { force: true });
  const env = { ...process.env, MAIL_CONFIG: etc };
  run('postfix', ['-c', etc, 'start'], env);
  await listening(smtp, join(at, 'postfix.log'));
  return {
    smtp,
    async stop() {
      run('postfix', ['-c', etc, 'stop'], env);
      rmSync(at, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
