// /accept: the report is a vulnerability; the reporter hears so (S4-03), also after a decline; some teams say how soon it is dealt with (S3-13).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';
import { type Priority, priorities } from '#incident/event.ts';

export const accept = defineCommand({
  word: 'accept',
  help: 'Accept the report as a vulnerability and tell the reporter; text is added to that letter. Where the team asks for it: with a priority.',
  examples: ['/accept', '/accept high', '/accept\nWe expect a fix within two weeks.\n/end'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: { priority: z.string().max(60).optional() },
  text: 'optional',
  decide({ priority: word, text: rest }, { incident, by, policy }) {
    if (incident.verdict?.is === 'accepted') return refuse('This report is accepted already.');
    const priority = priorities.find((known) => known === word?.toLowerCase());
    if (policy.triage.priority && !priority) {
      const wrong = word === undefined ? '' : `"${word}" is no priority. `;
      return refuse(`${wrong}This team accepts with a priority: /accept ${priorities.join(', /accept ')}; a text may follow.`);
    }
    // Where no priority is asked for, the line may be a text for the reporter.
    const text = priority ? rest : [word, rest].filter(Boolean).join(word && rest?.includes('\n') ? '\n' : ' ');
    const told = incident.reporter ? 'The reporter is told.' : 'No reporter is known, so nobody is told: /reporter <address> names one.';
    const again = incident.verdict?.is === 'declined';
    return happened(`${again ? 'Accepted after all' : 'Accepted'}${priority ? `, priority ${priority}` : ''}. ${told}`, {
      type: 'accepted',
      by: by.who,
      ...(text && { text }),
      ...(priority && { priority: priority satisfies Priority }),
      ...(again && { again }),
    });
  },
});
