// /note: something to keep with the incident; the team reads it, nobody else.
import { defineCommand, happened } from '#command/command.ts';

export const note = defineCommand({
  word: 'note',
  help: 'Keep a note with the incident, for the team only.',
  examples: ['/note Reproduced on 1.31 and 1.32.'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  args: {},
  text: 'required',
  decide: ({ text = '' }, { by }) => happened('Noted.', { type: 'noted', by: by.who, text }),
});
