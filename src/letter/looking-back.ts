// The facts of a retrospective: the course of an incident by roles, what took longer than planned, how long it took, who took part.
import { deadlinesOf } from '#incident/deadline.ts';
import type { Event, Recorded } from '#incident/event.ts';
import { evolve, type Incident, incidentOf } from '#incident/incident.ts';
import { shortReason } from '#incident/reason.ts';
import type { FactsByKind } from '#letter/list.ts';
import { retold } from '#letter/retelling.ts';
import type { Policy } from '#team/policy.ts';
import { memberOf, type Roster } from '#team/roster.ts';
import { between } from '#time.ts';

interface Seen {
  readonly incident: Incident;
  readonly recorded: readonly Recorded[];
  readonly policy: Policy;
  readonly roster: Roster;
  readonly now: Date;
}

type Facts = FactsByKind['retrospective'];

/** What the journal says for a public look back without blame: roles in the timeline, names only among those who took part (S1-100, S1-101). */
export function lookingBack(seen: Seen): Pick<Facts, 'people' | 'timeline' | 'late' | 'figures'> {
  return { people: people(seen), timeline: timeline(seen), late: lateIn(seen), figures: figures(seen) };
}

/** The steps of the process, each role as it was held at that moment. Of many words to the reporter only the first is a step. */
function timeline({ incident: { id }, recorded, policy, roster }: Seen): Facts['timeline'] {
  const told: Facts['timeline'] = [];
  const first = recorded.find(({ event }) => event.type === 'replied');
  let state: Incident | undefined;
  let asked: string | undefined;
  for (const next of recorded) {
    const before = state;
    state = state ? evolve(state, next) : incidentOf(id, [next]);
    const { event } = next;
    if (event.type === 'confirmation-asked') asked = event.because;
    const name = (who: string) => partOf(who, before ?? state, roster);
    const text = event.type === 'replied' && next === first ? `${name(event.by)} wrote to the reporter.` : retold(event, policy, name);
    if (text === undefined) continue;
    const aside = asked && afterConfirming.has(event.type) ? ` The process advises otherwise; it was done${shortReason(asked)}.` : '';
    told.push({ at: next.at.toISOString(), text: `${text.charAt(0).toUpperCase()}${text.slice(1)}${aside}` });
  }
  return told;
}

// The reason to go against advice is given when these are asked for.
const afterConfirming: ReadonlySet<Event['type']> = new Set(['heads-up-released', 'notice-released', 'announcement-set']);

function people({ incident, recorded, roster }: Seen): Facts['people'] {
  const { commander, lead, advisory } = incident;
  const name = (who: string) => memberOf(roster, who)?.name ?? who;
  const others = recorded.flatMap(({ event }) =>
    'by' in event && event.by !== undefined && memberOf(roster, event.by) && event.by !== commander && event.by !== lead ? [event.by] : [],
  );
  return [
    ...(commander ? [{ role: 'incident commander', name: name(commander) }] : []),
    ...(lead ? [{ role: 'fix lead', name: name(lead) }] : []),
    ...[...new Set(others)].map((who) => ({ role: roleOf(who, roster) ?? 'member', name: name(who) })),
    ...(advisory.credit ? [{ role: 'thanks', name: advisory.credit.split('\n')[0] ?? '' }] : []),
  ];
}

/** What somebody of the roster is to the team, in words. */
function roleOf(who: string, roster: Roster): string | undefined {
  const roles = memberOf(roster, who)?.roles;
  if (!roles) return undefined;
  if (roles.includes('member')) return 'member';
  if (roles.includes('release-manager')) return 'release manager';
  return roles.includes('associate') ? 'associate' : 'fix team';
}

/** Roles instead of names in the timeline: a look back is about the process (S1-100). */
function partOf(who: string, incident: Incident | undefined, roster: Roster): string {
  if (who === 'embargod') return 'the service';
  if (who === 'reporter') return 'the reporter';
  if (who === incident?.commander) return 'the incident commander';
  if (who === incident?.lead) return 'the fix lead';
  const role = roleOf(who, roster);
  return role === undefined ? 'somebody outside' : role === 'fix team' ? 'the fix team' : `${role === 'associate' ? 'an' : 'a'} ${role}`;
}

/** The dates that readers outside know of: their names, and what meets them. */
const awaited: Readonly<Record<string, { readonly what: string; readonly by: readonly Event['type'][] }>> = {
  triage: { what: 'The verdict on the report', by: ['accepted', 'declined', 'spam-marked'] },
  update: { what: 'Word to the reporter', by: ['replied'] },
  assessment: { what: 'The first rating', by: ['severity-set'] },
  'fix-team': { what: 'The invitation of a fix team', by: ['fix-team-invited'] },
  fix: { what: 'The fix', by: ['fix-ready'] },
  plan: { what: 'A public date', by: ['scheduled'] },
  'cve-request': { what: 'The request for a CVE id', by: ['cve-requested', 'cve-assigned'] },
  'cve-answer': { what: 'The CVE id', by: ['cve-assigned'] },
  'heads-up': { what: 'The public heads-up', by: ['heads-up-released'] },
  notice: { what: 'The notice to the distributors', by: ['notice-released'] },
  release: { what: 'Publication', by: ['announced'] },
  'announcement-held': { what: 'The announcement', by: ['announced'] },
};

/**
 * What came later than the process asks for. Only what could still be in time counts: a date that was past when somebody set it was their
 * decision, and its reason stands in the timeline. A date that moved before it was met is measured as it was last.
 */
function lateIn({ incident: { id }, recorded, policy }: Seen): string[] {
  const late = new Map<string, string>();
  let dates = new Map<string, { readonly due: Date; readonly since: Date }>();
  let state: Incident | undefined;
  for (const next of recorded) {
    for (const [key, { due, since }] of dates) {
      const what = metBy(key, next.event, policy);
      if (what && since < due && due < next.at) late.set(key, `${what}: ${between(due, next.at)} after its date.`);
    }
    state = state ? evolve(state, next) : incidentOf(id, [next]);
    if (!state) break;
    const before = dates;
    dates = new Map(
      deadlinesOf(state, policy).map(({ key, dueAt: due }) => {
        const held = before.get(key);
        return [key, { due, since: held?.due.getTime() === due.getTime() ? held.since : next.at }];
      }),
    );
  }
  return [...late.values()];
}

/** The public name of the date, where this event is what it waited for. */
function metBy(key: string, event: Event, { steps }: Policy): string | undefined {
  const known = Object.hasOwn(awaited, key) ? awaited[key] : undefined;
  if (known) return known.by.includes(event.type) ? known.what : undefined;
  const step = event.type === 'step-done' && key === `step:${event.step}` ? steps.find((one) => one.key === event.step) : undefined;
  return step && `"${step.what.replace(/\.$/, '')}"`;
}

function figures({ incident, recorded, now }: Seen): Facts['figures'] {
  const { openedAt, verdict, notice, announcedAt } = incident;
  const answer = recorded.find(({ event }) => event.type === 'replied' || event.type === 'accepted' || event.type === 'declined');
  return [
    ...(answer ? [{ name: 'from report to first answer of a person', value: between(openedAt, answer.at) }] : []),
    ...(verdict ? [{ name: 'from report to verdict', value: between(openedAt, verdict.at) }] : []),
    ...(notice && announcedAt ? [{ name: 'notice to distributors before publication', value: between(notice.at, announcedAt) }] : []),
    { name: 'from report to publication', value: between(openedAt, announcedAt ?? now) },
  ];
}
