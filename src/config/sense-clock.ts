// Lengths and days of a policy that cannot all hold: windows that no date satisfies, steps that are due before they can begin.
import { weekdayOf } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import type { Roster } from '#team/roster.ts';
import { atLeastLasting, day, type Lapse, spanInWords } from '#time.ts';

/** What no date from `now` on can satisfy, a sentence each (S1-75, S1-77, S1-93, S2-69a, S2-69g, S4-24). */
export function ofClock(policy: Policy, roster: Roster, now: Date): string[] {
  return [...ofWindows(policy), ...ofLists(policy, roster), ...ofSpans(policy), ...ofQuiet(policy), ...ofDays(policy, now)];
}

interface Named {
  readonly name: string;
  readonly lapse: Lapse | undefined;
}

/** The sentence about two lengths where the first is longer than the second; nothing where one of them is not said. */
function longer(first: Named, second: Named, then: string): string[] {
  if (!first.lapse || !second.lapse || atLeastLasting(first.lapse) <= atLeastLasting(second.lapse)) return [];
  return [`${first.name} (${spanInWords(first.lapse)}) is more than ${second.name} (${spanInWords(second.lapse)}): ${then}`];
}

function named(policy: Policy) {
  const { notice, spans, headsUp } = policy;
  const say = (name: string, lapse: Lapse | undefined): Named => ({ name, lapse });
  return {
    least: say('notice.least', notice.least),
    most: say('notice.most', notice.most),
    final: say('notice.final', notice.final),
    headsUp: say('headsUp.least', headsUp?.least),
    embargo: say('spans.longestEmbargo', spans.longestEmbargo),
    release: say('spans.release', spans.release),
    fix: say('spans.fix', spans.fix),
    fixTeam: say('spans.fixTeam', policy.fixTeam.due ? spans.fixTeam : undefined),
    plan: say('spans.plan', spans.plan),
    ready: say('spans.announcementReady', spans.announcementReady),
    from: say('spans.retrospectiveFrom', spans.retrospectiveFrom),
    by: say('spans.retrospectiveBy', spans.retrospectiveBy),
  };
}

function ofWindows(policy: Policy): string[] {
  const { least, most, final, embargo, release } = named(policy);
  const said = longer(least, most, 'no date satisfies both.');
  if (policy.notice.duty === 'never') return said;
  if (policy.notice.counted === 'after-report') {
    return [
      ...said,
      ...longer(most, release, 'distributors may hear when it should be public already.'),
      ...longer(most, embargo, 'distributors may hear when the embargo should be over.'),
    ];
  }
  return [
    ...said,
    ...longer(least, embargo, 'every notice would come too late.'),
    ...longer(least, release, 'a notice on the day of the report is too late already.'),
    ...longer(final, least, 'the final notice would come before the notice has to.'),
  ];
}

// A list of several projects keeps its own longest embargo, whatever this team says.
function ofLists({ notice }: Policy, { distributors }: Roster): string[] {
  if (notice.duty === 'never' || notice.counted !== 'before-public') return [];
  return distributors.flatMap(({ id, longest }) =>
    longer(
      { name: 'notice.least', lapse: notice.least },
      { name: `longest of the distributor ${id}`, lapse: longest },
      'that list hears later than the others must, and every notice to it takes a reason.',
    ),
  );
}

function ofSpans(policy: Policy): string[] {
  const { final, embargo, release, fix, fixTeam, plan, ready, from, by, headsUp } = named(policy);
  return [
    ...longer(release, embargo, 'the longest embargo ends before the release is due.'),
    ...longer(fix, release, 'the fix is due after the release.'),
    ...longer(fixTeam, fix, 'the fix is due before anybody has to be invited to it.'),
    ...longer(plan, release, 'the release is due before a date for it has to be set.'),
    ...longer(headsUp, release, 'the heads-up would have to leave before the report came.'),
    ...longer(headsUp, embargo, 'the heads-up would have to leave before the report came.'),
    ...longer(ready, embargo, 'the announcement is late from the first day.'),
    ...(policy.notice.duty === 'never'
      ? []
      : longer(final, ready, 'the final notice carries the public text, which need not be ready then.')),
    ...longer(from, by, 'the retrospective is due before it is asked for.'),
  ];
}

const byWeight = ['critical', 'high', 'medium', 'low'] as const;

function ofQuiet({ spans }: Policy): string[] {
  const lapses = byWeight.map((level) => ({ name: `spans.quietBySeverity.${level}`, lapse: spans.quietBySeverity[level] }));
  return lapses.flatMap((worse, index) =>
    lapses.slice(index + 1).flatMap((lesser) => longer(worse, lesser, 'what is worse may be forgotten for longer.')),
  );
}

function ofDays({ slot, calendar, decisions }: Policy, now: Date): string[] {
  const said: string[] = [];
  if (slot && !slot.days.some((weekday) => calendar.days.includes(weekday)))
    said.push(
      `slot.days (${slot.days.join(', ')}) are none of calendar.days (${calendar.days.join(', ')}): every recommended day of publication is a day off.`,
    );
  const next = decisions.release?.next ?? [];
  const last = next.toSorted().at(-1);
  if (last !== undefined && last < day(now))
    said.push(`decisions.release.next ends on ${last}: no day of a regular patch release is known any more.`);
  for (const on of next) {
    const weekday = weekdayOf(new Date(`${on}T00:00:00Z`));
    if (calendar.holidays.includes(on)) said.push(`decisions.release.next has ${on}, which calendar.holidays has too: nobody works then.`);
    else if (slot && !slot.days.includes(weekday))
      said.push(
        `decisions.release.next has ${on}, a ${weekday}, and slot.days are ${slot.days.join(', ')}: each such release takes a reason.`,
      );
  }
  return said;
}
