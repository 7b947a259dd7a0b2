// /ask: a question to the reporter, in the team's name.
import { defineCommand } from '#command/command.ts';
import { toReporter } from '#command/to-reporter.ts';

export const ask = defineCommand({
  word: 'ask',
  help: "Ask the reporter a question in the team's name. Only this text reaches them.",
  examples: ['/ask Which version did you test?'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  args: {},
  text: 'required',
  decide: ({ text = '' }, situation) => toReporter(text, true, situation),
});
