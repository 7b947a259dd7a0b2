// What a roster leaves empty: days on which everybody of a rotation is away, words of a part that mean nothing.
import { ownable } from '#incident/due-part.ts';
import { leadOrder } from '#team/oncall.ts';
import type { Policy } from '#team/policy.ts';
import { memberOf, type Roster } from '#team/roster.ts';
import { after, day } from '#time.ts';

/** Where nobody is there although somebody should be, from `now` on, and what a part cannot own; a sentence each (S1-24, S2-42). */
export function ofPeople(policy: Policy, roster: Roster, now: Date): string[] {
  const { parts } = policy;
  const rotations: [string, readonly string[]][] = [
    ...(parts.commander === 'oncall' && roster.oncall ? [['on call', roster.oncall.order] as [string, readonly string[]]] : []),
    ...Object.keys(parts.standing).flatMap((part): [string, readonly string[]][] => {
      const order = Object.hasOwn(roster.parts, part) ? roster.parts[part]?.order : undefined;
      return order ? [[`there for the part "${part}"`, order]] : [];
    }),
    ...(parts.lead === 'none' ? [] : [['there to lead', leadOrder(roster)] as [string, readonly string[]]]),
  ];
  return [...rotations.flatMap(([what, order]) => empty(what, order, roster, now)), ...withoutPart(policy, roster), ...ofOwned(policy)];
}

// S2-21: in a process of parts everybody is there for one.
function withoutPart({ parts }: Policy, roster: Roster): string[] {
  const turns = Object.entries(roster.parts).flatMap(([part, { order }]) => (Object.hasOwn(parts.standing, part) ? order : []));
  if (turns.length === 0) return [];
  const without = leadOrder(roster).filter((handle) => !turns.includes(handle));
  return without.length === 0 ? [] : [`no part of the roster has ${without.join(', ')}: every member of this process has at least one.`];
}

/** The stretches of days on which all of an order are away; one day of overlap is as empty as a month. */
function empty(what: string, order: readonly string[], roster: Roster, now: Date): string[] {
  const people = [...new Set(order)].flatMap((handle) => memberOf(roster, handle) ?? []);
  const away = (on: string) => people.length > 0 && people.every(({ leave }) => leave.some(({ from, to }) => from <= on && on <= to));
  const yesterday = (on: string) => day(after(new Date(`${on}T00:00:00Z`), '-1d'));
  const begins = [...new Set(people.flatMap(({ leave }) => leave.map(({ from }) => from)))]
    .sort()
    .filter((on) => away(on) && !away(yesterday(on)));
  return begins.flatMap((from) => {
    const until = lastDay(from, away);
    if (until < day(now)) return [];
    const when = from === until ? `on ${from}` : `from ${from} to ${until}`;
    return [`nobody is ${what} ${when}: ${people.map(({ handle }) => handle).join(', ')} are all on leave.`];
  });
}

// Leave for ever is a mistake that must not hang anybody.
const longest = 4000;

function lastDay(from: string, away: (on: string) => boolean): string {
  let last = from;
  for (let days = 1; days < longest; days++) {
    const on = day(after(new Date(`${from}T00:00:00Z`), days * 86_400_000));
    if (!away(on)) break;
    last = on;
  }
  return last;
}

function ofOwned({ parts, steps }: Policy): string[] {
  const keys = steps.map(({ key }) => key);
  const owners = new Map<string, string>();
  return Object.entries(parts.standing).flatMap(([part, { owns }]) =>
    owns.flatMap((word) => {
      const before = owners.get(word);
      owners.set(word, before ?? part);
      if (!(ownable as readonly string[]).includes(word) && !keys.includes(word))
        return [`the part "${part}" owns "${word}", which is no reminder and no step: it changes nothing.`];
      return before ? [`the parts "${before}" and "${part}" both own "${word}": only the first is reminded.`] : [];
    }),
  );
}
