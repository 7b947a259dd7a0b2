// /fix-team: who fixes: proposed from files of owners, invited on somebody's word only, taken out again with a reason (S1-54 to S1-56).
import { z } from 'zod';
import { answered, type Decision, defineCommand, happened, type IncidentSituation, refuse, type Tail } from '#command/command.ts';
import { proposal } from '#command/proposal.ts';
import { neverAskedToLeave, requested } from '#incident/access.ts';
import type { Incident } from '#incident/incident.ts';
import { invitee } from '#team/fix-team.ts';
import { onLeave } from '#team/oncall.ts';
import { type Member, memberOf } from '#team/roster.ts';
import { shown } from '#time.ts';

const whats = ['propose', 'invite', 'remove', 'list'] as const;
const mostWords = 20;

export const fixTeam = defineCommand({
  word: 'fix-team',
  help: 'Who fixes this incident: propose <path>… (owners of paths; nobody is invited), invite <person>…, remove <person> because <reason>, list.',
  examples: [
    '/fix-team propose pkg/parser cmd/import',
    '/fix-team invite engineer',
    '/fix-team remove engineer because they have left the project',
    '/fix-team list',
  ],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: true,
  evenClosed: true,
  looks: ['owners'],
  args: { what: z.enum(whats, { error: `is none of ${whats.join(', ')}` }) },
  text: 'line',
  because: 'optional',
  decide({ what, text, because }, situation) {
    const words = [...new Set((text ?? '').split(/[\s,]+/).filter((word) => word !== ''))];
    if (words.length > mostWords) return refuse(`Name ${mostWords} at most in one line.`);
    if (what === 'list') return words.length > 0 ? refuse('/fix-team list takes no more words.') : answered(listed(situation));
    const inside = situation.by.roles.includes('member');
    if (!inside && what !== 'remove') return refuse(`/fix-team ${what} is for: member. You can see the fix team with /fix-team list.`);
    if (words.length === 0) return refuse(missing[what]);
    if (what === 'propose') return proposal(words, situation);
    if (what === 'invite') return invite(words, because, situation);
    return remove(words, because, situation);
  },
});

const missing = {
  propose: 'Name the paths that are affected, like /fix-team propose pkg/parser',
  invite: 'Name who is invited, by handle, address or account: /fix-team invite <person>',
  remove: 'Name who is taken out: /fix-team remove <person> because <reason>',
} as const;

function invite(words: readonly string[], because: Tail['because'], situation: IncidentSituation): Decision {
  const { incident, by, roster, now, policy } = situation;
  const barred = notNow(incident);
  if (barred) return refuse(barred);
  if (because !== undefined) return refuse('An invitation takes no reason; /note keeps one.');
  const people: Member[] = [];
  for (const word of words) {
    const found = invitee(word, roster);
    if ('wrong' in found) return refuse(`${found.wrong} Nobody was invited.`);
    if (!people.includes(found)) people.push(found);
  }
  const fresh = people.filter(({ handle }) => !isInvited(incident, handle));
  const before = people.filter((one) => !fresh.includes(one)).map(({ handle }) => handle);
  if (fresh.length === 0) return refuse(`On the fix team already: ${before.join(', ')}.`);
  const away = fresh.filter((one) => onLeave(one, now)).map(({ handle }) => handle);
  const handles = fresh.map(({ handle }) => handle);
  const answer = [
    `Invited: ${handles.join(', ')}. They hear of this incident from now on, and of nothing older.`,
    ...(before.length > 0 ? [`On the fix team already: ${before.join(', ')}.`] : []),
    ...(away.length > 0 ? [`On leave now: ${away.join(', ')}.`] : []),
    ...(policy.fixTeam.access === 'must' ? [`They need access to the private repository: /access grant ${handles.join(' ')}`] : []),
  ];
  return happened(answer.join('\n'), { type: 'fix-team-invited', by: by.who, people: handles });
}

function notNow({ closedAt, announcedAt, verdict }: Incident): string | undefined {
  if (closedAt) return 'This incident is closed. /reopen comes first.';
  if (announcedAt) return 'This incident is public; nobody needs an invitation any more.';
  if (verdict?.is === 'declined' || verdict?.is === 'spam') return 'This report is declined; /accept it before you invite anybody.';
  return undefined;
}

function remove(words: readonly string[], because: Tail['because'], { incident, by, roster }: IncidentSituation): Decision {
  const [word = '', ...more] = words;
  if (more.length > 0) return refuse('One person at a time: /fix-team remove <person> because <reason>');
  const person = memberOf(roster, word === 'me' ? by.who : word)?.handle ?? word.toLowerCase();
  const inside = by.roles.includes('member');
  if (!inside && person !== by.who) return refuse('You can leave the fix team yourself: /fix-team remove me because <reason>');
  if (!isInvited(incident, person)) return refuse(`"${word}" is not on the fix team. On it: ${names(incident) || 'nobody'}.`);
  if (because === undefined) return refuse(`Say why: /fix-team remove ${word} because <reason>`);
  const holds = neverAskedToLeave(incident).includes(person);
  const requests = holds ? requested(incident, 'remove', [person], by.who) : [];
  const asked = holds ? ' The removal of their access is requested.' : '';
  return happened(
    `${person} is no longer on the fix team and gets nothing more of this incident.${asked}`,
    { type: 'fix-team-left', by: by.who, person, because },
    ...requests,
  );
}

function isInvited({ fixTeam: people }: Incident, handle: string): boolean {
  return people.some(({ person }) => person === handle);
}

function names({ fixTeam: people }: Incident): string {
  return people.map(({ person }) => person).join(', ');
}

function listed({ incident, policy, roster }: IncidentSituation): string {
  const lines = incident.fixTeam.map(({ person, since }) => {
    const name = memberOf(roster, person)?.name;
    return [person, name ?? 'no longer on file', `since ${shown(since, policy.zone)}`].join(' | ');
  });
  const own = policy.fixTeam.from === 'team' ? ['The team itself is the fix team.'] : [];
  const none = lines.length > 0 || own.length > 0 ? [] : ['Nobody is on the fix team.'];
  return [...own, ...none, ...lines].join('\n');
}
