// Who may know what, when. Asked when a letter is decided and again when it leaves: the only place that knows the answer.
import { told } from '#incident/disclosure.ts';
import type { Incident } from '#incident/incident.ts';
import { isOpenToAssociates, isSeated } from '#incident/seat.ts';
import { isEmbargoed } from '#incident/stage.ts';
import type { Instant } from '#incident/who.ts';
import { holderOf } from '#team/holder.ts';
import type { Audience, Policy } from '#team/policy.ts';
import { distributorOf, memberOf, type Roster } from '#team/roster.ts';
import type { Sender } from '#team/sender.ts';

/**
 * What a letter tells people to go by: the public date, or the moment of the confirmed announcement (ISO 8601 in UTC, absent where none is set); or
 * a request for access.
 */
export type GoesBy =
  | { readonly what: 'publicAt' | 'announcement'; readonly at?: Instant }
  | { readonly what: 'access'; readonly request: number };

/** One letter to one recipient, as far as the embargo cares. */
export interface Disclosure {
  readonly audience: Audience;
  readonly who: string;
  readonly address: string;
  /** False: the letter reveals nothing but that an incident with this id exists. */
  readonly contents: boolean;
  /** The kind of letter: some may leave before others. */
  readonly kind?: string;
  /** It answers commands of the recipient, such as one about their keys. */
  readonly answers?: boolean;
  /** When it was decided: nobody is sent what is older than their invitation. */
  readonly writtenAt?: Date;
  readonly goesBy?: GoesBy;
}

/**
 * Undefined when the recipient may know at `now`, else why not, as a phrase after "because". Without an incident only the team is
 * written to, and others without contents. Every address must still be on file for the one it goes to.
 */
export function withheld(disclosure: Disclosure, incident: Incident | undefined, roster: Roster, now: Date): string | undefined {
  const { audience, who, address, kind, goesBy } = disclosure;
  if (goesBy && incident && isOvertaken(goesBy, incident)) return 'what it tells people to go by was changed before it left';
  switch (audience) {
    case 'team':
    case 'steering':
    case 'release-managers': {
      const role = audience === 'team' ? 'member' : audience === 'release-managers' ? 'release-manager' : audience;
      const member = memberOf(roster, who);
      if (!member?.addresses.includes(address)) return `${who} is not on the roster under this address`;
      // Words about their own keys go to whoever helps the team, in whatever part.
      if (audience === 'team' && !incident && !disclosure.contents) return undefined;
      // What answers somebody's own commands says no more than they were allowed to ask.
      const seat =
        audience === 'team' && (disclosure.answers === true || (incident !== undefined && isSeated(incident, who, member.roles)));
      if (!seat && !(member.roles as readonly string[]).includes(role)) return `${who} no longer belongs to the audience ${audience}`;
      // S1-89: release managers hear of an incident when its release needs them, not earlier; that there will be one, and when, is no more (S1-50).
      const early =
        audience === 'release-managers' && incident && disclosure.contents && kind !== 'release-date' && !incident.told.includes(who);
      return early ? `${who} was not asked for anything in this incident yet` : undefined;
    }
    case 'fix-team':
      return withheldFromFixTeam(disclosure, incident, roster);
    case 'administrator':
      if (roster.administrator?.address !== address) return 'the address is not the administrator on file';
      if (!disclosure.contents || disclosure.answers) return undefined;
      return incident && incident.access.length > 0 ? undefined : 'nothing was requested of the administrator';
    case 'reporter':
      if (!incident) return disclosure.contents ? 'there is no incident' : undefined;
      // Whoever made it public may be somebody else; they are asked one question, without contents.
      if (who === 'publisher' && !disclosure.contents && incident.exposure?.of?.address === address) return undefined;
      return incident.reporter?.address === address ? undefined : 'the incident has another reporter';
    case 'distributors':
      if (!distributorOf(roster, who)?.addresses.includes(address)) return `${who} is not on the distributors list under this address`;
      if (!disclosure.contents) return undefined;
      if (!incident) return disclosure.answers ? undefined : 'there is no incident';
      // Whoever has only the final notice knows that much: the public text and its day.
      if (kind === 'notice') return incident.notice?.distributors.includes(who) ? undefined : 'no notice was released to this distributor';
      return told(incident).includes(who) ? undefined : 'no notice was released to this distributor';
    case 'cna':
      if (!incident && disclosure.contents) return 'there is no incident';
      return roster.cna?.address === address ? undefined : 'the address is not the CNA on file';
    case 'public': {
      if (!incident) return 'there is no incident';
      // The public word that a fix will come says nothing of what it fixes, and only leaves once it was confirmed (S4-24).
      if (kind !== 'heads-up' && (isEmbargoed(incident) || !incident.announcedAt || incident.announcedAt > now))
        return 'the incident is not public yet';
      if (kind === 'heads-up' && !incident.headsUp) return 'no heads-up was released';
      const channel = roster.channels.find((known) => known.name === who);
      return channel?.kind === 'mail' && channel.address === address ? undefined : `${who} is no channel of the roster`;
    }
    case 'operator':
      if (disclosure.contents) return 'the operator is told no contents';
      return roster.operator?.address === address ? undefined : 'the address is not the operator on file';
    default:
      return audience satisfies never;
  }
}

// S1-50, S1-94: whoever waited for their letter must not publish by a moment that was taken back, after the word that it was. Nor is access given
// to somebody whom a later request takes it from (S1-92).
function isOvertaken(goesBy: GoesBy, { announcedAt, announcement, publicAt, access }: Incident): boolean {
  if (goesBy.what === 'access') {
    const asked = access.find(({ number }) => number === goesBy.request);
    const takes = access.some(({ number, what, person }) => number > goesBy.request && what === 'remove' && person === asked?.person);
    return asked?.what === 'grant' && takes;
  }
  const now = goesBy.what === 'publicAt' ? publicAt : announcement?.at;
  return announcedAt === undefined && now?.getTime() !== (goesBy.at === undefined ? undefined : new Date(goesBy.at).getTime());
}

// S1-55: from the invitation on and nothing older, asked again when the letter leaves: whoever was taken out meanwhile gets no more.
function withheldFromFixTeam(disclosure: Disclosure, incident: Incident | undefined, roster: Roster): string | undefined {
  const { who, address, contents, answers, writtenAt } = disclosure;
  if (!memberOf(roster, who)?.addresses.includes(address)) return `${who} is not on the roster under this address`;
  if (!contents) return undefined;
  if (!incident) return answers ? undefined : 'there is no incident';
  const invited = incident.fixTeam.find(({ person }) => person === who);
  if (!invited) return `${who} is not on the fix team of this incident`;
  return writtenAt && writtenAt < invited.since ? `it is older than the invitation of ${who}` : undefined;
}

/**
 * Whether somebody may hear so much as that an incident with this id exists: members, who sits with them or fixes it, release managers who were
 * asked for a step or to keep its date, associates where it is open to them, whoever reported it or handed the report on, distributors who were
 * told, the administrator once something was requested; anybody of the roster once it is announced. To the others its id is one that nobody has
 * (S1-55, S1-89, S2-32). Strangers and the CNA have no answers to their commands, which could tell them.
 */
export function mayHearOf(incident: Incident, { who, roles }: Pick<Sender, 'who' | 'roles'>, policy: Policy, roster: Roster): boolean {
  if (incident.announcedAt || roles.includes('member') || who === 'outsider' || who === 'cna') return true;
  if (who === 'administrator') return incident.access.length > 0;
  const { reporter, broughtBy, fixTeam } = incident;
  if (broughtBy === who || (reporter && holderOf(roster, reporter.address)?.who === who)) return true;
  if (roles.includes('distributor')) return told(incident).includes(who);
  if (fixTeam.some(({ person }) => person === who) || isSeated(incident, who, roles)) return true;
  if (roles.includes('associate') && isOpenToAssociates(incident, policy)) return true;
  const dated = incident.dates.changes > 0 && policy.steps.some(({ owner }) => owner === 'release-manager');
  return roles.includes('release-manager') && (dated || incident.told.includes(who));
}
