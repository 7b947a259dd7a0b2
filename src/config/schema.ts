// What service.yaml and team.yaml may say. Secrets are named, never written.
import { z } from 'zod';
import type { Span } from '#time.ts';

const NoLiteral =
  'a secret is never written here, where copies and screens show it: name it with { env: NAME } (an environment variable) or { file: path }';

/** Names a secret: an environment variable, or a file (relative to the config folder). */
export const Secret = z.union(
  [
    z.strictObject({
      env: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/)
        .describe('The environment variable that holds it.'),
    }),
    z.strictObject({ file: z.string().min(1).describe('The file that holds it, relative to the config folder; nobody else may read it.') }),
  ],
  { error: ({ input }) => (input === undefined ? 'is missing: expected { env: NAME } or { file: path }' : NoLiteral) },
);
export type Secret = z.infer<typeof Secret>;

const Path = z.string().min(1);
const Host = z.string().regex(/^[A-Za-z0-9._:-]{1,253}$/, { error: 'expected a host name or an IP address' });
const error = 'expected a port from 1 to 65535';
const Port = z.int({ error }).min(1, { error }).max(65_535, { error });
const Tls = z.enum(['implicit', 'starttls', 'none']);
const Pause = z
  .string()
  .refine((text) => /^[1-9]\d{0,3}[smh]$/.test(text), { error: 'expected a whole number and s, m or h, like "60s" or "5m"' })
  .transform((text) => text as Span);
const Address = z
  .email({ error: 'expected a mail address' })
  .max(254)
  .transform((address) => address.toLowerCase());
const Token = z
  .strictObject({ command: z.array(z.string().min(1)).min(1).max(20).describe('Program and arguments; it prints the token on one line.') })
  .describe('Asks a program for an OAuth 2.0 access token at each connect, instead of a password.');

/** The certificates of a private CA, and the way to say "in the clear" aloud. */
const Transport = {
  tls: Tls.describe('implicit: TLS from the first byte; starttls: TLS or nothing; none: in the clear, for this machine only.'),
  ca: Path.optional().describe('A file with the certificates (PEM) of a private CA, relative to the config folder.'),
  insecure: z.boolean().default(false).describe('true: allows tls none to another machine. Whoever is between can read everything.'),
};

const SealKey = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, { error: 'expected a short name of small letters, digits and "-"' })
    .describe('Names the key.'),
  key: Secret.describe('32 random bytes in base64 or hex.'),
});

const Relay = z.strictObject({
  host: Host.describe('The server that takes our mail.'),
  port: Port.default(587).describe('Its port.'),
  ...Transport,
  user: z.string().min(1).optional().describe('The login; absent: none is made.'),
  password: Secret.optional().describe('The password of the login.'),
  accessToken: Token.optional(),
  connections: z.int().min(1).max(20).default(3).describe('Connections at the same time.'),
  timeout: Pause.prefault('60s').describe('How long the server may be silent where it owes an answer.'),
});

const Http = z.strictObject({
  host: Host.default('127.0.0.1').describe('The address to listen on.'),
  port: z
    .union([Port, z.literal('off')], { error: 'expected a port from 1 to 65535, or off' })
    .default(9464)
    .describe('The port of /healthz and /metrics, or off.'),
});

const Limits = z.strictObject({
  mailBytes: z.int().min(100_000).max(200_000_000).default(30_000_000).describe('A larger mail is not downloaded; it is shunted.'),
  headerBytes: z.int().min(16_384).max(4_194_304).default(262_144).describe('Bytes of all header fields of a mail.'),
  fields: z.int().min(100).max(10_000).default(1000).describe('Header fields of a mail.'),
  parts: z.int().min(10).max(10_000).default(1000).describe('MIME parts of a mail.'),
  depth: z.int().min(5).max(200).default(50).describe('How deep MIME parts may lie in each other.'),
});

/** service.yaml: where data, keys, relay and logs are. */
export const Service = z.strictObject({
  data: Path.default('data').describe('The folder for what the service keeps, relative to the config folder.'),
  database: z
    .strictObject({ url: Secret.describe('The connection string of PostgreSQL, postgres://…') })
    .optional()
    .describe('Absent: DATABASE_URL of the environment, else a database embedded in the data folder.'),
  secrets: z
    .strictObject({
      seal: z.array(SealKey).min(1).max(20).describe('Keys that mail is sealed with at rest: the first seals, all of them open.'),
      mac: Secret.describe('32 random bytes in base64 or hex: makes address tokens and look-ups. Changing it breaks both.'),
    })
    .describe('Keys of the data at rest. Without them a backup cannot be read.'),
  relay: Relay.describe('The server that takes our mail (SMTP submission).'),
  http: Http.prefault({}).describe('Health and figures for the operator; nothing of an incident is shown there.'),
  limits: Limits.prefault({}).describe('What a mail may be before it is put aside for a person.'),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('The least level that is written.'),
    })
    .prefault({})
    .describe('The log, one JSON object a line, on standard output.'),
});
export type Service = z.infer<typeof Service>;

const Mailbox = z.strictObject({
  host: Host.describe('The IMAP server.'),
  port: Port.default(993).describe('Its port.'),
  ...Transport,
  user: z.string().min(1).describe('The login.'),
  password: Secret.optional().describe('The password of the login.'),
  accessToken: Token.optional(),
  inbox: z.string().min(1).default('INBOX').describe('The folder that is read.'),
  done: z.string().min(1).default('Done').describe('Where a mail goes once it is taken; made when missing.'),
  shunted: z.string().min(1).default('Shunted').describe('Where a mail goes that a person must look at; made when missing.'),
  pollEvery: Pause.prefault('60s').describe('How often the inbox is looked at, also where the server pushes.'),
});

const TeamKey = z.strictObject({
  private: Secret.describe('The armored private key.'),
  passphrase: Secret.optional().describe('Its passphrase, where it has one.'),
});

const Https = z
  .string()
  .max(2000)
  .refine((text) => /^https:\/\/[^\s\p{C}]{1,2000}$/u.test(text) && URL.canParse(text), {
    error: 'expected a web address that begins with "https://"',
  });

const Publication = z
  .strictObject({
    canonical: z.array(Https).max(10).default([]).describe('Where security.txt will be found; the key lies on the same host.'),
    policy: Https.optional().describe('How reports are handled. Absent: `website`.'),
    acknowledgments: Https.optional().describe('Where reporters are thanked.'),
    csaf: Https.optional().describe('The provider-metadata.json of CSAF.'),
    languages: z
      .array(z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})?$/, { error: 'expected a language tag like "en" or "pt-BR"' }))
      .min(1)
      .max(20)
      .default(['en'])
      .describe('Languages the team reads.'),
  })
  .describe('What `embargod key publish` says in security.txt (RFC 9116).');

/** team.yaml: a team's name, address, mailbox and key. The folder's name is the team's short name. */
export const TeamFile = z.strictObject({
  title: z.string().min(1).max(100).describe('The name that letters are signed with.'),
  prefix: z
    .string()
    .regex(/^[A-Z]{2,8}$/, { error: 'expected two to eight capital letters, like "SRC"' })
    .describe('How ids of incidents begin; each team has its own.'),
  address: Address.describe('The address that takes reports.'),
  subaddressing: z
    .boolean()
    .default(true)
    .describe('Whether mail to security+anything@ arrives in the mailbox too. false: replies are threaded by Message-ID alone.'),
  mailbox: Mailbox.describe('The mailbox that is read (IMAP).'),
  key: TeamKey.describe('The OpenPGP key of the team: it signs what we send and opens what we get.'),
  formerKeys: z.array(TeamKey).max(10).default([]).describe('Keys of before: they open old mail and sign nothing.'),
  authserv: z
    .array(z.string().regex(/^[A-Za-z0-9._-]{1,253}$/, { error: 'expected the authserv-id of a mail server, like "mx.example.org"' }))
    .max(20)
    .default([])
    .describe('Mail servers of ours whose Authentication-Results count (RFC 8601). Empty: no domain proves anything.'),
  domainProof: z
    .enum(['results', 'dkim'])
    .default('results')
    .describe(
      'What makes a From domain a proof. results: the Authentication-Results of the servers in authserv; dkim: signatures that the service verifies itself, asking the DNS, whatever authserv says.',
    ),
  website: z
    .url({ error: 'expected a web address like "https://example.org/security"' })
    .optional()
    .describe('Where the team says how to report.'),
  checkouts: z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[a-z][a-z0-9._-]{0,39}$/, { error: 'expected a short name of small letters, digits, ".", "_" and "-"' })
          .describe('What the repository is called in commands: /fix-team propose name:path'),
        path: Path.describe(
          'The folder, relative to the config folder or absolute. It is only read; keeping it fresh is the work of others.',
        ),
      }),
    )
    .max(50)
    .default([])
    .describe('Local copies of repositories, where OWNERS, OWNERS_ALIASES and CODEOWNERS say who owns a path.'),
  publication: Publication.optional(),
});
export type TeamFile = z.infer<typeof TeamFile>;
