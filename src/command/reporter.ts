// /reporter: names the person who reported, where the mail itself did not tell (a forwarded report, a platform's notification).
import { z } from 'zod';
import { defineCommand, happened, refuse } from '#command/command.ts';

// Mail programs write addresses in angle brackets.
function bare(written: unknown): unknown {
  return typeof written === 'string' ? written.replace(/^<|>$/g, '') : written;
}

export const reporter = defineCommand({
  word: 'reporter',
  help: 'Name the reporter of a forwarded report; they get the acknowledgement.',
  examples: ['/reporter reporter@example.net'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  args: { address: z.preprocess(bare, z.email({ error: 'is no mail address' }).max(254)) },
  decide({ address }, { incident, by }) {
    const wanted = address.toLowerCase();
    if (incident.reporter?.address === wanted) return refuse(`${wanted} is the reporter already.`);
    return happened(`The reporter is ${wanted}.`, { type: 'reporter-named', by: by.who, reporter: { address: wanted, name: '' } });
  },
});
