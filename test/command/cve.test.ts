// /cve: request, record, give up, published.

import type { Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, closed, cve, field, idOf, incident, scheduled } from '#test/situation.ts';

const known = [field('title', 'A flaw'), field('impact', 'Much'), field('affected', '1')];
const requested: Event = { type: 'cve-requested', by: 'lead' };
const exposed: Event = { type: 'exposed', by: 'lead' };
const newcomerLeads: Event = { type: 'lead-chosen', by: 'lead', lead: 'newcomer', how: 'named' };
const another: Incident = { ...incident(cve), id: idOf('SRC-0THER7') };
guards('/cve request', known);

rows(
  {
    it: 'requests an id from the CNA (S2-63, S4-32)',
    after: known,
    order: '/cve request',
    answers: 'Requested from Example CNA.',
    happens: [{ type: 'cve-requested', by: 'lead' }],
  },
  {
    it: 'requests once',
    after: [{ type: 'cve-requested', by: 'lead' }],
    order: '/cve request',
    refuses:
      'It is requested already; the answer is awaited. /cve <id> records it. To request it all the same: /cve request because <reason>.',
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
    refuses: '"CVE-1900-1" is no CVE id; one looks like CVE-1900-0001. Or write request, reject, or published.',
  },
  { it: 'records once', after: [cve], order: '/cve CVE-1900-0001', refuses: 'CVE-1900-0001 is recorded already.' },
  {
    it: 'gives an id up with its reason',
    after: [cve],
    order: '/cve reject because it is a duplicate',
    answers: 'Given up. Example CNA is told, with your reason.',
    happens: [{ type: 'cve-rejected', by: 'lead', cve: 'CVE-1900-0001', because: 'it is a duplicate' }],
  },
  { it: 'has nothing to give up', order: '/cve reject', refuses: 'There is no CVE id and no request to give up.' },
  {
    it: 'does not give up what is public',
    after: [cve, announced],
    order: '/cve reject',
    refuses: 'The id is public already; it is rejected with the CNA, not here.',
  },
  { it: 'misses the id', order: '/cve', refuses: '<id> is missing. Write: /cve <id> [because <reason>]' },
  {
    it: 'requests again for a reason',
    after: [requested],
    order: '/cve request because they never answered',
    answers: 'Requested from Example CNA.',
    happens: [{ ...requested, because: 'they never answered' } as never],
  },
  {
    it: 'names each field that a request cannot do without (S4-33)',
    policy: { cve: { fields: ['details', 'impact', 'affected', 'fixed', 'cvss', 'references'] } },
    after: [field('impact', 'Much'), field('affected', '1')],
    order: '/cve request',
    refuses:
      'Still missing: details, fixed, cvss, references. /set details <text>, /set fixed <text>, /severity <vector>, /set references <text>. To request it all the same: /cve request because <reason>.',
  },
  {
    it: 'waits for the day of release where the policy does (S4-32)',
    policy: { cve: { when: 'release', fields: [] } },
    after: [accepted, scheduled()],
    order: '/cve request',
    refuses:
      'This team asks for an id on the day of release, 2026-03-16 16:00 UTC. To request it all the same: /cve request because <reason>.',
  },
  {
    it: 'asks on that day, before the hour of release (S4-32)',
    policy: { cve: { when: 'release', fields: [] } },
    after: [accepted, scheduled()],
    now: new Date('2026-03-16T08:00:00Z'),
    order: '/cve request',
    answers: 'Requested from Example CNA.',
    happens: [requested],
  },
  {
    it: 'refuses an id that another incident has',
    others: [another],
    order: '/cve CVE-1900-0001',
    refuses: 'CVE-1900-0001 belongs to SRC-0THER7 already; one id names one vulnerability.',
  },
  {
    it: 'works for an associate who leads, and tells them of no other incident (S2-32, S2-33)',
    by: { who: 'newcomer', name: 'Newcomer', address: 'newcomer@example.org', roles: ['associate'], proof: 'signed' },
    others: [another],
    after: [exposed, newcomerLeads],
    order: '/cve CVE-1900-0001',
    refuses: 'CVE-1900-0001 is in use already; one id names one vulnerability.',
  },
  {
    it: 'is requested by an associate who leads as by any lead (S2-33, S2-63)',
    by: { who: 'newcomer', name: 'Newcomer', address: 'newcomer@example.org', roles: ['associate'], proof: 'signed' },
    after: [...known, exposed, newcomerLeads],
    order: '/cve request',
    answers: 'Requested from Example CNA.',
    happens: [{ type: 'cve-requested', by: 'newcomer' }],
  },
  {
    it: 'is not in its own way',
    others: [incident(cve)],
    after: [requested],
    order: '/cve CVE-1900-0001',
    answers: 'Recorded CVE-1900-0001.',
    happens: [cve],
  },
  {
    it: 'says how an id that comes late is told (S4-35)',
    after: [announced],
    order: '/cve CVE-1900-0001',
    answers: 'Recorded CVE-1900-0001. The announcement did not name it: /draft announcement and /announce say so.',
    happens: [cve],
  },
  {
    it: 'keeps that the record is published',
    after: [cve, announced],
    order: '/cve published',
    answers: 'The record of CVE-1900-0001 is published.',
    happens: [{ type: 'cve-published', by: 'lead' }],
  },
  {
    it: 'warns of a record before the announcement',
    after: [cve],
    order: '/cve published',
    refuses: 'This incident is not public yet, so its record must not be. If it is out all the same: /cve published because <reason>.',
  },
  { it: 'has no record without an id', order: '/cve published', refuses: 'This incident has no CVE id whose record could be published.' },
  {
    it: 'does not put one id in the place of another by a slip',
    after: [cve],
    order: '/cve CVE-1900-0002',
    refuses:
      'This incident has CVE-1900-0001, which the CNA is to hear is not used. To put this one in its place: /cve CVE-1900-0002 because <reason>.',
  },
  {
    it: 'puts another id in its place for a reason, and keeps it (S1-49)',
    after: [cve],
    order: '/cve CVE-1900-0002 because the first was for another flaw',
    answers: 'Recorded CVE-1900-0002.',
    happens: [{ type: 'cve-assigned', by: 'lead', cve: 'CVE-1900-0002', because: 'the first was for another flaw' }],
  },
  ...['/cve request', '/cve CVE-1900-0002'].flatMap((order) => [
    {
      it: `is not for what was declined: ${order}`,
      after: [...known, { type: 'declined', by: 'lead', class: 'hardening' } as Event],
      order,
      refuses: 'This incident is declined. /reopen comes first.',
    },
    {
      it: `is not for what is closed: ${order}`,
      after: [...known, closed],
      order,
      refuses: 'This incident is closed. /reopen comes first.',
    },
  ]),
);
