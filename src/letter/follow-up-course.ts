// Which letters follow from the course of an incident: public already, decisions, a duplicate, a broken embargo.
import { type CourseEvent, tellCourse } from '#incident/course.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import { exposureWords, isPosted } from '#incident/decision.ts';
import { told } from '#incident/disclosure.ts';
import { isAsap } from '#incident/pace.ts';
import { openness } from '#incident/seat.ts';
import { severityWords } from '#incident/summary.ts';
import { letter, toReporter, toTeam } from '#letter/addressing.ts';
import { helpWith } from '#letter/commands-shown.ts';
import type { Occasion } from '#letter/follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { distributors } from '#letter/recipients.ts';
import { decisionWords } from '#letter/retelling.ts';
import { lapsed } from '#team/calendar.ts';
import { distributorOf, memberOf } from '#team/roster.ts';
import { after, shown } from '#time.ts';

/** The letters that follow from an event of the course; what a member ordered is also relayed to the others with the mail that did. */
export function lettersForCourse(event: CourseEvent, occasion: Occasion): Letter[] {
  const { incident } = occasion;
  const { id } = incident;
  switch (event.type) {
    case 'exposed':
      return publicPath(event, occasion, event.because);
    case 'privacy-answered':
      return publicPath(event, occasion);
    case 'privacy-asked':
      return askPrivate(occasion);
    case 'decided':
      return decided(event, occasion);
    case 'duplicate-linked':
      return toReporter('duplicate', { id, text: event.text ?? '', isPublic: openness(incident) === 'public' }, occasion);
    case 'embargo-broken':
      return broken(event, occasion);
    case 'exposure-withdrawn':
    case 'upstream-set':
    case 'repeated':
    case 'classified':
      return [];
    default:
      return event satisfies never;
  }
}

/** Far ones are the plan, not what this letter is about. */
const soon = '7d';

function publicPath(event: Extract<CourseEvent, { type: 'exposed' | 'privacy-answered' }>, occasion: Occasion, because?: string): Letter[] {
  const { incident, policy, now } = occasion;
  const asap = isAsap(incident, policy);
  const due = deadlinesOf(incident, policy)
    .filter(({ dueAt, key }) => dueAt <= after(now, soon) && key !== 'privacy')
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  const { because: _, waives, ...bare } = { because: undefined, waives: undefined, ...event };
  const asks = policy.exposure.ask && event.type === 'exposed';
  return toTeam(
    'public-path',
    {
      id: incident.id,
      pace: incident.exposure?.answer === 'yes' ? 'agreed' : asap ? 'all' : 'usual',
      what: tellCourse(bare, policy.zone, (who) => nameOf(who, occasion)),
      ...(because && { because }),
      means: exposureWords(incident, policy),
      ...(waives && { waives }),
      due: due.map(({ what, dueAt }) => ({ what, at: dueAt.toISOString() })),
      commands: helpWith([
        ...(asks ? [incident.reporter ? '/privacy ask' : '/privacy ask <address>'] : []),
        ...new Set([...due.flatMap(({ commands }) => commands), '/private because <reason>', '/status']),
      ]),
    },
    occasion,
  );
}

// Whoever published it may be somebody else than the reporter: they hear nothing but this question, and never more than once without an order.
function askPrivate(occasion: Occasion): Letter[] {
  const { incident, policy } = occasion;
  const facts = { id: incident.id, ...(policy.process.link && { link: policy.process.link }) };
  const of = incident.exposure?.of;
  if (!of) return toReporter('ask-private', facts, occasion);
  return [{ ...letter('ask-private', 'reporter', { who: 'publisher', ...of }, occasion, facts), seal: 'may' }];
}

function decided(event: Extract<CourseEvent, { type: 'decided' }>, occasion: Occasion): Letter[] {
  const { incident, policy, roster } = occasion;
  const { by, what, choice, because, against } = event;
  const facts = {
    id: incident.id,
    by,
    words: decisionWords(what, choice),
    because,
    ...(against && { against }),
    severity: severityWords(incident),
  };
  const posted = isPosted(what, policy) ? toTeam('decision', facts, occasion) : [];
  if (what !== 'breach' || choice !== 'continue') return posted;
  const holds = { id: incident.id, ...(incident.publicAt && { publicAt: incident.publicAt.toISOString() }) };
  return [...posted, ...distributors(roster, told(incident)).map((to) => letter('embargo-holds', 'distributors', to, occasion, holds))];
}

function broken(event: Extract<CourseEvent, { type: 'embargo-broken' }>, occasion: Occasion): Letter[] {
  const { incident, policy, now } = occasion;
  return toTeam(
    'breach',
    {
      id: incident.id,
      by: nameOf(event.by, occasion),
      text: event.what,
      planned: planned(occasion),
      decideBy: lapsed(now, policy.spans.breach, policy).toISOString(),
      commands: helpWith(['/decide breach publish because <reason>', '/decide breach continue because <reason>', '/note', '/status']),
    },
    occasion,
  );
}

function planned({ incident, policy }: Occasion): string[] {
  const { publicAt, announcement } = incident;
  const known = told(incident).length;
  return [
    ...(known > 0 ? [`${known} distributor${known === 1 ? ' knows' : 's know'} of it.`] : []),
    ...(publicAt ? [`The public date is ${shown(publicAt, policy.zone)}.`] : ['No public date is set.']),
    announcement
      ? `The announcement is confirmed for ${shown(announcement.at, policy.zone)}.`
      : incident.drafts.announcement
        ? 'The announcement is drafted and not confirmed.'
        : 'There is no announcement yet.',
  ];
}

function nameOf(who: string, { roster }: Occasion): string {
  return distributorOf(roster, who)?.name ?? memberOf(roster, who)?.handle ?? who;
}
