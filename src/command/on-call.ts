// /on-call: who is on call now and next, who is away meanwhile, and who carries how much (S1-34, C25).
import { answered, defineGeneralCommand, type Situation } from '#command/command.ts';
import type { Incident } from '#incident/incident.ts';
import { leadLine } from '#incident/part-line.ts';
import { isOpen } from '#incident/stage.ts';
import { lineAt, onCall, turnOf } from '#team/oncall.ts';
import type { Roster, Turns } from '#team/roster.ts';
import { after, shown } from '#time.ts';

/** How many turns are shown after the present one. */
const ahead = 4;

export const onCallNow = defineGeneralCommand({
  word: 'on-call',
  help: 'Who is on call now and in the next four turns, who is away, whose turn it is to lead, and who has how many incidents.',
  examples: ['/on-call'],
  who: ['member'],
  proof: 'domain',
  changes: false,
  looks: ['incidents'],
  args: {},
  decide(_, situation) {
    const { roster, policy, others } = situation;
    const line = leadLine(situation).map(({ handle }) => handle);
    const lead = `Next to lead: ${line.join(', ') || 'nobody: everybody is away'}`;
    return answered([...turnLines(situation), ...(policy.parts.lead === 'none' ? [] : [lead]), ...load(roster, others)].join('\n'));
  },
});

function turnLines({ roster, policy, now }: Situation): string[] {
  const { oncall } = roster;
  if (!oncall) return ['Nobody is on call: reports go to the whole team.'];
  const present = onCall(roster, now)?.handle ?? 'nobody: everybody is away';
  const later = Array.from({ length: ahead }, (_, index) => {
    const { from } = turnOf(oncall, now, index + 1);
    return `From ${shown(from, policy.zone)}: ${lineAt(oncall, roster, from)[0]?.handle ?? 'nobody: everybody is away'}${awayIn(oncall, roster, now, index + 1)}`;
  });
  return [`On call until ${shown(turnOf(oncall, now).until, policy.zone)}: ${present}${awayIn(oncall, roster, now, 0)}`, ...later];
}

/** Who of a rotation is away in one of its turns, in brackets; nothing where all are there. */
export function awayIn(turns: Turns, roster: Roster, now: Date, later: number): string {
  const { from, until } = turnOf(turns, now, later);
  const [first, last] = [from, after(until, -1)].map((moment) => moment.toISOString().slice(0, 10));
  const away = roster.members
    .filter(({ handle }) => turns.order.includes(handle))
    .flatMap(({ handle, leave }) =>
      leave.filter((one) => one.from <= (last ?? '') && (first ?? '') <= one.to).map((one) => `${handle} ${one.from} to ${one.to}`),
    );
  return away.length === 0 ? '' : ` (away: ${away.join('; ')})`;
}

// One person who has it all is seen here before it is too much (C25).
function load({ members }: Roster, others: readonly Incident[]): string[] {
  const open = others.filter(isOpen);
  const lines = members
    .filter(({ roles }) => roles.includes('member'))
    .map(({ handle }) => {
      const commands = open.filter(({ commander }) => commander === handle).length;
      const leads = open.filter(({ lead }) => lead === handle).length;
      const led = others.filter(({ lead }) => lead === handle).length;
      return `${handle}: commands ${commands}, leads ${leads}, has led ${led} in all`;
    });
  return ['Open incidents:', ...lines];
}
