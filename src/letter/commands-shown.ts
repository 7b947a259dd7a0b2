// Which commands a letter to the team offers: the lines that make sense now, each with its help.

import type { Incident } from '#incident/incident.ts';
import { stageOf } from '#incident/stage.ts';

/** A line a person can write back, and what it does. */
export interface Shown {
  readonly line: string;
  readonly help: string;
}

const help: Readonly<Record<string, string>> = {
  take: 'the incident is yours',
  accept: 'it is a vulnerability; the reporter is told',
  decline: 'it is none; the reporter is told',
  ask: 'a question to the reporter, closed by /end',
  reply: 'an answer to the reporter, closed by /end',
  reporter: 'name the reporter',
  spam: 'close it, nobody is told',
  note: 'keep a note for the team',
  lead: 'who leads the fix: me, next, or a member',
  severity: 'a CVSS vector, or a level because of a reason',
  cve: 'request, an id, or reject',
  set: 'write a field of the advisory',
  schedule: 'the public date; alone it proposes one',
  draft: 'make its text from what is known, for the team to read',
  approve: 'exactly this text may leave',
  notify: 'release the notice to the distributors',
  announce: 'announce at the public date',
  cancel: 'take it back',
  critique: 'what went well and what did not, closed by /end',
  retrospective: 'draft the look back; send releases it',
  status: 'where it stands',
  close: 'everything is done',
  reopen: 'it goes on',
  'accept-handoff': 'the incident is yours',
  'decline-handoff': 'it stays where it is',
};

/** The lines with their help, by the command word each begins with. */
export function helpWith(lines: readonly string[]): Shown[] {
  return lines.map((line) => ({ line, help: help[/^\/([a-z-]+)/.exec(line)?.[1] ?? ''] ?? '' }));
}

/** The commands that make sense for an incident as it stands. */
export function suggestions(incident: Incident): Shown[] {
  const stage = stageOf(incident);
  const first = incident.taken || stage === 'closed' ? [] : ['/take'];
  switch (stage) {
    case 'reported':
      return helpWith([
        ...first,
        '/accept',
        '/decline <class>',
        '/ask',
        ...(incident.reporter ? [] : ['/reporter <address>']),
        '/spam',
        '/status',
      ]);
    case 'accepted':
      return helpWith([
        ...first,
        ...(incident.lead ? [] : ['/lead me']),
        ...(incident.severity ? [] : ['/severity <vector>']),
        ...(incident.cve.state === 'none' ? ['/cve request'] : []),
        '/set <field> <text>',
        ...(incident.publicAt ? ['/draft notice', '/draft announcement'] : ['/schedule']),
        '/reply',
        '/status',
      ]);
    case 'notified':
      return helpWith([...first, '/draft announcement', '/announce', '/schedule', '/reply', '/status']);
    case 'announcing':
      return helpWith(['/cancel announcement', '/reply', '/status']);
    case 'announced':
      return helpWith(['/critique', '/retrospective', '/status']);
    case 'reviewed':
      return helpWith(['/close', '/status']);
    case 'declined':
      return helpWith(['/close', '/reopen', '/status']);
    case 'closed':
      return helpWith(['/reopen', '/status']);
    default:
      return stage satisfies never;
  }
}
