// An incident that wanders: orders of anybody, one after another, with time between them, and what the daemon does meanwhile.
import { carryOut } from '#command/carry-out.ts';
import type { Situation } from '#command/command.ts';
import { actOf } from '#incident/act.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import { withheld } from '#incident/embargo.ts';
import type { DraftKind, Event, Recorded } from '#incident/event.ts';
import { evolve, type Incident, incidentOf } from '#incident/incident.ts';
import { followUp } from '#letter/follow-up.ts';
import { letterOfKind } from '#letter/list.ts';
import { heardBy } from '#letter/reminding.ts';
import type { Policy } from '#team/policy.ts';
import { emptyRegister } from '#team/register.ts';
import type { Roster } from '#team/roster.ts';
import type { Sender } from '#team/sender.ts';
import { original } from '#test/command/places.ts';
import { id, reportedAt } from '#test/situation.ts';
import { after, before } from '#time.ts';

/** Where a wandering incident stands, and what was said of it to whom. */
export interface Wandered {
  readonly incident: Incident;
  readonly recorded: readonly Recorded[];
  readonly now: Date;
  readonly refused: readonly string[];
  /** Letters to somebody who may not have them, and why not. */
  readonly leaked: readonly string[];
}

/** A step: so many minutes pass, then somebody orders something. The order is made when its moment comes. */
export interface Step {
  readonly minutes: number;
  readonly by: Sender;
  order(incident: Incident, now: Date, by: Sender): string;
}

interface Team {
  readonly policy: Policy;
  readonly roster: Roster;
}

/** An incident with nothing but its report. */
export function begun(reported: Event): Wandered {
  const recorded = [{ number: 1, at: reportedAt, event: reported }];
  const incident = incidentOf(id, recorded);
  if (!incident) throw new Error('a journal begins with a report');
  return { incident, recorded, now: reportedAt, refused: [], leaked: [] };
}

/** One step more: what is due meanwhile is done first. Events are only told as letters that the reader may have when they leave. */
export function wander(start: Wandered, { minutes, by, order }: Step, team: Team): Wandered {
  const here = minded(start, after(start.now, minutes * 60_000), team);
  const line = order(here.incident, here.now, by);
  const situation = situationOf(here, by, team);
  const { events, transcript } = carryOut({ lines: line.split('\n').map((text) => ({ text, code: false })), ignored: [] }, situation);
  const refused = transcript.flatMap(({ outcome, text }) => (outcome === 'refused' ? [text] : []));
  return happened({ ...here, refused: [...here.refused, ...refused] }, events, team);
}

/** All that a command may look at; a draft's mark names its text, codes are counted. */
export function situationOf({ incident, recorded, now }: Wandered, by: Sender, { policy, roster }: Team): Situation {
  let drawn = recorded.length * 100;
  return {
    ...{ incident, recorded, by, policy, roster, now },
    ...{ others: [original()], letters: [], filed: [{ incident }], register: emptyRegister, standing: [] },
    draw() {
      drawn += 1;
      return String(drawn).padStart(6, '0');
    },
    write: written,
    owners: () => ({ why: 'nobody looked' }),
    reach: ({ id: who }) => (who === 'gamma' ? { why: 'no certificate on the roster' } : { sealed: 'encrypted' }),
  };
}

function written(kind: DraftKind, { advisory, publicAt, severity }: Incident, own?: string) {
  const said = kind === 'heads-up' ? [advisory.mitigation] : [severity?.level, ...Object.values(advisory)];
  const text = own ?? [kind, publicAt?.toISOString(), ...said].join('\n');
  let mark = 7;
  for (const letter of text) mark = (mark * 31 + (letter.codePointAt(0) ?? 0)) % 0xffffffff;
  return { mark: mark.toString(16).padStart(8, '0'), subject: `the ${kind}`, text };
}

/** Acts that hang on each other and come at once; more would be a circle. */
const mostActs = 50;

// The daemon acts at each moment that comes, and reminds once of what is late when somebody writes; how often it rings is ringing.test.ts.
function minded(start: Wandered, until: Date, team: Team): Wandered {
  const { policy, roster } = team;
  let here = start;
  const idle = new Set<string>();
  for (let acts = 0; ; acts++) {
    if (acts > mostActs) throw new Error('the daemon does the same again and again');
    const { incident } = here;
    const due = deadlinesOf(incident, policy).filter((one) => one.acts && one.dueAt <= until && !idle.has(one.key));
    const [first] = due.sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
    if (!first) break;
    const now = first.dueAt > here.now ? first.dueAt : here.now;
    const events = actOf(first, incident, policy, roster, now, [original()]);
    if (events.length === 0) idle.add(first.key);
    here = happened({ ...here, now }, events, team);
  }
  const { incident } = here;
  const fresh = ({ key }: { key: string }) => (incident.reminded[key]?.at ?? start.incident.openedAt) < before(until, '2d');
  const late = deadlinesOf(incident, policy).filter((one) => !one.acts && one.dueAt <= until && fresh(one));
  const reminders = late.map((one): Event => ({ type: 'reminded', deadline: one.key, ...heardBy(one, incident, roster) }));
  return happened({ ...here, now: until }, reminders, team);
}

function happened(here: Wandered, events: readonly Event[], { policy, roster }: Team): Wandered {
  if (events.length === 0) return here;
  const { now } = here;
  const fresh = events.map((event, index) => ({ number: here.recorded.length + index + 1, at: now, event }));
  const recorded = [...here.recorded, ...fresh];
  const incident = fresh.reduce(evolve, here.incident);
  const reach = () => ({ sealed: 'encrypted' });
  const told = followUp(fresh, { incident, policy, roster, now, fingerprint: 'AAAA 1111', mayAcknowledge: true, reach });
  const leaked = told
    .flatMap(({ letters }) => letters)
    .flatMap(({ kind, audience, to }) => {
      const contents = letterOfKind(kind)?.contents ?? true;
      const why = withheld({ audience, ...to, contents, kind, writtenAt: now }, incident, roster, now);
      return why === undefined ? [] : [`${kind} to ${to.who}: ${why}`];
    });
  return { ...here, incident, recorded, leaked: [...here.leaked, ...leaked] };
}
