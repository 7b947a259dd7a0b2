// /set: what the advisory will say.

import { guards, rows } from '#test/command/table.ts';
import { drafted, field, noticed, ready } from '#test/situation.ts';

guards('/set title A flaw');

rows(
  {
    it: 'writes a field of one line (S1-95)',
    order: '/set Title A flaw',
    answers: 'Written: title.',
    happens: [field('title', 'A flaw')],
  },
  {
    it: 'writes a field of several lines (S1-96)',
    order: '/set mitigation\nFirst.\n\nThen.\n/end',
    answers: 'Written: mitigation.',
    happens: [field('mitigation', 'First.\n\nThen.')],
  },
  {
    it: 'says which drafts do not change by themselves',
    after: [...ready('notice'), drafted('retrospective'), drafted('announcement', 'ffffffff', true)],
    order: '/set impact more',
    answers: 'Written: impact. Drafts do not change by themselves: /draft notice makes them anew.',
    happens: [field('impact', 'more')],
  },
  {
    it: 'refuses a field nobody knows',
    order: '/set colour red',
    refuses:
      'The advisory has no field "colour". It has: title, impact, conditions, affected, fixed, mitigation, detection, details, patches, deployment, upgrade, credit, references, latest.',
  },
  {
    it: "refuses a field that is only everybody's",
    order: '/set constructor x',
    refuses:
      'The advisory has no field "constructor". It has: title, impact, conditions, affected, fixed, mitigation, detection, details, patches, deployment, upgrade, credit, references, latest.',
  },
  {
    it: 'refuses what it says already',
    after: [field('title', 'A flaw')],
    order: '/set title A flaw',
    refuses: 'That stands there already: title.',
  },
  { it: 'misses the text', order: '/set title', refuses: 'The text is missing. Write: /set <field> <text, or lines up to /end>' },
  {
    it: 'warns that distributors hold other patches (S1-90)',
    after: [field('patches', 'https://example.org/1.patch'), noticed],
    order: '/set patches https://example.org/2.patch',
    answers:
      'Written: patches. The patches are frozen since the notice: the distributors who have it need a new one, by /draft notice and /notify.',
    happens: [field('patches', 'https://example.org/2.patch')],
  },
  {
    it: 'proposes the next patch release (S4-28)',
    order: '/set latest v0.12.0',
    answers: 'Written: latest. The next patch release: v0.12.1. To say so: /set fixed v0.12.1',
    happens: [field('latest', 'v0.12.0')],
  },
  ...[`/set title ${'a'.repeat(201)}`, '/set title\nA flaw\nBcc: somebody\n/end'].map((order) => ({
    it: `takes a title of one line only: ${order.slice(0, 20)}`,
    order,
    refuses: 'The title is one line of 200 characters at most; /set details takes what is longer.',
  })),
);
