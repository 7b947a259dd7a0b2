// One team's process as data: what policy.yaml may say, and the questions that code may ask it.
import { z } from 'zod';
import { type Way, ways } from '#team/register-event.ts';
import { isZone, type Span, span } from '#time.ts';

export const roles = [
  'member',
  'associate',
  'steering',
  'release-manager',
  'commander',
  'lead',
  'fix-team',
  'advisor',
  'distributor',
  'reporter',
] as const;
/** What a person is to the team (from the roster) or to one incident (commander, lead, fix-team, advisor, reporter). */
export type Role = (typeof roles)[number];

export const proofs = ['none', 'domain', 'signed'] as const;
/** How well we know a sender: each is more than the one before. */
export type Proof = (typeof proofs)[number];

export const audiences = [
  'reporter',
  'team',
  'fix-team',
  'steering',
  'distributors',
  'cna',
  'release-managers',
  'public',
  'operator',
] as const;
/** Who a letter is for. */
export type Audience = (typeof audiences)[number];

/** What a letter demands: encrypted or not at all, encrypted where possible, never encrypted. */
export type Seal = 'must' | 'may' | 'never';

/** Whether one proof is at least as good as another. */
export function atLeast(proof: Proof, wanted: Proof): boolean {
  return proofs.indexOf(proof) >= proofs.indexOf(wanted);
}

const Length = z
  .string({ error: 'expected a whole number and s, m, h, d or w, like "24h" or "7d"' })
  .refine((text) => span(text) !== undefined, { error: 'expected a whole number and s, m, h, d or w, like "24h" or "7d"' })
  .transform((text) => text as Span);

/** A span with what is meant by it and what holds where a team says nothing. */
const lasting = (usual: Span, meaning: string) => Length.prefault(usual).describe(meaning);

const Weekday = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);
const HourMinute = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'expected a time like "16:00"' });
const SealWord = z.enum(['must', 'may', 'never']);
const CopiesWord = z.enum(['shared', 'individual']);
const Word = z.string().regex(/^[a-z][a-z-]{0,39}$/, { error: 'expected a word of small letters and "-", without "/"' });

/** Narrows one command: a role or proof that its definition does not allow is a mistake of the policy. */
const CommandRule = z.strictObject({
  who: z
    .array(z.enum(roles))
    .min(1)
    .optional()
    .describe('Only these roles may give the command. A role that the command does not allow by itself cannot be added.'),
  proof: z
    .enum(['domain', 'signed'])
    .optional()
    .describe('How well the sender must be known: a domain that vouches (DMARC), or a signature of a certificate in the roster.'),
  confirm: z
    .enum(['same-person', 'second-person'])
    .optional()
    .describe(
      'Who gives the /confirm of a command that asks for one: anybody who may give the command, or somebody else than who gave it.',
    ),
  off: z.boolean().optional().describe('true: the team does not use this command.'),
});

const Spans = z.strictObject({
  triage: lasting('3d', 'From report to accept or decline.'),
  lead: lasting('24h', 'From accept until somebody leads.'),
  plan: lasting('7d', 'From accept until a day of disclosure is set.'),
  handoff: lasting('24h', 'Until an offered hand-off is answered.'),
  retrospectiveFrom: lasting('1d', 'From the release until the retrospective is asked for.'),
  retrospectiveBy: lasting('3d', 'From the release until the retrospective is due.'),
  announcementReady: lasting('2d', 'How long before the public date the announcement must be ready.'),
  quiet: lasting('14d', 'How long an open incident may go without any word.'),
  remindEvery: lasting('24h', 'A reminder that nobody heeds comes again after this, to more people each time.'),
  confirmation: lasting('24h', 'How long a confirmation code is good.'),
  longestEmbargo: lasting('90d', 'The longest embargo this team holds, from report to public date.'),
});

const Slot = z.strictObject({
  time: HourMinute.default('16:00').describe('The recommended hour of publication, UTC.'),
  days: z.array(Weekday).min(1).default(['mon', 'tue', 'wed', 'thu']).describe('The recommended days of publication.'),
});

const Notice = z.strictObject({
  least: lasting('7d', 'Distributors are told at least this long before the public date.'),
  most: lasting('28d', 'Distributors are told at most this long before the public date.'),
  duty: z
    .enum(['cve', 'decision', 'never'])
    .default('cve')
    .describe('What makes the notice a duty: a CVE, the decision of the lead, or nothing.'),
});

const sealRule = (usual: 'must' | 'may', whom: string) => ({
  seal: SealWord.default(usual).describe(`Whether letters to ${whom} are encrypted: must, may (where we have a certificate) or never.`),
});

const sealed = (usual: 'must' | 'may', whom: string) => z.strictObject(sealRule(usual, whom)).prefault({});

/** An audience that gets the same approved text many times. */
const sealedAlike = (usual: 'must' | 'may', whom: string) =>
  z
    .strictObject({
      ...sealRule(usual, whom),
      copies: CopiesWord.default('shared').describe(
        'Whether an approved text is encrypted once and wrapped for each reader, or each letter is encrypted on its own, with its own To and Message-ID inside the protected header.',
      ),
    })
    .prefault({});

const Audiences = z.strictObject({
  reporter: sealed('may', 'the reporter'),
  team: sealedAlike('must', 'members of the team'),
  'fix-team': sealed('must', 'the fix team of an incident'),
  steering: sealed('must', 'the steering body'),
  distributors: sealedAlike('must', 'the private distributors'),
  cna: sealed('may', 'the CVE numbering authority'),
  'release-managers': sealed('must', 'release managers'),
  public: z
    .strictObject({ seal: z.literal('never').default('never').describe('What is public is signed and never encrypted.') })
    .prefault({}),
  operator: sealed('may', 'whoever runs this service'),
});

const Intake = z.strictObject({
  // More is a loop or an attack (RFC 3834 §2).
  acknowledgementsPerSender: z.int().min(1).max(100).default(5).describe('Acknowledgements to one address within an hour.'),
  acknowledgementsPerHour: z.int().min(1).max(100_000).default(500).describe('Acknowledgements to all strangers within an hour.'),
  nextSteps: z.string().default('').describe('What happens next, told in every acknowledgement.'),
});

const waysOf = (usual: readonly Way[], whose: string) =>
  z
    .array(z.enum(ways))
    .min(1)
    .default([...usual])
    .describe(
      `What lets a new certificate of ${whose} count: the old key signed it (old-key), another member compared its fingerprint (second-person), or its owner answered a challenge encrypted to it (challenge).`,
    );

const Certificates = z.strictObject({
  // A challenge proves the mailbox and the new key. For those who command, the mailbox alone must not be enough.
  members: waysOf(['old-key', 'second-person'], 'people of the roster'),
  others: waysOf(ways, 'distributors, reporters, the CNA and the operator'),
  challenge: lasting('7d', 'How long a challenge can be answered.'),
  wkd: z
    .boolean()
    .default(false)
    .describe('Whether a missing certificate is looked for in the web key directory of its owner; what is found must still be accepted.'),
});

/** The whole policy. Unknown keys are mistakes; what is absent has a safe default. */
export const Policy = z.strictObject({
  process: z
    .strictObject({
      name: z.string().min(1).describe('What the process is called.'),
      overview: z.string().default('').describe('The process in a few sentences, for people who meet it for the first time.'),
      link: z
        .url({ error: 'expected a web address like "https://example.org/security"' })
        .optional()
        .describe('Where the process is published.'),
    })
    .describe('Which process this is.'),
  zone: z
    .string()
    .refine(isZone, { error: 'expected an IANA time zone like "Europe/Berlin"' })
    .default('UTC')
    .describe('The time zone that moments are shown in, beside UTC.'),
  proof: z
    .enum(['domain', 'signed'])
    .default('signed')
    .describe('The least proof of a command that changes something; "domain" serves teams without OpenPGP.'),
  commands: z.record(Word, CommandRule).default({}).describe('Narrows commands, by their word without "/".'),
  spans: Spans.prefault({}).describe('How long things may take before somebody is reminded.'),
  slot: Slot.optional().describe('The recommended slot of publication; absent: any time.'),
  notice: Notice.prefault({}).describe('The embargoed notice to distributors.'),
  audiences: Audiences.prefault({}).describe('How letters are sealed, by audience.'),
  intake: Intake.prefault({}).describe('How reports are received.'),
  cvss: z
    .strictObject({
      versions: z
        .array(z.enum(['3.0', '3.1', '4.0']))
        .min(1)
        .default(['3.1'])
        .describe('CVSS versions that vectors may have.'),
    })
    .prefault({})
    .describe('How severity is scored.'),
  declines: z.record(Word, z.string().min(1)).default({}).describe('Classes of /decline with the text the reporter gets.'),
  advisory: z
    .strictObject({
      notice: z.array(z.string()).default(['title', 'impact']).describe('Fields that a notice to distributors cannot do without.'),
      announcement: z
        .array(z.string())
        .default(['title', 'impact', 'affected', 'fixed', 'mitigation'])
        .describe('Fields that a public announcement cannot do without.'),
    })
    .prefault({})
    .describe('What must be known before a text leaves.'),
  signatures: z
    .strictObject({
      fresh: lasting('72h', 'A signed command older than this is not obeyed.'),
      rsaBits: z.int().min(2048).max(16_384).default(2048).describe('RSA keys shorter than this prove nothing.'),
    })
    .prefault({})
    .describe('Which signatures count.'),
  certificates: Certificates.prefault({}).describe("How the OpenPGP certificates of the team's people change."),
});
export type Policy = z.infer<typeof Policy>;

/** The seal that this team's policy puts on letters to an audience. */
export function sealFor(policy: Policy, audience: Audience): Seal {
  return policy.audiences[audience].seal;
}

/** Whether an approved text to an audience is encrypted once and wrapped for each reader, or each letter is encrypted on its own. */
export function copiesFor({ audiences }: Policy, audience: Audience): 'shared' | 'individual' {
  const rule = audiences[audience];
  return 'copies' in rule ? rule.copies : 'individual';
}
