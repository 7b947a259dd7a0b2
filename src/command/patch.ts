// /patch: the commits of the fix, and files of this mail as patches, which go along with the notice byte for byte (S1-79, S1-81, S2-65, S2-69e).
import { type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import type { Event } from '#incident/event.ts';

const mostCommits = 100;

export const patch = defineCommand({
  word: 'patch',
  help: 'Bring patches, for one branch or for all: the files attached to this mail, which go along with the notice, and the commits named, for review.',
  examples: ['/patch', '/patch release-1.30', '/patch 1a2b3c4 5d6e7f8', '/patch 1a2b3c4 release-1.30'],
  who: ['member', 'fix-team'],
  proof: 'domain',
  changes: true,
  args: {},
  text: 'line',
  decide({ text = '' }, situation) {
    const words = [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))];
    const commits = words.filter(isCommit).map((word) => word.toLowerCase());
    const [branch, ...more] = words.filter((word) => !isCommit(word));
    if (more.length > 0 || commits.length > mostCommits || (branch?.length ?? 0) > 40)
      return refuse(
        `Name one branch at most, and ${mostCommits} commits, each by seven characters of its id or more: /patch 1a2b3c4 release-1.30`,
      );
    return bring(commits, branch, situation);
  },
});

function isCommit(word: string): boolean {
  return /^[0-9a-f]{7,64}$/i.test(word);
}

function bring(commits: readonly string[], branch: string | undefined, { incident, by, policy, attached }: IncidentSituation): Decision {
  const names = attached?.names ?? [];
  if (names.length === 0 && commits.length === 0)
    return refuse(
      'No file is attached to this mail, or only outside of what you signed: attach the patches and write /patch again, or name their commits: /patch 1a2b3c4',
    );
  if (branch !== undefined && policy.branches.length > 0 && !policy.branches.includes(branch))
    return refuse(`There is no branch "${branch}". The branches are: ${policy.branches.join(', ')}.`);
  if (incident.announcedAt) return refuse('This incident is public already.');
  const fixed = branch === undefined ? {} : { branch };
  const others = incident.commits.filter((one) => one.by !== by.who).map(({ commit }) => commit);
  const own = commits.filter((commit) => !others.includes(commit));
  const events: Event[] = [];
  if (attached && names.length > 0) events.push({ type: 'patches-attached', by: by.who, message: attached.mail, names, ...fixed });
  if (own.length > 0) events.push({ type: 'commits-named', by: by.who, commits: own, ...fixed });
  if (events.length === 0) return refuse(`Somebody else named ${commits.join(', ')} already; look at it and write /lgtm.`);
  const kept = `Kept${branch === undefined ? '' : ` for ${branch}`}: ${[...names, ...own].join(', ')}.`;
  return happened(`${kept}${names.length > 0 ? whoMustHear(incident) : ''}`, ...events);
}

function whoMustHear({ notice, drafts }: IncidentSituation['incident']): string {
  if (notice) return ' Distributors hold a notice with other patches: /draft notice and /notify bring them these.';
  return drafts.notice ? ' Drafts do not change by themselves: /draft notice makes it anew.' : '';
}
