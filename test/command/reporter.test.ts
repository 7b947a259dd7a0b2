// /reporter: names who reported.

import { guards, rows } from '#test/command/table.ts';
import { anonymous } from '#test/situation.ts';

guards('/reporter other@example.net');

rows(
  {
    it: 'names the reporter in lower case (S4-04)',
    after: [anonymous],
    order: '/reporter Other@Example.NET',
    answers: 'The reporter is other@example.net.',
    happens: [{ type: 'reporter-named', by: 'lead', reporter: { address: 'other@example.net', name: '' } }],
  },
  {
    it: 'refuses the one who is it already',
    order: '/reporter reporter@example.net',
    refuses: 'reporter@example.net is the reporter already.',
  },
  {
    it: 'refuses what is no address',
    order: '/reporter nobody',
    refuses: '"nobody" is no mail address. Write: /reporter <address>',
  },
  { it: 'misses the address', order: '/reporter', refuses: '<address> is missing. Write: /reporter <address>' },
  {
    it: 'takes an address as mail programs write it (S4-04)',
    order: '/reporter <finder@example.com>',
    answers: 'The reporter is finder@example.com.',
    happens: [{ type: 'reporter-named', by: 'lead', reporter: { address: 'finder@example.com', name: '' } }],
  },
);
