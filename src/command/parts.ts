// /parts: who has each part of the incident, and whose weeks or turns come (S2-35, S2-39).
import { answered, defineGeneralCommand, type Situation } from '#command/command.ts';
import { awayIn } from '#command/on-call.ts';
import type { Incident } from '#incident/incident.ts';
import { partWords } from '#incident/part.ts';
import { lineFor } from '#incident/part-line.ts';
import { lineAt, turnOf } from '#team/oncall.ts';
import { type Roster, weeksOf } from '#team/roster.ts';
import { shown } from '#time.ts';

/** How many weeks are shown, the present one first. */
const weeks = 5;

export const parts = defineGeneralCommand({
  word: 'parts',
  help: 'The parts of this process: who has them in the incident the mail is about, and the weeks or queues of the team.',
  examples: ['/parts'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  part: 'standing',
  looks: ['incidents'],
  args: {},
  decide(_, situation) {
    const { incident, policy } = situation;
    const here = incident ? holders(incident, situation) : [];
    const all = Object.entries(policy.parts.standing).flatMap(([part, { title, by }]) => [
      `${title} (${part}), ${by === 'week' ? 'first and second of each week' : 'a queue'}:`,
      ...(by === 'week' ? weekLines(part, situation) : queueLines(part, situation)).map((line) => `  ${line}`),
    ]);
    return answered([...here, ...all].join('\n'));
  },
});

function holders(incident: Incident, { policy }: Situation): string[] {
  return [
    `In ${incident.id}:`,
    ...Object.entries(policy.parts.standing).map(([part, { title }]) => `  ${title}: ${partWords(incident, part)}`),
  ];
}

function weekLines(part: string, { roster, policy, now }: Situation): string[] {
  const turns = weeksOf(roster, part);
  if (!turns) return [nobody(roster)];
  return Array.from({ length: weeks }, (_, later) => {
    const { from } = turnOf(turns, now, later);
    const [first, second] = lineAt(turns, roster, later === 0 ? now : from).map(({ handle }) => handle);
    return `From ${shown(from, policy.zone)}: ${first ?? 'nobody'}, then ${second ?? 'nobody'}${awayIn(turns, roster, now, later)}`;
  });
}

function queueLines(part: string, situation: Situation): string[] {
  const line = lineFor(part, situation).map(({ handle }) => handle);
  return [line.length > 0 ? `Next: ${line.join(', ')}` : nobody(situation.roster)];
}

function nobody({ parts: known }: Roster): string {
  return `Nobody takes turns with it; the roster has turns for: ${Object.keys(known).join(', ') || 'no part'}.`;
}
