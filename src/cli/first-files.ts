// The commented files that `init` writes: a config folder that passes check-config and says what to change.
import type { NewFile } from '#cli/secrets.ts';
import type { Policy } from '#team/policy.ts';

/** What the operator said of the first team. */
export interface FirstTeam {
  readonly name: string;
  readonly title: string;
  readonly address: string;
  readonly prefix: string;
}

/** The process that the team begins with. */
interface FirstProcess {
  readonly name: string;
  readonly policy: Policy;
}

/** Everything but secrets, for a service with one team; `today` is a UTC day. */
export function firstFiles(team: FirstTeam, today: string, process: FirstProcess): NewFile[] {
  const domain = team.address.slice(team.address.lastIndexOf('@') + 1);
  const folder = `teams/${team.name}`;
  return [
    { path: '.gitignore', text: '# Never in a repository: secrets, and what the service keeps.\n/secrets/\n/data/\n' },
    { path: 'service.yaml', text: serviceFile() },
    { path: `${folder}/team.yaml`, text: teamFile(team, domain) },
    { path: `${folder}/policy.yaml`, text: policyFile(team, process.name) },
    { path: `${folder}/roster.yaml`, text: rosterFile(domain, today, process.policy) },
    { path: `${folder}/keys/README`, text: 'OpenPGP certificates (public keys) of the people in roster.yaml, one <handle>.asc each.\n' },
  ];
}

function serviceFile(): string {
  return `# The service: where it keeps things, how mail leaves. Every setting is explained in docs/configuration.md.
# Check this folder with: embargod check-config --config .      Try it out with: embargod doctor --config .

# What the service keeps, relative to this folder.
data: data

# A PostgreSQL server; without it (and without DATABASE_URL) a database is embedded in the data folder, for one process.
# database:
#   url: { env: DATABASE_URL }

# Secrets are never written here: { file: path } or { env: NAME }.
secrets:
  # The first key seals, all of them open: to change the key, put a new one on top and keep the old one.
  seal:
    - id: seal-1
      key: { file: secrets/seal-1.key }
  mac: { file: secrets/mac.key }

# The server that takes our mail.
relay:
  host: localhost
  port: 25
  # implicit, starttls, or none (for this machine only).
  tls: none
  # user: embargod
  # password: { file: secrets/relay.password }

# Health and figures; nothing of an incident is shown.
http:
  host: 127.0.0.1
  port: 9464

log:
  level: info
`;
}

/** A text as a YAML scalar in double quotes, which are JSON's. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function teamFile(team: FirstTeam, domain: string): string {
  return `# One team: its address, mailbox and OpenPGP key.
title: ${quoted(team.title)}

# Ids of incidents begin with it: ${team.prefix}-4F7K2M.
prefix: ${team.prefix}

# Where reports come in.
address: ${team.address}
# Whether ${team.address.replace('@', '+anything@')} arrives in the mailbox too.
subaddressing: true

mailbox:
  host: imap.${domain}
  port: 993
  tls: implicit
  user: ${team.address}
  password: { file: secrets/${team.name}.mailbox }
  # Made when missing.
  done: Done
  shunted: Shunted

key:
  private: { file: secrets/${team.name}.private.asc }

# What embargod key publish says in security.txt.
# publication:
#   canonical: [https://${domain}/.well-known/security.txt]
#   policy: https://${domain}/security

# Mail servers of yours whose Authentication-Results count; without one, only signatures prove who wrote a mail.
authserv: []
# authserv: [mx.${domain}]
# Or the service verifies DKIM itself, asking the DNS, and no mail server is believed.
# domainProof: dkim
`;
}

function policyFile(team: FirstTeam, base: string): string {
  return `# How the team works: a process to extend, and what differs from it. embargod check-config shows the result.
extends: ${base}

process:
  name: ${quoted(team.title)}
  # Where it is published. An empty value takes away what the base says; its overview stays, for whoever joins a fix.
  link:

# The branches that get fixes: steps and patches are asked for each of them.
branches: []
# branches: [main, release-1.9]

# zone: Europe/Berlin
# notice: { least: 7d }
# Told in every acknowledgement, beside what it says anyway.
# intake: { nextSteps: We answer on working days. }
`;
}

/** Turns of those parts that the process has: who is on call, and the weeks or queues of its standing parts. */
function turns(today: string, { parts }: Policy): string {
  const oncall = `
# Who is on call is derived from the moment alone.
oncall:
  from: "${today}"
  every: week
  order: [lead, second]
`;
  const standing = Object.entries(parts.standing).map(
    ([part, { title, by }]) => `  # ${title}\n  ${part}: { ${by === 'week' ? `from: "${today}", ` : ''}order: [lead, second] }\n`,
  );
  return [
    ...(parts.commander === 'oncall' ? [oncall] : []),
    ...(standing.length > 0 ? [`\n# Who takes turns with the parts of the process.\nparts:\n${standing.join('')}`] : []),
  ].join('');
}

function rosterFile(domain: string, today: string, policy: Policy): string {
  return `# The people. Certificates lie in keys/; letters to the team are sealed, so everybody needs one.
members:
  - handle: lead
    name: Lead
    addresses: [lead@${domain}]
    # keys: [keys/lead.asc]
  - handle: second
    name: Second
    addresses: [second@${domain}]
    # keys: [keys/second.asc]
${turns(today, policy)}
# The private list: who is told under embargo.
distributors: []
# - id: example-distribution
#   name: Example Distribution
#   addresses: [security@distribution.example]
#   keys: [keys/example-distribution.asc]

# Where announcements go.
channels: []
# - { kind: mail, name: announce, address: announce@${domain} }
# - { kind: paste, name: forum, where: "https://forum.${domain}" }

# Channels that retrospectives go to; empty: to the team only.
retrospective: []

# Release managers, who see embargoed fixes: a member with roles: [release-manager].
# cna: { name: Example CNA, address: cna@example.net }
# Whoever manages access to private repositories.
# administrator: { name: Example Admin, address: admin@example.net }
# operator: { address: operator@${domain} }
`;
}
