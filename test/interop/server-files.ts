// The files that the throw-away Dovecot and Postfix of the interop tests are started with.
import { existsSync, readFileSync } from 'node:fs';

interface DovecotPlan {
  at: string;
  imap: number;
  imaps: number;
  lmtp: number;
  certPath: string;
  keyPath: string;
  capability?: string;
  prefix?: string;
  separator?: string;
  gid: number;
  group: string;
}

/** Dovecot's one file. */
export function dovecotConf(plan: DovecotPlan): string {
  const { at } = plan;
  return `base_dir = ${at}/run
state_dir = ${at}/state
log_path = ${at}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
mail_uid = nobody
mail_gid = ${plan.group}
first_valid_uid = 1
first_valid_gid = 1
mail_home = ${at}/mail/%u
mail_location = maildir:~/Maildir
ssl = yes
ssl_cert = <${plan.certPath}
ssl_key = <${plan.keyPath}
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_max_userip_connections = 200
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${at}/users
}
userdb {
  driver = static
  args = uid=nobody gid=${plan.gid} home=${at}/mail/%u
}
protocol imap {
  ${plan.capability === undefined ? '' : `imap_capability = ${plan.capability}`}
}
namespace inbox {
  inbox = yes
  separator = ${plan.separator ?? '/'}
  prefix = ${plan.prefix ?? ''}
  mailbox Archive {
    auto = create
    special_use = \\Archive
  }
}
${['anvil', 'stats'].map((service) => `service ${service} {\n  chroot =\n}\n`).join('')}service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${plan.imap}
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = ${plan.imaps}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${plan.lmtp}
  }
}
`;
}

/** Postfix' main.cf: ours by LMTP, everybody else to the sink or back. */
export function mainCf(plan: { at: string; lmtp: number; recipients: readonly string[]; sink?: number }): string {
  const { at } = plan;
  const domains = [...new Set(plan.recipients.map((address) => address.slice(address.lastIndexOf('@') + 1)))];
  return `compatibility_level = 3.6
queue_directory = ${at}/spool
data_directory = ${at}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
myhostname = mx.example.test
mydestination =
local_recipient_maps =
local_transport = error:no local mail
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = ${domains.join(' ')}
virtual_transport = lmtp:inet:127.0.0.1:${plan.lmtp}
virtual_mailbox_maps = inline:{ ${plan.recipients.map((address) => `${address}=1`).join(', ')} }
recipient_delimiter = +
default_transport = ${plan.sink === undefined ? 'error:outside delivery disabled' : `smtp:[127.0.0.1]:${plan.sink}`}
alias_maps =
alias_database =
maillog_file = ${at}/postfix.log
maillog_file_prefixes = ${at}
message_size_limit = 52428800
smtpd_reject_unlisted_recipient = no
`;
}

/** Postfix' master.cf: the stock one on our port, locked into no folder. */
export function masterCf(port: number): string {
  const stock = ['/usr/share/postfix/master.cf.dist', '/etc/postfix/master.cf'].find((path) => existsSync(path));
  if (stock === undefined) throw new Error('no master.cf to start from');
  const lines = readFileSync(stock, 'utf8').split('\n');
  const ours = lines.flatMap((line) => {
    if (/^smtp\s+inet/.test(line)) return [`127.0.0.1:${port} inet n - n - - smtpd`];
    if (/^postlog\s/.test(line)) return [];
    // name, type, private, unprivileged, chroot: the temporary queue folder has no libraries to be locked in with.
    return [line.replace(/^(\S+\s+(?:inet|unix|fifo|unix-dgram|pass)\s+\S+\s+\S+\s+)\S+/, '$1n')];
  });
  return `${ours.join('\n')}\npostlog unix-dgram n - n - 1 postlogd\n`;
}
