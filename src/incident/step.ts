// The steps of a policy in one incident: which are done, which are open, when each is due and how it is said to be done.
import type { Incident } from '#incident/incident.ts';
import { patchesIn, unreviewed } from '#incident/patch.ts';
import type { Who } from '#incident/who.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy } from '#team/policy.ts';
import type { Step } from '#team/policy-fix.ts';
import { type Roster, withRole } from '#team/roster.ts';
import { after, before, type Lapse, type Span } from '#time.ts';

/** A step of the policy that is not done yet: for all branches, or for those that are left. */
export interface OpenStep {
  readonly key: string;
  readonly what: string;
  readonly owner: Step['owner'];
  readonly gate: Step['gate'];
  /** The branches that are left; for a step of each patch the patches. */
  readonly left: readonly string[];
  /** The lines that say it is done. */
  readonly lines: readonly string[];
  /** When it must be done. */
  readonly at: Date;
  /** When those whose it is are told that its time has come; absent where nobody is, or they were. */
  readonly tellAt?: Date;
  /** It is told before the final notice, or a day ahead where there is none: it readies the release and makes nothing public. */
  readonly prepares: boolean;
}

/** The steps of a phase that are open, in the policy's order. Before a public date is set they are due when the incident is. */
export function openSteps(incident: Incident, policy: Policy, phase: Step['phase']): OpenStep[] {
  return policy.steps
    .filter((step) => step.phase === phase)
    .flatMap((step) => {
      const left = leftOf(step, incident, policy);
      return left ? [asOpen(step, left, incident, policy)] : [];
    });
}

/** The branches or patches for which a step is open, none where it is done once; undefined when it is done. */
function leftOf(step: Step, incident: Incident, { branches }: Policy): string[] | undefined {
  const all = step.eachPatch ? patchesIn(incident) : [];
  if (all.length === 0 && !(step.eachBranch && branches.length > 0)) return isDone(incident, step.key) ? undefined : [];
  const left =
    all.length > 0
      ? unreviewed(incident, step.key).map(({ name }) => name)
      : branches.filter((branch) => !isDone(incident, step.key, branch));
  return left.length > 0 ? left : undefined;
}

/** The open steps that hold something up. */
export function stepsBefore(incident: Incident, policy: Policy, gate: NonNullable<Step['gate']>): OpenStep[] {
  return (['fix', 'release', 'after'] as const).flatMap((phase) => openSteps(incident, policy, phase)).filter((step) => step.gate === gate);
}

function asOpen(step: Step, left: readonly string[], incident: Incident, policy: Policy): OpenStep {
  const { key, what, owner, gate, tell } = step;
  const publicAt = incident.publicAt ?? incident.openedAt;
  const at = dueAt(step, incident, policy);
  const tellAt = tell && !incident.stepsTold.some(({ step: told }) => told === key) ? earlier(publicAt, tell, policy) : undefined;
  const prepares = tellAt !== undefined && tellAt < before(publicAt, policy.notice.final ?? '1d');
  const words = left.length > 0 ? `${what} (${left.join(', ')})` : what;
  const each = step.eachPatch ? '/lgtm' : `/done ${key}`;
  const lines = left.length > 0 ? left.map((one) => `${each} ${one}`) : [`/done ${key}`];
  return { key, what: words, owner, gate, left, lines, at, ...(tellAt && { tellAt }), prepares };
}

function dueAt({ phase, ahead, within }: Step, { publicAt, announcedAt, openedAt }: Incident, policy: Policy): Date {
  const date = publicAt ?? openedAt;
  if (phase === 'after') return lapsed(announcedAt ?? date, within, policy);
  return ahead ? earlier(date, ahead, policy) : date;
}

// Days of work ahead of a date are counted as days: a step that is ready early hurts nobody.
function earlier(moment: Date, by: Lapse, policy: Policy): Date {
  if (!by.endsWith('wd')) return before(moment, by as Span);
  const forward = lapsed(moment, by, policy).getTime() - moment.getTime();
  return after(moment, -forward);
}

/** Whose a step is in an incident, as handles of the roster; where nobody has that part, the lead's, the commander's, or every member's. */
export function ownersOf(owner: Step['owner'], { lead, commander, fixTeam }: Incident, roster: Roster): Who[] {
  const everybody = withRole(roster, 'member').map(({ handle }) => handle);
  const leads = [lead ?? commander].filter((who) => who !== undefined);
  const found: Record<Step['owner'], Who[]> = {
    lead: leads,
    commander: commander === undefined ? [] : [commander],
    member: everybody,
    'fix-team': fixTeam.map(({ person }) => person),
    'release-manager': withRole(roster, 'release-manager').map(({ handle }) => handle),
  };
  return [found[owner], leads, everybody].find((who) => who.length > 0) ?? [];
}

function isDone({ stepsDone }: Incident, step: string, branch?: string): boolean {
  return stepsDone.some((one) => one.step === step && one.branch === branch);
}

/** The sentence of a reminder about a step, whose own words say what is true once it is done. */
export function stillToDo(what: string): string {
  return `Not done yet: ${what}`;
}
