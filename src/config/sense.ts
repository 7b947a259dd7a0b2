// Settings that are allowed and still make no sense together: warned of before the first incident finds them.
import type { HeldCertificate } from '#config/config.ts';
import { ofCatalogue } from '#config/sense-catalogue.ts';
import { ofClock } from '#config/sense-clock.ts';
import { ofCourse } from '#config/sense-course.ts';
import { ofPeople } from '#config/sense-people.ts';
import { type Policy, type Role, sealFor } from '#team/policy.ts';
import { type Distributor, type Member, type Roster, withRole } from '#team/roster.ts';

const standing: readonly Role[] = ['member', 'associate', 'steering', 'release-manager', 'engineer'];

/** What a team should look at from `now` on: a sentence each. Nothing here keeps the service from starting. */
export function contradictions(policy: Policy, roster: Roster, certificates: readonly HeldCertificate[], now = new Date(0)): string[] {
  return [
    ...ofClock(policy, roster, now),
    ...ofRoles(policy, roster),
    ...ofCourse(policy, roster),
    ...ofPeople(policy, roster, now),
    ...ofCatalogue(policy),
    ...ofAudiences(policy, roster),
    ...ofSeals(policy, roster, certificates),
  ];
}

function ofRoles(policy: Policy, roster: Roster): string[] {
  const said: string[] = [];
  const held = (role: Role) => !standing.includes(role) || withRole(roster, role).length > 0;
  for (const [word, { who, off }] of Object.entries(policy.commands)) {
    if (off) continue;
    if (who && !who.some(held)) said.push(`/${word} is only for ${who.join(' and ')}, and nobody in the roster is that.`);
  }
  const alone =
    withRole(roster, 'member').length < 2 ? ['notify', 'announce', 'retrospective'].filter((word) => needsAnother(policy, word)) : [];
  if (alone.length > 0)
    said.push(
      `/${alone.join(', /')} take the /confirm of a second person, and the team has fewer than two members; commands.<word>.confirm can be same-person.`,
    );
  if (withRole(roster, 'member').length === 0) said.push('nobody in the roster is a member: nobody can take a report.');
  if (policy.parts.commander === 'oncall' && !roster.oncall)
    said.push('the roster has no oncall: a new report has no commander until somebody takes it.');
  return said;
}

function needsAnother({ commands }: Policy, word: string): boolean {
  return commands[word]?.off !== true && commands[word]?.confirm !== 'same-person';
}

function ofAudiences(policy: Policy, roster: Roster): string[] {
  const said: string[] = [];
  if (policy.notice.duty !== 'never' && roster.distributors.length === 0)
    said.push(`notice.duty is ${policy.notice.duty}, and the roster has no distributors: nobody would be told.`);
  if (policy.notice.duty === 'never' && policy.commands.notify?.off && roster.distributors.length > 0)
    said.push('the roster has distributors, notice.duty is never and /notify is off: they would hear nothing.');
  if (!roster.channels.some(({ kind }) => kind === 'mail'))
    said.push('the roster has no channel of the kind mail: an announcement reaches nobody by mail.');
  if (!roster.cna) said.push('the roster has no cna: /cve request has nobody to ask.');
  if (policy.fixTeam.access === 'must' && !roster.administrator)
    said.push('fixTeam.access is must, and the roster has no administrator: requests for access reach nobody by mail.');
  if (!roster.operator) said.push('the roster has no operator: troubles of the service stand in the log only.');
  return said;
}

function ofSeals(policy: Policy, roster: Roster, certificates: readonly HeldCertificate[]): string[] {
  const holders = new Set(certificates.map(({ who }) => who));
  const without = (audience: keyof Policy['audiences'], people: readonly string[], what: string) => {
    const missing = people.filter((who) => !holders.has(who));
    if (sealFor(policy, audience) !== 'must' || missing.length === 0) return [];
    const named = missing.slice(0, 20).join(', ') + (missing.length > 20 ? ` and ${missing.length - 20} more` : '');
    return [`letters to ${what} are sealed, and there is no certificate of ${named}: they get word that a letter waits, and nothing else.`];
  };
  // A request names an embargoed weakness before anybody else hears of it.
  const cnaInClear = roster.cna !== undefined && sealFor(policy, 'cna') === 'may' && !holders.has('cna');
  const handles = (people: readonly Member[]) => people.map(({ handle }) => handle);
  const ids = (list: readonly Distributor[]) => list.map(({ id }) => id);
  const secret = ['team', 'fix-team', 'steering', 'distributors', 'release-managers'] as const;
  const clear = secret.filter((audience) => sealFor(policy, audience) === 'never');
  return [
    ...(clear.length > 0
      ? [`letters to ${clear.join(', ')} are never sealed: embargoed text goes in the clear, whoever has a certificate.`]
      : []),
    ...(cnaInClear
      ? [
          'CVE requests leave in clear, with what the advisory says so far: give the cna a certificate, or say audiences.cna.seal: never if that is meant.',
        ]
      : []),
    ...without('team', handles(withRole(roster, 'member')), 'the team'),
    ...without('steering', handles(withRole(roster, 'steering')), 'steering'),
    ...without('release-managers', handles(withRole(roster, 'release-manager')), 'release managers'),
    ...without('distributors', ids(roster.distributors), 'distributors'),
    ...without('fix-team', handles(withRole(roster, 'engineer')), 'a fix team'),
    ...without('cna', roster.cna ? ['cna'] : [], 'the CNA'),
    ...without('administrator', roster.administrator ? ['administrator'] : [], 'the administrator'),
    ...without('operator', roster.operator ? ['operator'] : [], 'the operator'),
  ];
}
