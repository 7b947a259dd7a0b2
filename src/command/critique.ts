// /critique: what went well and what did not; it becomes part of the retrospective (S1-102).
import { defineCommand, happened, refuse } from '#command/command.ts';

export const critique = defineCommand({
  word: 'critique',
  help: 'Say for the retrospective what went well, what did not, and what to change. Write about the process, not about people.',
  examples: ['/critique\nThe distributors asked twice for the patch; it should be in the first notice.\n/end'],
  who: ['member', 'release-manager', 'fix-team'],
  proof: 'domain',
  changes: true,
  args: {},
  text: 'required',
  decide({ text = '' }, { incident, by }) {
    if (incident.reviewedAt) return refuse('The retrospective is released already.');
    return happened('Kept for the retrospective.', { type: 'critique-given', by: by.who, text });
  },
});
