// From report to release as a policy sees it: the public path, decisions with a threshold, steps to be ticked off, the CVE.
import { z } from 'zod';
import { Day, Lapse, lapsing, Word } from '#team/policy-word.ts';

const Score = z.number().min(0).max(10);
const post = z.boolean().default(true).describe('Whether the decision and its reason are mailed to the whole team.');

/** What is tried with a report that is public already, and from when everything is due at once. */
export const Exposure = z.strictObject({
  asap: z.boolean().default(true).describe('Whether everything is due at once when a report is public already.'),
  from: Score.default(0).describe('The least CVSS score for that; unrated counts as enough.'),
  ask: z.boolean().default(true).describe('Whether whoever published it is asked to go on in private.'),
});

/** Noise that a rule recognises. */
const Noise = z.strictObject({
  words: z
    .array(z.string().min(3).max(80))
    .min(1)
    .max(40)
    .describe('What such reports say, any case, white space as one blank; the more of it, the surer.'),
  least: z.int().min(1).max(40).default(2).describe('How many of these it takes.'),
  class: Word.describe('The class of /decline that is suggested.'),
});

/** How a report is judged. */
export const Triage = z.strictObject({
  priority: z.boolean().default(false).describe('Whether /accept needs a priority.'),
  noise: z
    .record(Word, Noise)
    .default({})
    .describe('Reports of a kind that comes again and again: recognised and suggested to the team, never answered by the machine.'),
});

const Below = z.strictObject({
  below: Score.describe('The CVSS score that the incident must be under; else it takes a reason against the advice.'),
  post,
});

/** Decisions that change the way of an incident; one that is absent is not part of the process. */
export const Decisions = z.strictObject({
  slow: Below.extend({
    orLowRisk: z.boolean().default(true).describe('Whether a risk that the lead calls low is enough.'),
    by: Lapse.describe('How much longer fix, plan and release may take then.'),
  })
    .optional()
    .describe('Slowing the process down.'),
  semiPublic: Below.optional().describe('Fixing in public while the security side stays private.'),
  early: z
    .strictObject({
      scopes: z.array(Word).max(20).default([]).describe('Scopes of the catalogue whose flaws need somebody to do something.'),
      post,
    })
    .optional()
    .describe('Disclosing before there is a fix: with user interaction, or where it is easily mitigated.'),
  release: z
    .strictObject({
      outOfBand: z
        .array(z.enum(['low', 'medium', 'high', 'critical']))
        .min(1)
        .describe('Severities that get a release of their own.'),
      next: z.array(Day).max(200).default([]).describe('Days of the regular patch releases.'),
      post,
    })
    .optional()
    .describe('A release of its own, or with the next patch release.'),
  distributors: z
    .strictObject({
      effects: z.array(Word).max(20).default([]).describe('Effects of the catalogue that speak for it, as being open to the network does.'),
      post,
    })
    .optional()
    .describe('Whether the distributors hear of it early; where notice.duty is decision.'),
  emergency: z.strictObject({ post }).optional().describe('Shortening the windows for critical, high and public issues.'),
  sensitivity: z.strictObject({ post }).optional().describe('Calling an incident of low sensitivity.'),
});

/** One thing to be done in every incident, by hand, and said with /done. */
const Step = z.strictObject({
  key: Word.describe('What it is called in commands.'),
  what: z.string().min(1).max(300).describe('What is to be done.'),
  owner: z.enum(['lead', 'commander', 'fix-team', 'release-manager', 'member']).default('lead').describe('Whose it is.'),
  phase: z
    .enum(['fix', 'release', 'after'])
    .describe('fix: before the fix is ready; release: before it is announced; after: before the incident is closed.'),
  eachBranch: z.boolean().default(false).describe('Whether it is done for each supported branch.'),
  eachPatch: z
    .boolean()
    .default(false)
    .describe('Whether it is done for each patch that is named or attached, with /lgtm, by somebody else than whoever brought it.'),
  gate: z.enum(['notice', 'announcement', 'close']).optional().describe('What it holds up: going on without it takes a reason.'),
  ahead: Lapse.optional().describe('How long before the public date it must be done; absent: at the public date. Not for the phase after.'),
  within: lapsing('1d', 'How long after the announcement it must be done; for the phase after only.'),
  tell: Lapse.optional().describe(
    'How long before the public date those who own it are told by mail that its time has come; what is told within notice.final of it (a day, where that is absent) waits for the confirmed announcement and the final notice. Absent: they are not told.',
  ),
});
export type Step = z.infer<typeof Step>;

/** The things to be done, in their order. */
export const Steps = z
  .array(Step)
  .max(60)
  .default([])
  .refine((steps) => new Set(steps.map(({ key }) => key)).size === steps.length, { error: 'expected every key once' });

/** How an id is asked for. */
export const Cve = z.strictObject({
  when: z
    .enum(['development', 'release'])
    .default('development')
    .describe('When it is asked for: while the fix is made, or on the day of release.'),
  every: z.boolean().default(false).describe('Whether every accepted incident needs a request; else those that are worth it.'),
  fields: z
    .array(z.string())
    .default(['title', 'impact', 'affected'])
    .describe('What a request cannot do without: fields of the advisory, or cvss.'),
  proof: z
    .enum(['domain', 'signed'])
    .optional()
    .describe(
      'How well a reply of the authority must be known for the id in it to be taken by itself; absent: as well as a command. Less is shown to the team.',
    ),
  within: lapsing('7d', 'From accept until it is asked for, where every incident needs one and it is asked for in development.'),
});
