// Which letters follow from who has what: an incident offered, a part given, passed on or open to everybody, a turn that ended, a lead named.
import { titleOf } from '#incident/advisory.ts';
import type { Event } from '#incident/event.ts';
import { fixSummary } from '#incident/fix-summary.ts';
import { heldPart, type PartEvent } from '#incident/part.ts';
import { partOwner, standingPart } from '#incident/part-line.ts';
import { summary } from '#incident/summary.ts';
import { letter } from '#letter/addressing.ts';
import { helpWith } from '#letter/commands-shown.ts';
import type { Occasion } from '#letter/follow-up.ts';
import type { Letter, Recipient } from '#letter/letter.ts';
import type { FactsByKind } from '#letter/list.ts';
import { atTheTable, fixTeam, members } from '#letter/recipients.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';

type Of<Type extends Event['type']> = Extract<Event, { type: Type }>;

/** The letters of who has what; whoever ordered it has the transcript, and the others read the mail that did. */
export function lettersForPart(event: PartEvent | Of<'handoff-offered'> | Of<'lead-chosen'>, occasion: Occasion): Letter[] {
  const { roster, incident } = occasion;
  switch (event.type) {
    case 'handoff-offered':
      return offered(event, occasion);
    case 'lead-chosen':
      // A volunteer of the team knows it; somebody else was named, or sits with the team from now on and has read nothing yet.
      return atTheTable(roster, incident, [event.lead])
        .filter(({ who }) => event.by !== who || members(roster, [who]).length === 0)
        .map((to) => partLetter(to, event.lead, 'lead', 'named', occasion));
    case 'part-given':
      return given(event, occasion);
    case 'part-opened':
      return members(roster).map((to) => partLetter(to, undefined, event.part, 'open', occasion));
    case 'turn-ended':
      return turnEnded(event, occasion);
    case 'part-taken':
    case 'part-passed':
      return [];
    default:
      return event satisfies never;
  }
}

// Somebody outside the team hears of it as one of the fix team, and no more than those may see, until they accept (S1-35, S1-55).
function offered({ by, to, because }: Of<'handoff-offered'>, occasion: Occasion): Letter[] {
  const { roster, incident, policy, now } = occasion;
  const facts = {
    id: incident.id,
    from: by,
    to,
    ...(because && { because }),
    summary: summary(incident, policy, now),
    commands: helpWith(['/accept-handoff', '/decline-handoff']),
  };
  const outside = fixTeam(roster, incident).filter(({ who }) => who === to);
  return [
    ...members(roster, [to]).map((reader) => letter('handoff', 'team', reader, occasion, facts)),
    ...outside.map((reader) => letter('handoff', 'fix-team', reader, occasion, { ...facts, summary: fixSummary(incident, policy) })),
  ];
}

/** How somebody came to a part, in the words of the letter to them. */
const ways = { week: 'it is your week', queue: 'it is your turn', next: 'you are next in line', named: undefined } as const;

function given(event: Of<'part-given'>, occasion: Occasion): Letter[] {
  const { incident, roster } = occasion;
  const { part, to, how, by } = event;
  const way = ways[how];
  const asked = members(roster, [to]).map((reader) => partLetter(reader, to, part, 'given', occasion, way));
  // S2-37: both see it. Who passed it on by a command knows, and the others read that mail.
  const before =
    by === 'embargod'
      ? [
          ...(heldPart(incident, part)?.asked ?? []),
          ...(part === 'lead' ? [partOwner('lead', incident, occasion.policy) ?? incident.commander] : []),
        ]
      : [];
  const known = before.filter((who) => who !== undefined && who !== to) as string[];
  return [...asked, ...members(roster, known).map((reader) => partLetter(reader, to, part, 'moved', occasion))];
}

function partLetter(
  reader: Recipient,
  to: string | undefined,
  part: string,
  what: FactsByKind['part']['what'],
  occasion: Occasion,
  how?: string,
): Letter {
  const { incident, policy, roster, now } = occasion;
  const { title, duties } = aboutPart(part, policy, members(roster, [reader.who]).length === 0);
  const take = part === 'lead' ? '/lead me' : `/take-part ${part}`;
  const lines = {
    given: [take, `/pass ${part} because <reason>`],
    moved: [take],
    open: [take],
    named: ['/status', '/timeline'],
  }[what];
  return letter('part', 'team', reader, occasion, {
    id: incident.id,
    what,
    title,
    duties,
    ...(how && { how }),
    to: to ?? '',
    ...((what === 'given' || what === 'open') && { by: lapsed(now, policy.spans.part, policy).toISOString() }),
    summary: summary(incident, policy, now),
    commands: helpWith(lines),
  });
}

/** Who has the part that drafts belong to, for the letter that shows one (S2-30). */
export function draftReader({ incident, policy }: Pick<Occasion, 'incident' | 'policy'>): { reader?: string } {
  const reader = partOwner('draft', incident, policy);
  return reader === undefined ? {} : { reader };
}

const leftToMembers =
  'You read and write with the team in this incident. What leaves for good is confirmed by a member, and other incidents stay closed to you.';

/** What a part is called and what whoever has it does; of the lead also what is not theirs if they are no member (S2-33). */
function aboutPart(part: string, policy: Policy, guest: boolean): { title: string; duties: string } {
  if (part === 'lead') {
    const duties = 'Leads the fix together with the fix team, drives its dates, and speaks for it to the outside.';
    return { title: 'Fix lead', duties: guest ? `${duties} ${leftToMembers}` : duties };
  }
  return standingPart(policy, part) ?? { title: part, duties: '' };
}

function turnEnded({ to }: Of<'turn-ended'>, occasion: Occasion): Letter[] {
  const { incident, roster } = occasion;
  const facts: FactsByKind['reminder'] = {
    id: incident.id,
    title: titleOf(incident),
    what: 'Your turn on call is over, and this incident is still yours. It stays yours to the end, unless you hand it off.',
    late: '',
    commands: helpWith(['/handoff <member>', '/status']),
  };
  return members(roster, [to]).map((reader) => letter('reminder', 'team', reader, occasion, facts));
}
