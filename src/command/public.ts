// /public: the report is public already; from here everything may be due at once (S1-42, S1-51, S4-14).

import { defineCommand, happened, refuse } from '#command/command.ts';
import { waiver } from '#command/waiver.ts';
import { evolveCourse } from '#incident/course.ts';
import { exposureWords } from '#incident/decision.ts';

export const markPublic = defineCommand({
  word: 'public',
  help: 'Mark the report as public already: the team is told what is due now, and whoever published it can be asked to go on in private.',
  examples: ['/public', '/public because it is in an issue of the repository since yesterday'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  args: {},
  because: 'optional',
  decide({ because }, { incident, by, policy, now }) {
    if (incident.announcedAt) return refuse('This incident is announced already: everybody may know of it.');
    if (incident.exposure)
      return refuse(
        'It is marked as public already. /privacy says what whoever published it answered; /private because <reason> takes the mark back.',
      );
    const next = evolveCourse(incident, now, { type: 'exposed', by: by.who });
    const ask = policy.exposure.ask
      ? ` To ask whoever published it to go on in private: ${incident.reporter ? '/privacy ask (the reporter), or ' : ''}/privacy ask <address>`
      : '';
    return happened(`Public already: ${exposureWords(next, policy)}.${ask}`, {
      type: 'exposed',
      by: by.who,
      ...(because && { because }),
      ...waiver(incident, next, policy),
    });
  },
});
