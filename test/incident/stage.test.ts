// The stage in one word, always derived from what happened.
import { expect, test } from 'vitest';
import { isEmbargoed, isOpen, stageOf } from '#incident/stage.ts';
import { accepted, announced, announcementSet, closed, incident, noticed, reviewed, scheduled } from '#test/situation.ts';

const declined = { type: 'declined', by: 'lead', class: 'x' } as const;

test.each([
  ['reported', [], true, true],
  ['accepted', [accepted], true, true],
  ['declined', [declined], true, true],
  ['notified', [accepted, noticed], true, true],
  ['announcing', [accepted, noticed, scheduled(), announcementSet], true, true],
  ['announced', [accepted, noticed, announced], true, false],
  ['retrospective', [accepted, announced, reviewed], true, false],
  ['closed', [accepted, announced, reviewed, closed], false, false],
  ['closed', [{ type: 'spam-marked', by: 'lead' } as const], false, true],
  ['triaged', [declined, { type: 'reopened', by: 'lead' } as const], true, true],
] as const)('%s', (stage, events, open, embargoed) => {
  const known = incident(...events);
  expect([stageOf(known), isOpen(known), isEmbargoed(known)]).toEqual([stage, open, embargoed]);
});
