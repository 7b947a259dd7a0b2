// Something needs a person, said without contents.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const alarm = defineLetter({
  kind: 'alarm',
  audience: 'team',
  help: 'Says that something needs a person: a mail set aside, a letter that could not leave. Without contents.',
  facts: z.strictObject({ id: line.optional(), what: line, advice: line }),
  sample: {
    id: 'SRC-4F7K2M',
    what: 'A mail could not be decrypted and lies in the folder Shunted.',
    advice: 'Open the folder, look at the mail, and ask the sender to encrypt to the current key of the team.',
  },
  contents: false,
  perishable: true,
  autoSubmitted: 'auto-generated',
  html: false,
});
