// The config folder of the play, as an operator would have written it; `embargod check-config` reads it.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type NewFile, restKeys } from '#cli/secrets.ts';
import { cast, type Keys, type Role, team } from '#demo/people.ts';
import { day } from '#time.ts';

/** Where the mail servers of the play listen, and the password of the team's mailbox. */
export interface Surroundings {
  readonly imapPort: number;
  readonly smtpPort: number;
  readonly password: string;
  /** The first day of the first turn on call. */
  readonly monday: Date;
}

/** Writes the folder; secrets so that only the owner may read them. */
export async function writeConfig(directory: string, keys: Keys, around: Surroundings): Promise<void> {
  const files: NewFile[] = [
    { path: 'service.yaml', text: serviceFile(around) },
    { path: 'teams/security/team.yaml', text: teamFile(around) },
    { path: 'teams/security/policy.yaml', text: policyFile },
    { path: 'teams/security/roster.yaml', text: rosterFile(around) },
    { path: 'secrets/security.mailbox', text: `${around.password}\n`, secret: true },
    { path: 'secrets/security.private.asc', text: keys.team.made.private, secret: true },
    { path: 'teams/security/team.asc', text: keys.team.made.public },
    ...restKeys(),
    ...Object.entries(keys.of).map(([role, key]) => ({ path: `teams/security/keys/${role}.asc`, text: key.made.public })),
  ];
  for (const { path, text, secret } of files) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true, mode: secret ? 0o700 : 0o755 });
    await writeFile(file, text, { mode: secret ? 0o600 : 0o644 });
  }
}

function serviceFile({ smtpPort }: Surroundings): string {
  return `# The service: where it keeps things, how mail leaves.
data: data

secrets:
  seal:
    - { id: seal-1, key: { file: secrets/seal-1.key } }
  mac: { file: secrets/mac.key }

# The demo's own mail server, on this machine; anywhere else this says starttls or implicit.
relay: { host: 127.0.0.1, port: ${smtpPort}, tls: none }

# No health page; a service would have one for its supervisor.
http: { port: off }

log: { level: info }
`;
}

function teamFile({ imapPort }: Surroundings): string {
  return `# One team: its address, mailbox and OpenPGP key.
title: ${team.name}
prefix: SRC
address: ${team.address}
website: https://example.org/security
subaddressing: true

mailbox:
  host: 127.0.0.1
  port: ${imapPort}
  tls: none
  user: ${team.address}
  password: { file: secrets/security.mailbox }

key:
  private: { file: secrets/security.private.asc }

# Our own mail server, whose Authentication-Results count.
authserv: [mx.example.org]
`;
}

const policyFile = `# The Kubernetes process, and what differs.
extends: kubernetes

process:
  name: ${team.name}
  link: https://example.org/security

# Nobody else is asked to fix: the team does it itself.
fixTeam: { from: team, due: false, access: none, removal: none }
`;

function rosterFile({ monday }: Surroundings): string {
  const person = (role: Role) =>
    `  - { handle: ${role}, name: ${cast[role].name}, addresses: [${cast[role].address}], keys: [keys/${role}.asc] }`;
  const organisation = (role: Role) =>
    `  - { id: ${role}, name: ${cast[role].name}, addresses: [${cast[role].address}], keys: [keys/${role}.asc] }`;
  return `# The people. Handles are roles here; yours will be names.
members:
${(['lead', 'second', 'third'] as const).map(person).join('\n')}

# Who is on call is derived from the day alone.
oncall: { from: "${day(monday)}", every: week, order: [second, third, lead] }

# The private list: who is told under embargo. Gamma's key has expired.
distributors:
${(['acme', 'beta', 'gamma'] as const).map(organisation).join('\n')}

# Where announcements go; a place that mail cannot reach gets a text to paste, sent to the lead.
channels:
  - { kind: mail, name: announce, address: ${cast.announce.address} }
  - { kind: paste, name: forum, where: "https://forum.example.org, category Announcements" }

retrospective: [announce]

cna: { name: ${cast.cna.name}, address: ${cast.cna.address} }
`;
}
