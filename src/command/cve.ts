// /cve: asks the CNA for an id, records one, or gives it up.
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';

export const cve = defineCommand({
  word: 'cve',
  help: 'Request a CVE id from the CNA (request), record one, or give it up (reject).',
  examples: ['/cve request', '/cve CVE-1900-0001', '/cve reject because it is a duplicate'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: { id: z.string().max(40) },
  because: 'optional',
  decide({ id, because }, { incident, by, roster }) {
    const known = incident.cve;
    if (id === 'request') {
      if (!roster.cna) return refuse('The roster names no CNA. Get an id by other means and record it: /cve CVE-….');
      if (known.state === 'requested') return refuse('It is requested already; the answer is awaited. /cve <id> records it.');
      if (known.state === 'assigned') return refuse(`This incident has ${known.id} already.`);
      return happened(`Requested from ${roster.cna.name}.`, { type: 'cve-requested', by: by.who });
    }
    if (id === 'reject') {
      if (known.state === 'none') return refuse('There is no CVE id and no request to give up.');
      if (incident.announcedAt) return refuse('The id is public already; it is rejected with the CNA, not here.');
      return happened('Given up.', { type: 'cve-rejected', by: by.who, ...(known.id && { cve: known.id }), ...(because && { because }) });
    }
    const cveId = id.toUpperCase();
    if (!/^CVE-\d{4}-\d{4,19}$/.test(cveId))
      return refuse(`"${id}" is no CVE id; one looks like CVE-1900-0001. Or write request, or reject.`);
    if (known.id === cveId) return refuse(`${cveId} is recorded already.`);
    return happened(`Recorded ${cveId}.`, { type: 'cve-assigned', by: by.who, cve: cveId });
  },
});
