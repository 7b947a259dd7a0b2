// Settings that are allowed and still make no sense together: warned of before the first incident finds them.
import type { HeldCertificate } from '#config/config.ts';
import { type Policy, type Role, sealFor } from '#team/policy.ts';
import { type Distributor, type Member, type Roster, withRole } from '#team/roster.ts';
import { length, spanInWords } from '#time.ts';

const standing: readonly Role[] = ['member', 'associate', 'steering', 'release-manager'];

/** What a team should look at: a sentence each. Nothing here keeps the service from starting. */
export function contradictions(policy: Policy, roster: Roster, certificates: readonly HeldCertificate[]): string[] {
  return [...ofSpans(policy), ...ofRoles(policy, roster), ...ofAudiences(policy, roster), ...ofSeals(policy, roster, certificates)];
}

function ofSpans({ notice, spans }: Policy): string[] {
  const said: string[] = [];
  const more = (left: keyof typeof all, right: keyof typeof all) => length(all[left]) > length(all[right]);
  const all = {
    'notice.least': notice.least,
    'notice.most': notice.most,
    'spans.longestEmbargo': spans.longestEmbargo,
    'spans.retrospectiveFrom': spans.retrospectiveFrom,
    'spans.retrospectiveBy': spans.retrospectiveBy,
    'spans.announcementReady': spans.announcementReady,
  };
  if (more('notice.least', 'notice.most'))
    said.push(
      `notice.least (${spanInWords(notice.least)}) is more than notice.most (${spanInWords(notice.most)}): no date satisfies both.`,
    );
  if (notice.duty !== 'never' && more('notice.least', 'spans.longestEmbargo'))
    said.push(
      `spans.longestEmbargo (${spanInWords(spans.longestEmbargo)}) is less than notice.least (${spanInWords(notice.least)}): every notice would come too late.`,
    );
  if (more('spans.retrospectiveFrom', 'spans.retrospectiveBy'))
    said.push('spans.retrospectiveFrom is more than spans.retrospectiveBy: the retrospective is due before it is asked for.');
  if (more('spans.announcementReady', 'spans.longestEmbargo'))
    said.push('spans.announcementReady is more than spans.longestEmbargo: the announcement is late from the first day.');
  return said;
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
  if (!roster.oncall) said.push('the roster has no oncall: a new report has no commander until somebody takes it.');
  return said;
}

function needsAnother({ commands }: Policy, word: string): boolean {
  return commands[word]?.off !== true && commands[word]?.confirm !== 'same-person';
}

function ofAudiences(policy: Policy, roster: Roster): string[] {
  const said: string[] = [];
  if (policy.notice.duty !== 'never' && roster.distributors.length === 0)
    said.push(`notice.duty is ${policy.notice.duty}, and the roster has no distributors: nobody would be told.`);
  if (!roster.channels.some(({ kind }) => kind === 'mail'))
    said.push('the roster has no channel of the kind mail: an announcement reaches nobody by mail.');
  if (!roster.cna) said.push('the roster has no cna: /cve request has nobody to ask.');
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
    ...without('cna', roster.cna ? ['cna'] : [], 'the CNA'),
    ...without('operator', roster.operator ? ['operator'] : [], 'the operator'),
  ];
}
