// The answer to /fix-team propose: who owns the paths, by which file, who of them is on file, and the line that would invite them (S1-56).
import { answered, type Decision, type IncidentSituation, refuse } from '#command/command.ts';
import { mayBeInvited } from '#team/fix-team.ts';
import { type PathOwner, type PathOwners, personBehind } from '#team/owners.ts';
import { type Member, withRole } from '#team/roster.ts';

/** Somebody who is proposed, with everything that speaks for them. */
interface Proposed {
  readonly name: string;
  readonly person: Member | undefined;
  readonly why: string[];
}

/** The proposal for these paths; nobody is invited by it. Refuses paths that nothing can be said of. */
export function proposal(paths: readonly string[], situation: IncidentSituation): Decision {
  const found: PathOwners[] = [];
  for (const path of paths) {
    const owners = situation.owners(path);
    if ('why' in owners) return refuse(`"${path.slice(0, 80)}": ${owners.why}.`);
    found.push(owners);
  }
  const { policy, roster, incident } = situation;
  const { releaseManagers, proposed } = policy.fixTeam;
  const wanted = ({ is }: PathOwner) => proposed === 'approvers-and-reviewers' || is !== 'reviewer';
  const near = gathered(
    found.flatMap((one) => one.near.filter(wanted)),
    situation,
  );
  const above = gathered(
    found.flatMap((one) => one.above.filter(wanted)),
    situation,
  ).filter(({ name }) => !near.some((one) => one.name === name));
  const managers = releaseManagers ? withRole(roster, 'release-manager').map(({ handle }) => handle) : [];
  const invited = (handle: string) => incident.fixTeam.some(({ person }) => person === handle);
  const handles = near.flatMap(({ person }) => (person && mayBeInvited(person) ? [person.handle] : []));
  const line = [...new Set([...handles, ...managers])].filter((handle) => !invited(handle));
  const mark = (handle: string) => (invited(handle) ? ', invited already' : '');
  const said = [
    ...section(`Owners of ${found.map(({ checkout, path }) => `${checkout}:${path || '(all of it)'}`).join(', ')}:`, near, mark),
    ...section('From the folders above, for you to choose:', above, mark),
    ...(managers.length > 0 ? ['Release managers:', ...managers.map((handle) => `- ${handle}${mark(handle)}`)] : []),
    ...found.flatMap(({ notes }) => notes.map((note) => `Note: ${note}.`)),
    line.length > 0
      ? `Nobody is invited by this. The line that invites them:\n/fix-team invite ${line.join(' ')}`
      : 'Nobody of them is left to be invited.',
  ];
  return answered(said.join('\n'));
}

function gathered(owners: readonly PathOwner[], { roster }: IncidentSituation): Proposed[] {
  const all = new Map<string, Proposed>();
  for (const { name, is, file } of owners) {
    const person = personBehind(name, roster);
    const key = person?.handle ?? name;
    const one = all.get(key) ?? { name: key, person, why: [] };
    one.why.push(`${is} in ${file}`);
    all.set(key, one);
  }
  return [...all.values()];
}

const most = 60;

function section(title: string, proposed: readonly Proposed[], mark: (handle: string) => string): string[] {
  if (proposed.length === 0) return title.startsWith('Owners') ? [`${title} no file names any.`] : [];
  const lines = proposed.slice(0, most).map(({ name, person, why }) => {
    const reasons = [...new Set(why)].slice(0, 4).join('; ');
    if (!person) return `- ${strangerWords(name)}: ${reasons}`;
    const barred = mayBeInvited(person) ? '' : '; cannot be invited without the role engineer';
    return `- ${person.handle} (${person.name}): ${reasons}${mark(person.handle)}${barred}`;
  });
  const more = proposed.length > most ? [`… and ${proposed.length - most} more.`] : [];
  return [title, ...lines, ...more];
}

function strangerWords(name: string): string {
  if (name.includes('@')) return `${name} (nobody on file has this address)`;
  if (name.includes('/')) return `${name} (a group of the code host; who is in it is not known here)`;
  return `${name} (nobody on file; the operator can enter them in roster.yaml with hosts: [${name}])`;
}
