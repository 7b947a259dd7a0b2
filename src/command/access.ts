// /access: who may enter the private repository: requests to whoever manages it, open until they are answered (S1-40, S1-57, S1-92).
import { z } from 'zod';
import { answered, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { holdersOfAccess, neverAskedToLeave, openRequests, requested, wordsOf } from '#incident/access.ts';
import type { Incident } from '#incident/incident.ts';
import { memberOf, withRole } from '#team/roster.ts';
import { shown } from '#time.ts';

const whats = ['grant', 'remove', 'list'] as const;

export const access = defineCommand({
  word: 'access',
  help: 'Request access to the private repository (grant) or its removal (remove) for people of the fix team, or for all; list shows who holds it.',
  examples: ['/access grant all', '/access grant engineer', '/access remove all', '/access list'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: { what: z.enum(whats, { error: `is none of ${whats.join(', ')}` }) },
  text: 'line',
  decide({ what, text }, situation) {
    const words = [...new Set((text ?? '').split(/[\s,]+/).filter((word) => word !== ''))];
    if (what === 'list') return words.length > 0 ? refuse('/access list takes no more words.') : answered(listed(situation));
    if (words.length === 0) return refuse(`Name somebody of the fix team, or all: /access ${what} all`);
    const { incident, by, policy } = situation;
    if (policy.fixTeam.access === 'none') return refuse('This team has no private repository that access is granted to (fixTeam.access).');
    const people = what === 'grant' ? toGrant(words, situation) : toRemove(words, incident);
    if ('wrong' in people) return refuse(people.wrong);
    const events = requested(incident, what, people.people, by.who);
    return happened(answer(what, people.people, situation), ...events);
  },
});

type Chosen = { readonly people: readonly string[] } | { readonly wrong: string };

function toGrant(words: readonly string[], { incident, roster }: IncidentSituation): Chosen {
  if (incident.announcedAt) return { wrong: 'This incident is public; nobody needs access to a private fix any more.' };
  const team = incident.fixTeam.map(({ person }) => person);
  const served = new Set([...holdersOfAccess(incident), ...awaiting(incident, 'grant')]);
  if (words.includes('all')) {
    const rest = team.filter((person) => !served.has(person));
    if (team.length === 0) return { wrong: 'Nobody is on the fix team: /fix-team invite <person> comes first.' };
    return rest.length > 0 ? { people: rest } : { wrong: 'Everybody on the fix team holds access, or it is requested.' };
  }
  const people = words.map((word) => memberOf(roster, word)?.handle ?? word.toLowerCase());
  const own = (person: string) => team.includes(person) || memberOf(roster, person)?.roles.includes('member');
  const stranger = people.find((person) => !own(person));
  if (stranger) return { wrong: `"${stranger}" is not on the fix team of this incident; invite them first: /fix-team invite ${stranger}` };
  const held = people.find((person) => served.has(person));
  return held ? { wrong: `${held} holds access already, or it is requested: /access list` } : { people };
}

function toRemove(words: readonly string[], incident: Incident): Chosen {
  const asked = awaiting(incident, 'remove');
  const removable = [...new Set([...neverAskedToLeave(incident), ...holdersOfAccess(incident)])].filter(
    (person) => !asked.includes(person),
  );
  if (words.includes('all'))
    return removable.length > 0 ? { people: removable } : { wrong: 'Nobody holds access that is not asked to be removed already.' };
  const stranger = words.find((word) => !removable.includes(word.toLowerCase()));
  if (!stranger) return { people: words.map((word) => word.toLowerCase()) };
  return asked.includes(stranger.toLowerCase())
    ? { wrong: `The removal of ${stranger} is requested already: /access list` }
    : { wrong: `"${stranger}" holds no access. With access: ${removable.join(', ') || 'nobody'}.` };
}

function awaiting(incident: Incident, what: 'grant' | 'remove'): string[] {
  return openRequests(incident)
    .filter((one) => one.what === what)
    .map(({ person }) => person);
}

function answer(what: 'grant' | 'remove', people: readonly string[], { incident, roster }: IncidentSituation): string {
  const first = incident.access.length + 1;
  const numbered = people.map((person, index) => `${first + index} (${person})`).join(', ');
  const verb = what === 'grant' ? 'Access is requested' : 'Removal is requested';
  return roster.administrator
    ? `${verb} from ${roster.administrator.name}: ${numbered}. Open until answered.`
    : `${verb}: ${numbered}. The roster names no administrator, so nobody was mailed: see to it, then /answer ${first} done.`;
}

function listed({ incident, policy, roster }: IncidentSituation): string {
  const { zone, fixTeam } = policy;
  const standing = fixTeam.viewers.map((role) => {
    const people = withRole(roster, role).map(({ handle }) => handle);
    return `Always: ${role} (${people.join(', ') || 'nobody'})`;
  });
  const held = holdersOfAccess(incident);
  const open = openRequests(incident).map(
    ({ number, what, person, at }) => `Request ${number}: ${wordsOf(what)} ${person}, open since ${shown(at, zone)}`,
  );
  return [`Access to ${fixTeam.repository} for this incident: ${held.join(', ') || 'nobody'}`, ...standing, ...open].join('\n');
}
