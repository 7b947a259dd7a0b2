// /list: the incidents of the team, one line each.

import { guards, rows } from '#test/command/table.ts';
import { accepted, closed, field, idOf, incident, scheduled } from '#test/situation.ts';

const first = incident(accepted, scheduled(), field('title', 'A flaw'));
const second = { ...incident(closed), id: idOf('SRC-000001') };
guards('/list');

rows(
  {
    it: 'lists what is open',
    others: [first, second],
    order: '/list',
    answers: 'SRC-4F7K2M | accepted | not rated | lead | since 2026-03-02 12:00 UTC | public 2026-03-16 16:00 UTC | A flaw',
  },
  {
    it: 'lists everything',
    others: [second],
    order: '/list all',
    answers: 'SRC-000001 | closed | not rated | lead | since 2026-03-02 12:00 UTC | path traversal',
  },
  { it: 'says that there are none', order: '/list', answers: 'No open incidents.' },
  { it: 'says that there were never any', order: '/list all', answers: 'No incidents.' },
  { it: 'refuses another word', order: '/list closed', refuses: '"closed" is neither open nor all. Write: /list [which]' },
);
