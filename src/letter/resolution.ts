// It is public: the announcement and our thanks, to the reporter.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line, prose } from '#letter/fact.ts';

export const resolution = defineLetter({
  kind: 'resolution',
  audience: 'reporter',
  help: 'Tells the reporter that the issue is public, with the text of the announcement.',
  facts: z.strictObject({ id: line, text: prose, cve: line.optional() }),
  sample: {
    id: 'SRC-4F7K2M',
    text: 'An archive can write outside its target folder.\n\nFixed in 2.3.1.',
    cve: 'CVE-1900-0001',
  },
  contents: true,
  autoSubmitted: 'no',
  html: false,
});
