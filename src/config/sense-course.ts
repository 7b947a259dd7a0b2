// What a policy asks for and then makes impossible: commands that are off, people the process does not have, steps that hold up what is past.
import type { Policy, Role } from '#team/policy.ts';
import { type Roster, withRole } from '#team/roster.ts';
import { atLeastLasting, spanInWords } from '#time.ts';

/** What nobody could do in this team, a sentence each. */
export function ofCourse(policy: Policy, roster: Roster): string[] {
  return [
    ...ofWords(policy),
    ...ofParts(policy, roster),
    ...ofSteps(policy, roster),
    ...ofDecisions(policy),
    ...ofCve(policy),
    ...ofNoise(policy),
  ];
}

/** Settings that need a command, with its word. */
function needed(policy: Policy): [setting: string, word: string][] {
  const { decisions, notice, headsUp, cve, steps, catalogue, parts, fixTeam, spans, exposure } = policy;
  const wants: [boolean, string, string][] = [
    ...Object.keys(decisions).map((key): [boolean, string, string] => [true, `decisions.${key}`, 'decide']),
    [notice.duty !== 'never', `notice.duty ${notice.duty}`, 'notify'],
    [headsUp !== undefined, 'headsUp', 'heads-up'],
    [cve.every, 'cve.every', 'cve'],
    [notice.duty === 'cve', 'notice.duty cve', 'cve'],
    [steps.length > 0, 'steps', 'done'],
    [catalogue !== undefined, 'catalogue', 'classify'],
    [Object.keys(parts.standing).length > 0, 'parts.standing', 'take-part'],
    [parts.lead !== 'none', 'parts.lead', 'lead'],
    [fixTeam.access === 'must', 'fixTeam.access must', 'access'],
    [fixTeam.from === 'invited' && fixTeam.due, 'fixTeam.due', 'fix-team'],
    [spans.assessment !== undefined, 'spans.assessment', 'severity'],
    [spans.fix !== undefined, 'spans.fix', 'fix-ready'],
    [exposure.ask, 'exposure.ask', 'public'],
    [true, 'the public date', 'schedule'],
    [true, 'the announcement', 'announce'],
  ];
  return wants.flatMap(([wanted, setting, word]) => (wanted ? [[setting, word]] : []));
}

function ofWords(policy: Policy): string[] {
  return needed(policy).flatMap(([setting, word]) =>
    policy.commands[word]?.off ? [`commands.${word} is off, and ${setting} needs it: nobody could do it.`] : [],
  );
}

/** Whether the process has somebody in this part of an incident at all. */
function missing(policy: Policy, role: Role): boolean {
  return (role === 'commander' && policy.parts.commander === 'none') || (role === 'lead' && policy.parts.lead === 'none');
}

function ofParts(policy: Policy, roster: Roster): string[] {
  const said: string[] = [];
  for (const [word, { who, off }] of Object.entries(policy.commands))
    if (!off && who?.every((role) => missing(policy, role)))
      said.push(`/${word} is only for ${who.join(' and ')}, and the process has none (parts): every member may give it.`);
  for (const [part, { by }] of Object.entries(policy.parts.standing)) {
    const order = roster.parts[part]?.order ?? [];
    if (order.length === 0)
      said.push(`parts.standing has "${part}", and nobody takes turns with it (parts in the roster): everybody is asked each time.`);
    else if (by === 'week' && order.length < 2)
      said.push(`the part "${part}" has one person in the roster: its weeks have nobody in the second place.`);
  }
  for (const part of Object.keys(roster.parts))
    if (!Object.hasOwn(policy.parts.standing, part))
      said.push(`parts of the roster has "${part}", and parts.standing of the policy has no such part: its turns are not used.`);
  if (policy.advisory.signedBy === 'lead' && missing(policy, 'lead'))
    said.push('advisory.signedBy is lead, and parts.lead is none: nobody signs what is public.');
  if (policy.parts.associatesLead === 'public-or-low-sensitivity' && !policy.decisions.sensitivity)
    said.push('parts.associatesLead names low sensitivity, and decisions.sensitivity is absent: nobody can call an incident that.');
  if (policy.fixTeam.overview && policy.process.overview.trim() === '')
    said.push('fixTeam.overview is true, and process.overview is empty: whoever is invited gets no overview.');
  if (policy.fixTeam.releaseManagers && withRole(roster, 'release-manager').length === 0)
    said.push('fixTeam.releaseManagers is true, and nobody in the roster is a release-manager: none can be proposed.');
  return said;
}

function ofSteps(policy: Policy, roster: Roster): string[] {
  const said: string[] = [];
  const { steps, branches, notice } = policy;
  const keys = (which: (step: Policy['steps'][number]) => boolean) => steps.filter(which).map(({ key }) => key);
  const each = keys(({ eachBranch }) => eachBranch);
  if (branches.length === 0 && each.length > 0)
    said.push(`branches is empty, and the steps ${each.join(', ')} are for each branch: they are asked for once.`);
  if (branches.length === 0 && notice.allBranches && notice.duty !== 'never')
    said.push('branches is empty, and notice.allBranches is true: no missing patch is noticed.');
  const managers = keys(({ owner }) => owner === 'release-manager');
  if (managers.length > 0 && withRole(roster, 'release-manager').length === 0)
    said.push(`the steps ${managers.join(', ')} are a release-manager's, and nobody in the roster is one.`);
  const unasked = keys((step) => step.owner === 'release-manager' && step.phase === 'release' && !asksInTime(step, steps));
  if (unasked.length > 0)
    said.push(
      `the steps ${unasked.join(', ')} are a release-manager's, and no letter asks one in time (tell): only members could say them done.`,
    );
  for (const owner of ['lead', 'commander'] as const) {
    const theirs = keys((step) => step.owner === owner);
    if (theirs.length > 0 && missing(policy, owner))
      said.push(`the steps ${theirs.join(', ')} are the ${owner}'s, and parts.${owner} is none: they are everybody's.`);
  }
  for (const { key, phase, gate, tell, ahead } of steps) {
    if (tell && ahead && atLeastLasting(tell) < atLeastLasting(ahead))
      said.push(
        `the step ${key} must be done ${spanInWords(ahead)} ahead, and those who do it are told only ${spanInWords(tell)} ahead: its tell must be the longer one.`,
      );
    if (gate === 'notice' && notice.duty === 'never') said.push(`the step ${key} holds up the notice, and notice.duty is never.`);
    else if ((gate === 'notice' && phase !== 'fix') || (gate === 'announcement' && phase === 'after'))
      said.push(`the step ${key} holds up the ${gate}, and its phase (${phase}) comes later: the ${gate} always takes a reason.`);
  }
  return said;
}

type Step = Policy['steps'][number];

/** Whether whoever owns a step hears of it before it must be done: by its own letter, or by one about another step of theirs (S1-89). */
function asksInTime({ owner, ahead }: Step, steps: readonly Step[]): boolean {
  const due = ahead ? atLeastLasting(ahead) : 0;
  return steps.some((other) => other.owner === owner && other.tell !== undefined && atLeastLasting(other.tell) >= due);
}

function ofDecisions({ decisions, notice }: Policy): string[] {
  const said: string[] = [];
  if (notice.duty === 'decision' && !decisions.distributors)
    said.push('notice.duty is decision, and decisions.distributors is absent: nobody can decide it.');
  if (notice.duty !== 'decision' && decisions.distributors)
    said.push(`decisions.distributors is there, and notice.duty is ${notice.duty}: the decision changes nothing.`);
  const own = decisions.release?.outOfBand ?? [];
  const worse = ['low', 'medium', 'high', 'critical'] as const;
  const skipped = worse.filter((level, index) => !own.includes(level) && worse.slice(0, index).some((lesser) => own.includes(lesser)));
  if (skipped.length > 0)
    said.push(`decisions.release.outOfBand has ${own.join(', ')} and not ${skipped.join(', ')}: what is worse would wait longer.`);
  return said;
}

function ofCve({ cve, notice, advisory }: Policy): string[] {
  if (cve.when !== 'release') return [];
  const late = 'a CVE is asked for on the day of release only (cve.when)';
  return [
    ...(notice.duty === 'cve' ? [`notice.duty is cve, and ${late}: no notice could come in time.`] : []),
    ...(advisory.notice.includes('cve') ? [`advisory.notice has cve, and ${late}: no notice could be drafted.`] : []),
    ...(advisory.announcement.includes('cve')
      ? [`advisory.announcement has cve, and ${late}: the announcement waits for the authority.`]
      : []),
  ];
}

function ofNoise({ triage, declines, commands }: Policy): string[] {
  return Object.entries(triage.noise).flatMap(([name, { words, least, class: suggested }]) => {
    const said: string[] = [];
    if (least > words.length) said.push(`triage.noise.${name} takes ${least} words and has ${words.length}: it is never recognised.`);
    if (!Object.hasOwn(declines, suggested))
      said.push(`triage.noise.${name} suggests /decline ${suggested}, and declines has no such class.`);
    if (commands.decline?.off) said.push(`triage.noise.${name} suggests /decline, which is off.`);
    return said;
  });
}
