// Which commands a letter to the team offers: the lines that make sense now, each with its help.

import { openRequests } from '#incident/access.ts';
import type { Incident } from '#incident/incident.ts';
import { stageOf } from '#incident/stage.ts';
import { openSteps } from '#incident/step.ts';
import type { Policy } from '#team/policy.ts';

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
  duplicate: 'it repeats another incident; the reporter is told',
  public: 'it is public already',
  private: 'it is not public after all',
  privacy: 'ask whoever published it, or record their answer',
  decide: 'a decision about its way, with its reason',
  upstream: 'when another project publishes',
  breach: 'the embargo was broken: the team is alarmed',
  classify: 'what the severity catalogue says of it',
  severity: 'a CVSS vector, or a level because of a reason',
  cve: 'request, an id, or reject',
  set: 'write a field of the advisory',
  schedule: 'the public date; alone it proposes one',
  draft: 'make its text from what is known, for the team to read',
  approve: 'exactly this text may leave',
  notify: 'release the notice to the distributors',
  'heads-up': 'release the public word that a fix will come',
  done: 'it is done',
  undone: 'it is open again',
  patch: 'the commits named and the files attached are the patches',
  lgtm: 'you looked at what somebody else brought, and it is right',
  announce: 'announce at the public date',
  cancel: 'take it back',
  critique: 'what went well and what did not, closed by /end',
  retrospective: 'draft the look back; send releases it',
  'fix-team': 'propose, invite, remove or list those who fix',
  tell: 'a message to the fix team, closed by /end',
  'fix-ready': 'the fix can be released; or: /fix-ready mitigation',
  'fix-unready': 'it cannot after all',
  access: 'grant, remove or list access to the private repository',
  answer: 'what became of a request for access: done, or refused',
  status: 'where it stands',
  close: 'everything is done',
  reopen: 'it goes on',
  handoff: 'offer it to somebody',
  'take-part': 'you have this part',
  pass: 'the next in line is asked at once',
  'accept-handoff': 'the incident is yours',
  'decline-handoff': 'it stays where it is',
};

/** The lines with their help, by the command word each begins with. */
export function helpWith(lines: readonly string[]): Shown[] {
  return lines.map((line) => ({ line, help: help[/^\/([a-z-]+)/.exec(line)?.[1] ?? ''] ?? '' }));
}

/** What closes the open requests of an incident, for whoever reads the administrator's own words. */
export function answersTo(incident: Incident): Shown[] {
  return helpWith(openRequests(incident).flatMap(({ number }) => [`/answer ${number} done`, `/answer ${number} refused because <reason>`]));
}

/** The commands of the fix team, with the steps that are theirs. */
export function fixTeamCommands(incident: Incident, policy: Policy): Shown[] {
  const steps = openSteps(incident, policy, 'fix').filter(({ owner }) => owner === 'fix-team');
  const brings = policy.steps.some(({ eachPatch }) => eachPatch) ? ['/patch <commit>'] : [];
  const lines = ['/status', ...steps.flatMap((step) => step.lines), ...(incident.fixReady ? [] : [...brings, '/fix-ready'])];
  return usable(helpWith(lines), policy);
}

// What somebody must decide or record before anything else.
function awaited({ breach, decisions, exposure, announcedAt }: Incident): string[] {
  if (announcedAt) return [];
  return [
    ...(breach && !decisions.breach ? ['/decide breach publish because <reason>', '/decide breach continue because <reason>'] : []),
    ...(exposure?.asked && !exposure.answer ? ['/privacy yes', '/privacy no'] : []),
  ];
}

/** The commands that make sense for an incident as it stands. */
export function suggestions(incident: Incident): Shown[] {
  const stage = stageOf(incident);
  const first = [...(incident.taken || stage === 'closed' ? [] : ['/take']), ...awaited(incident)];
  switch (stage) {
    case 'reported':
    case 'triaged':
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
    case 'fixing':
    case 'fix-ready':
    case 'heads-up':
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
    case 'final-notice':
      return helpWith([...awaited(incident), '/cancel announcement', '/reply', '/status']);
    case 'announced':
      return helpWith(['/critique', '/retrospective', '/status']);
    case 'retrospective':
      return helpWith(['/close', '/status']);
    case 'declined':
      return helpWith(['/accept', '/reply', '/close', '/status']);
    case 'closed':
      return helpWith(['/reopen', '/status']);
    default:
      return stage satisfies never;
  }
}

// Commands about a part that a process may not have.
const ofPart: Readonly<Record<string, 'commander' | 'lead'>> = { take: 'commander', handoff: 'commander', lead: 'lead' };

/** The same without what this team does not use: commands that are off, and those of a commander or lead where nobody is one (S3-06, S3-19). */
export function usable(shown: readonly Shown[], { commands, parts }: Policy): Shown[] {
  return shown.filter(({ line }) => {
    const word = /^\/([a-z-]+)/.exec(line)?.[1] ?? '';
    const part = Object.hasOwn(ofPart, word) ? ofPart[word] : undefined;
    return commands[word]?.off !== true && (part === undefined || parts[part] !== 'none');
  });
}
