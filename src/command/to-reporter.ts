// What /reply and /ask share: words that reach the reporter, and nothing else does.
import { type Decision, happened, type IncidentSituation, refuse } from '#command/command.ts';

/** Sends `text` to the incident's reporter; refuses when nobody is known to answer. */
export function toReporter(text: string, asks: boolean, { incident, by }: IncidentSituation): Decision {
  if (!incident.reporter) return refuse('No reporter is known for this incident. Name one first: /reporter <address>.');
  return happened(`Your ${asks ? 'question' : 'answer'} goes to the reporter, ${incident.reporter.address}.`, {
    type: 'replied',
    by: by.who,
    text,
    asks,
  });
}
