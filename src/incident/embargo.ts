// Who may know what, when. Asked when a letter is decided and again when it leaves: the only place that knows the answer.
import type { Incident } from '#incident/incident.ts';
import { isEmbargoed } from '#incident/stage.ts';
import type { Audience } from '#team/policy.ts';
import { distributorOf, memberOf, type Roster } from '#team/roster.ts';

/** One letter to one recipient, as far as the embargo cares. */
export interface Disclosure {
  readonly audience: Audience;
  readonly who: string;
  readonly address: string;
  /** False: the letter reveals nothing but that an incident with this id exists. */
  readonly contents: boolean;
  /** It answers commands of the recipient, such as one about their keys. */
  readonly answers?: boolean;
}

/**
 * Undefined when the recipient may know at `now`, else why not, as a phrase after "because". Without an incident only the team is
 * written to, and others without contents. Every address must still be on file for the one it goes to.
 */
export function withheld(disclosure: Disclosure, incident: Incident | undefined, roster: Roster, now: Date): string | undefined {
  const { audience, who, address } = disclosure;
  switch (audience) {
    case 'team':
    case 'steering':
    case 'release-managers':
    case 'fix-team': {
      const role = audience === 'team' ? 'member' : audience === 'release-managers' ? 'release-manager' : audience;
      const member = memberOf(roster, who);
      if (!member?.addresses.includes(address)) return `${who} is not on the roster under this address`;
      // Words about their own keys go to whoever helps the team, in whatever part.
      if (audience === 'team' && !incident && !disclosure.contents) return undefined;
      if (audience === 'fix-team') return 'no fix team is kept yet';
      return (member.roles as readonly string[]).includes(role) ? undefined : `${who} no longer belongs to the audience ${audience}`;
    }
    case 'reporter':
      if (!incident) return disclosure.contents ? 'there is no incident' : undefined;
      return incident.reporter?.address === address ? undefined : 'the incident has another reporter';
    case 'distributors':
      if (!distributorOf(roster, who)?.addresses.includes(address)) return `${who} is not on the distributors list under this address`;
      if (!disclosure.contents) return undefined;
      if (!incident) return disclosure.answers ? undefined : 'there is no incident';
      return incident.notice?.distributors.includes(who) ? undefined : 'no notice was released to this distributor';
    case 'cna':
      if (!incident && disclosure.contents) return 'there is no incident';
      return roster.cna?.address === address ? undefined : 'the address is not the CNA on file';
    case 'public': {
      if (!incident) return 'there is no incident';
      if (isEmbargoed(incident) || !incident.announcedAt || incident.announcedAt > now) return 'the incident is not public yet';
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
