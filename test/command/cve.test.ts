// /cve: request, record, give up.

import { guards, rows } from '#test/command/table.ts';
import { announced, cve } from '#test/situation.ts';

guards('/cve request');

rows(
  {
    it: 'requests an id from the CNA (S2-63, S4-32)',
    order: '/cve request',
    answers: 'Requested from Example CNA.',
    happens: [{ type: 'cve-requested', by: 'lead' }],
  },
  {
    it: 'requests once',
    after: [{ type: 'cve-requested', by: 'lead' }],
    order: '/cve request',
    refuses: 'It is requested already; the answer is awaited. /cve <id> records it.',
  },
  { it: 'does not request what is there', after: [cve], order: '/cve request', refuses: 'This incident has CVE-1900-0001 already.' },
  {
    it: 'says what to do without a CNA',
    roster: { cna: undefined },
    order: '/cve request',
    refuses: 'The roster names no CNA. Get an id by other means and record it: /cve CVE-….',
  },
  {
    it: 'records an id written in any case',
    order: '/cve cve-1900-12345',
    answers: 'Recorded CVE-1900-12345.',
    happens: [{ type: 'cve-assigned', by: 'lead', cve: 'CVE-1900-12345' }],
  },
  {
    it: 'refuses what is no id',
    order: '/cve CVE-1900-1',
    refuses: '"CVE-1900-1" is no CVE id; one looks like CVE-1900-0001. Or write request, or reject.',
  },
  { it: 'records once', after: [cve], order: '/cve CVE-1900-0001', refuses: 'CVE-1900-0001 is recorded already.' },
  {
    it: 'gives an id up with its reason',
    after: [cve],
    order: '/cve reject because it is a duplicate',
    answers: 'Given up.',
    happens: [{ type: 'cve-rejected', by: 'lead', cve: 'CVE-1900-0001', because: 'it is a duplicate' }],
  },
  { it: 'has nothing to give up', order: '/cve reject', refuses: 'There is no CVE id and no request to give up.' },
  {
    it: 'does not give up what is public',
    after: [cve, announced],
    order: '/cve reject',
    refuses: 'The id is public already; it is rejected with the CNA, not here.',
  },
  { it: 'misses the id', order: '/cve', refuses: 'The id is missing. Write: /cve <id> [because <reason>]' },
);
