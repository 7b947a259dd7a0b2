// /cve: asks the CNA for an id, records one, gives it up, or says that its record is published.
import { z } from 'zod';
import { type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { gate } from '#command/gate.ts';
import { requestAdvice, usedBy } from '#incident/cve.ts';

export const cve = defineCommand({
  word: 'cve',
  help: 'Request a CVE id from the CNA (request), record one, give it up (reject), or say that its record is published (published).',
  examples: ['/cve request', '/cve CVE-1900-0001', '/cve reject because it is a duplicate', '/cve published'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  looks: ['cve-ids'],
  args: { id: z.string().max(40) },
  because: 'optional',
  decide({ id, because }, situation) {
    const { closedAt, verdict } = situation.incident;
    const word = id.toLowerCase();
    // An id is given up, and its record published, also after the end.
    if (word !== 'reject' && word !== 'published' && (closedAt || verdict?.is === 'declined'))
      return refuse(`This incident is ${closedAt ? 'closed' : 'declined'}. /reopen comes first.`);
    switch (word) {
      case 'request':
        return request(because, situation);
      case 'reject':
        return reject(because, situation);
      case 'published':
        return published(because, situation);
      default:
        return record(id, because, situation);
    }
  },
});

function request(because: string | undefined, { incident, by, policy, roster, now }: IncidentSituation): Decision {
  const { cve: known } = incident;
  if (!roster.cna) return refuse('The roster names no CNA. Get an id by other means and record it: /cve CVE-….');
  if (known.state === 'assigned') return refuse(`This incident has ${known.id} already.`);
  const again = known.state === 'requested' ? ['It is requested already; the answer is awaited. /cve <id> records it.'] : [];
  // What was asked once is asked again as it is.
  const advice = again.length > 0 ? again : requestAdvice(incident, policy, now);
  const held = gate(advice, because, 'To request it all the same: /cve request');
  if (held) return held;
  return happened(`Requested from ${roster.cna.name}.`, { type: 'cve-requested', by: by.who, ...(because && { because }) });
}

function reject(because: string | undefined, { incident, by, roster }: IncidentSituation): Decision {
  const { cve: known } = incident;
  if (known.state === 'none' || known.state === 'rejected') return refuse('There is no CVE id and no request to give up.');
  if (incident.announcedAt) return refuse('The id is public already; it is rejected with the CNA, not here.');
  const told = roster.cna ? ` ${roster.cna.name} is told${because ? ', with your reason' : ''}.` : '';
  return happened(`Given up.${told}`, {
    type: 'cve-rejected',
    by: by.who,
    ...(known.id && { cve: known.id }),
    ...(because && { because }),
  });
}

function published(because: string | undefined, { incident, by }: IncidentSituation): Decision {
  const { cve: known } = incident;
  if (!known.id) return refuse('This incident has no CVE id whose record could be published.');
  if (incident.cvePublishedAt) return refuse(`The record of ${known.id} is published already.`);
  const early = incident.announcedAt ? [] : ['This incident is not public yet, so its record must not be.'];
  const held = gate(early, because, 'If it is out all the same: /cve published');
  if (held) return held;
  return happened(`The record of ${known.id} is published.`, { type: 'cve-published', by: by.who, ...(because && { because }) });
}

function record(id: string, because: string | undefined, { incident, by, others }: IncidentSituation): Decision {
  const cveId = id.toUpperCase();
  if (!/^CVE-\d{4}-\d{4,19}$/.test(cveId))
    return refuse(`"${id}" is no CVE id; one looks like CVE-1900-0001. Or write request, reject, or published.`);
  if (incident.cve.id === cveId) return refuse(`${cveId} is recorded already.`);
  const user = usedBy(cveId, incident, others);
  // Whoever only sits with the team here is told of no other incident (S2-32).
  const whose = by.roles.includes('member') ? `belongs to ${user?.id}` : 'is in use';
  if (user) return refuse(`${cveId} ${whose} already; one id names one vulnerability.`);
  const replaced = incident.cve.id === undefined ? [] : [`This incident has ${incident.cve.id}, which the CNA is to hear is not used.`];
  const held = gate(replaced, because, `To put this one in its place: /cve ${cveId}`);
  if (held) return held;
  const late = incident.announcedAt ? ' The announcement did not name it: /draft announcement and /announce say so.' : '';
  return happened(`Recorded ${cveId}.${late}`, { type: 'cve-assigned', by: by.who, cve: cveId, ...(because && { because }) });
}
