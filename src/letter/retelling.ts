// The journal as everybody may read it: the steps of an incident in public words. What is not listed here stays inside.
import type { DecisionKind } from '#incident/course.ts';
import type { Event, Who } from '#incident/event.ts';
import { shortReason } from '#incident/reason.ts';
import { tell } from '#incident/tell.ts';
import type { Policy } from '#team/policy.ts';
import { shown } from '#time.ts';

/**
 * The sentence of an event for a public text, moments in UTC and the team's zone; `name` says who did it without naming anybody. Undefined for the
 * workshop of the team: reminders, notes, drafts, codes, access, mails. No marks of drafts, keys of steps or commands stand in it.
 */
export function retold(event: Event, { zone, steps }: Pick<Policy, 'zone' | 'steps'>, name: (who: Who) => string): string | undefined {
  switch (event.type) {
    case 'reported':
      // By whose hands it came names people who did not agree to be named.
      return 'Report received.';
    case 'declined':
      return `${name(event.by)} declined the report.`;
    case 'decided':
      return `${name(event.by)} decided ${decisionWords(event.what, event.choice)}${shortReason(event.because)}.${event.against ? ' The process advises otherwise.' : ''}`;
    case 'fix-team-invited':
      return `${name(event.by)} invited ${event.people.length === 1 ? 'somebody' : `${event.people.length} people`} to the fix team.`;
    case 'step-done': {
      const step = steps.find(({ key, phase }) => key === event.step && phase === 'release');
      return step && `Release step done${event.branch ? ` on ${event.branch}` : ''}: "${step.what.replace(/\.$/, '')}".`;
    }
    case 'heads-up-released':
      return `${name(event.by)} released ${event.corrects ? 'another' : 'the'} public heads-up.`;
    case 'final-notice-released':
      return `${event.corrects ? 'Corrected final' : 'Final'} notice to the distributors: the public text, for ${shown(new Date(event.publicAt), zone)}.`;
    case 'announced':
      return 'Announced publicly.';
    case 'announcement-updated':
      return `${name(event.by)} updated the announcement.`;
    case 'cancelled':
      if (event.what === 'confirmation') return undefined;
      return `${name(event.by)} took back the ${event.what === 'schedule' ? 'public date' : 'announcement'}${shortReason(event.because)}.`;
    case 'taken':
    case 'handoff-accepted':
    case 'lead-chosen':
    case 'accepted':
    case 'reopened':
    case 'severity-set':
    case 'cve-requested':
    case 'cve-assigned':
    case 'cve-rejected':
    case 'cve-published':
    case 'scheduled':
    case 'upstream-set':
    case 'exposed':
    case 'exposure-withdrawn':
    case 'privacy-asked':
    case 'privacy-answered':
    case 'embargo-broken':
    case 'fix-ready':
    case 'fix-unready':
    case 'notice-released':
    case 'announcement-set':
      return tell(event, zone, name);
    default:
      // Not closed like other switches: what nobody chose to publish is not published.
      return undefined;
  }
}

/** A decision as the words after "decided". */
export function decisionWords(what: DecisionKind, choice: string): string {
  return publicWords[what][choice] ?? `${what} ${choice}`;
}

const publicWords: Readonly<Record<DecisionKind, Readonly<Record<string, string>>>> = {
  slow: { yes: 'to go slower than usual', no: 'to go at the usual pace' },
  'semi-public': { yes: 'to make the fix in public without saying what it is for', no: 'to make the fix in private' },
  early: { yes: 'to publish before there is a fix', no: 'not to publish before there is a fix' },
  release: {
    'out-of-band': 'to make a release of its own for the fix',
    'next-patch': 'to put the fix into the next regular release',
    no: 'to leave open which release has the fix',
  },
  distributors: { yes: 'to tell the distributors in advance', no: 'not to tell the distributors in advance' },
  emergency: { yes: 'to treat it as an emergency', no: 'not to treat it as an emergency any more' },
  sensitivity: { low: 'to treat it as of low sensitivity', no: 'to treat it as of the usual sensitivity' },
  breach: { publish: 'to publish at once after the broken embargo', continue: 'to keep the embargo and its date all the same' },
};
