// One team's process as data: what policy.yaml may say, and the questions that code may ask it.
import { z } from 'zod';
import { Catalogue } from '#team/catalogue.ts';
import { Calendar, Reminders, Slot, Spans } from '#team/policy-clock.ts';
import { Cve, Decisions, Exposure, Steps, Triage } from '#team/policy-fix.ts';
import { FixTeam, Parts } from '#team/policy-people.ts';
import { type Audience, CopiesWord, Length, lasting, roles, type Seal, SealWord, Word } from '#team/policy-word.ts';
import { type Way, ways } from '#team/register-event.ts';
import { isZone } from '#time.ts';

export { type Audience, atLeast, audiences, type Proof, proofs, type Role, roles, type Seal } from '#team/policy-word.ts';

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

const Notice = z.strictObject({
  least: lasting('7d', 'Distributors are told at least this long before the public date, or after the report.'),
  most: lasting('28d', 'Distributors are told at most this long before the public date, or after the report.'),
  counted: z
    .enum(['before-public', 'after-report'])
    .default('before-public')
    .describe('Whether least and most are counted back from the public date or on from the report.'),
  duty: z
    .enum(['cve', 'decision', 'never'])
    .default('cve')
    .describe('What makes the notice a duty: a CVE, the decision of the lead, or nothing.'),
  final: Length.optional().describe(
    'Distributors get the public text with day and hour at least this long before; absent: no final notice.',
  ),
  finalToAll: z.boolean().default(true).describe('Whether the final notice goes to all distributors, or only to those who had the notice.'),
  allBranches: z.boolean().default(false).describe('Whether patches for every supported branch belong to it.'),
});

const HeadsUp = z.strictObject({
  fields: z.array(z.string()).default(['mitigation']).describe('Fields that it cannot do without.'),
  least: lasting('1d', 'How long before the public date it goes out.'),
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
  administrator: sealed('may', 'whoever manages access to private repositories'),
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
  calendar: Calendar.prefault({}).describe('When the team works.'),
  reminders: Reminders.prefault({}).describe('How people are reminded.'),
  parts: Parts.prefault({}).describe('Who has which part.'),
  triage: Triage.prefault({}).describe('How reports are judged.'),
  exposure: Exposure.prefault({}).describe('What is done when a report is public already.'),
  fixTeam: FixTeam.prefault({}).describe('How those who fix are brought together.'),
  decisions: Decisions.prefault({}).describe('Decisions that change the way of an incident.'),
  branches: z.array(z.string().min(1).max(40)).max(60).default([]).describe('The branches that are supported, for steps and patches.'),
  steps: Steps.describe('What is done by hand in every incident.'),
  cve: Cve.prefault({}).describe('How CVE ids are asked for.'),
  catalogue: Catalogue.optional().describe('A severity catalogue beside CVSS, for /classify.'),
  notice: Notice.prefault({}).describe('The embargoed notice to distributors.'),
  headsUp: HeadsUp.optional().describe('The public word, before the fix is out, that one will come: date and mitigation, no details.'),
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
      replyTo: z
        .email({ error: 'expected a mail address' })
        .optional()
        .describe('Where answers to what is public go, such as a public list; absent: to the team.'),
      signedBy: z.enum(['team', 'lead']).default('team').describe('Who signs what is public: the team, or the lead by name for the team.'),
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
