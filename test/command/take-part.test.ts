// /take-part: whoever was asked says so, or somebody else does while nobody has.

import { given, withParts } from '#test/command/parts-of.ts';
import { guards, rows } from '#test/command/table.ts';
import { closed, member } from '#test/situation.ts';

guards('/take-part triage', [given], withParts);

rows(
  {
    it: 'waits for the incident to be open again',
    ...withParts,
    after: [given, closed],
    order: '/take-part triage',
    refuses: 'This incident is closed. /reopen comes first.',
  },
  {
    it: 'whoever was asked has it once they say so (S2-36)',
    ...withParts,
    after: [given],
    order: '/take-part triage',
    answers: 'The part "triage" is yours.',
    happens: [{ type: 'part-taken', part: 'triage', by: 'lead' }],
  },
  {
    it: 'until then somebody else may, and the first one wins (S2-28)',
    ...withParts,
    after: [given],
    by: member('third'),
    order: '/take-part triage',
    answers: 'The part "triage" is yours.',
    happens: [{ type: 'part-taken', part: 'triage', by: 'third' }],
  },
  {
    it: 'a later one is told who has it (S2-28)',
    ...withParts,
    after: [given, { type: 'part-taken', part: 'triage', by: 'third' }],
    order: '/take-part triage',
    refuses: 'third has the part "triage". Ask for it: they can write /pass triage because <reason>.',
  },
  {
    it: 'twice changes nothing',
    ...withParts,
    after: [given, { type: 'part-taken', part: 'triage', by: 'lead' }],
    order: '/take-part triage',
    refuses: 'You have the part "triage" already.',
  },
  {
    it: 'an unknown part is answered with those there are',
    ...withParts,
    order: '/take-part constructor',
    refuses: 'There is no part "constructor". Parts: triage, build.',
  },
  { it: 'leading has a word of its own', ...withParts, order: '/take-part lead', refuses: 'Leading the fix is taken with /lead me.' },
  { it: 'a process without parts does not use it', order: '/take-part triage', refuses: 'This team does not use /take-part.' },
);
