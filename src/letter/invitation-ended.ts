// Tells somebody that they no longer belong to the fix team: the terms of the embargo still hold. Without contents, and without the reason.
import { z } from 'zod';
import { defineLetter } from '#letter/define.ts';
import { line } from '#letter/fact.ts';

export const invitationEnded = defineLetter({
  kind: 'invitation-ended',
  audience: 'fix-team',
  help: 'Tells somebody that they no longer belong to the fix team of an incident and that the embargo still holds. Without contents.',
  facts: z.strictObject({ id: line }),
  sample: { id: 'SRC-4F7K2M' },
  contents: false,
  autoSubmitted: 'auto-generated',
  html: false,
});
