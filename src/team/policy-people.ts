// The people of a policy: who commands and leads, the standing parts and how they go round, and how a fix team is brought together.
import { z } from 'zod';
import { Word } from '#team/policy-word.ts';

/** A part that somebody has in every incident beside the commander and the lead: triage, infrastructure, disclosure. */
const Part = z.strictObject({
  title: z.string().min(1).max(60).describe('What people call the part.'),
  duties: z.string().min(1).max(400).describe('What whoever has it does, told to them.'),
  by: z
    .enum(['week', 'queue'])
    .default('week')
    .describe('week: each week has a first and a second person; queue: the first of an ordered list takes it and goes to its end.'),
  owns: z
    .array(Word)
    .max(40)
    .default([])
    .describe(
      'What whoever has it is reminded of first, in the place of lead and commander: words of reminders (triage, cve-request, announcement …), keys of steps, or "draft" for drafts to be read.',
    ),
});

/** Names that mean the parts every process may have beside its standing ones. */
const ownParts = ['commander', 'lead'];

/** Who has which part. */
export const Parts = z.strictObject({
  commander: z
    .enum(['oncall', 'none'])
    .default('oncall')
    .describe('Whether an incident has a commander: who is on call when it comes, or nobody.'),
  lead: z
    .enum(['round-robin', 'none'])
    .default('round-robin')
    .describe('Whether an incident has a fix lead: a volunteer or whose turn it is, or nobody; then every member speaks for the team.'),
  standing: z
    .record(
      Word.refine((name) => !ownParts.includes(name), { error: 'commander and lead are parts of their own; choose another name' }),
      Part,
    )
    .default({})
    .describe('Parts that somebody has in every incident; roster.yaml says who takes turns.'),
  passing: z
    .enum(['keeps-turn', 'loses-turn'])
    .default('keeps-turn')
    .describe('Whether somebody who passes a part of a queue stays at its head for the next incident.'),
  associatesLead: z
    .enum(['never', 'public', 'public-or-low-sensitivity'])
    .default('never')
    .describe('Which incidents an associate may lead: none, those that are public already, or also those of low sensitivity.'),
});

/** How those who fix are brought in. */
export const FixTeam = z.strictObject({
  from: z
    .enum(['invited', 'team'])
    .default('invited')
    .describe('invited: people are asked for each incident; team: the team itself fixes, and others are asked where they are needed.'),
  due: z.boolean().default(true).describe('Whether somebody is reminded while nobody is invited; spans.fixTeam says from when.'),
  releaseManagers: z.boolean().default(false).describe('Whether the release managers are proposed with the engineers.'),
  proposed: z
    .enum(['approvers', 'approvers-and-reviewers', 'maintainers'])
    .default('approvers-and-reviewers')
    .describe('Who of an owners file is proposed.'),
  access: z.enum(['must', 'may', 'none']).default('may').describe('Whether the fix team gets access to a private repository.'),
  repository: z
    .string()
    .min(1)
    .max(200)
    .default('the private security repository')
    .describe('What access is asked for, as the administrator is told; nothing of an incident stands in it.'),
  viewers: z
    .array(z.enum(['member', 'release-manager', 'engineer']))
    .default([])
    .describe('Who sees the private repository anyway, beside those who are granted access for an incident.'),
  removal: z
    .enum(['release', 'close', 'none'])
    .default('close')
    .describe('When access must be taken away again: on the day of release, before the incident is closed, or no rule.'),
  overview: z.boolean().default(false).describe('Whether an invitation holds the overview of the process.'),
  terms: z
    .string()
    .min(1)
    .max(2000)
    .default('What you learn here is under embargo: speak of it with nobody outside this thread until it is public.')
    .describe('The terms of the embargo, in every invitation and every first mail of an incident.'),
});
