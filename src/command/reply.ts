// /reply: an answer to the reporter, in the team's name.
import { defineCommand } from '#command/command.ts';
import { toReporter } from '#command/to-reporter.ts';

export const reply = defineCommand({
  word: 'reply',
  help: "Answer the reporter in the team's name. Only this text reaches them.",
  examples: ['/reply\nThank you, we can reproduce it.\n/end'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  args: {},
  text: 'required',
  decide: ({ text = '' }, situation) => toReporter(text, false, situation),
});
