// A scenario to rehearse: one YAML file with people, a beginning and steps, as a checked value; every mistake is a sentence.
import { z } from 'zod';
import { type Desk, whereabouts, wrong } from '#config/desk.ts';
import { inOrder, type Mistake, meant } from '#config/mistake.ts';
import { checkPeople } from '#config/people.ts';
import { merged, shippedPolicies, shippedPolicySaid } from '#config/policies.ts';
import { validate } from '#config/validate.ts';
import { readYaml, type YamlFile } from '#config/yaml.ts';
import { Policy } from '#team/policy.ts';
import { HourMinute, Length } from '#team/policy-word.ts';
import { Roster } from '#team/roster.ts';
import { after, inUtc, readMoment } from '#time.ts';

const Moment = z.string().refine((text) => readMoment(text)?.hour === true, {
  error: 'expected a moment like "2026-03-02 09:00" (UTC)',
});
const Name = z.string().regex(/^[a-z][a-z0-9._-]{0,39}$/, { error: 'expected a name of small letters, digits, ".", "_" or "-"' });
const At = z.string().refine((text) => atMatch(text) !== null || readMoment(text)?.hour === true, {
  error: 'expected an hour like "16:00", "day 14 16:00" (counted from the beginning), or a moment like "2026-03-16 16:00"',
});

const Step = z.strictObject({
  scene: z.string().max(200).optional().describe('A heading on the screen: what begins here.'),
  wait: Length.optional().describe('Nobody writes for so long.'),
  who: Name.optional().describe('Who writes: somebody of the roster, or of `people`.'),
  after: Length.optional().describe('So long after the step before; absent: at the same moment.'),
  at: At.optional().describe('Or when: an hour (the next one), a day counted from the beginning with an hour, or a moment. UTC.'),
  answers: z
    .union([Name, z.strictObject({ kind: Name, to: Name })], { error: 'expected the kind of a letter, or { kind, to }' })
    .optional()
    .describe('The last letter of this kind that the writer got, or that somebody else got.'),
  subject: z.string().max(200).optional(),
  text: z.string().min(1).max(100_000).optional().describe('What is written; lines that begin with "/" are commands.'),
  attachments: z
    .array(z.strictObject({ name: z.string().regex(/^[\w.-]{1,100}$/, { error: 'expected a file name' }), text: z.string().max(100_000) }))
    .max(10)
    .default([]),
  clear: z.literal(true).optional().describe('Neither signed nor encrypted, though the writer has a key.'),
  refused: z.literal(true).optional().describe('A command of this mail is refused on purpose.'),
});

const Scenario = z.strictObject({
  title: z.string().min(1).max(200),
  begins: Moment.describe('The moment of the beginning, UTC.'),
  ends: At.optional().describe('Until when time goes on after the last step.'),
  team: z
    .strictObject({
      title: z.string().min(1).max(100),
      prefix: z.string().regex(/^[A-Z][A-Z0-9]{1,7}$/, { error: 'expected two to eight capital letters and digits' }),
      address: z.email({ error: 'expected a mail address' }),
      policy: z.looseObject({ extends: z.string() }).describe('The policy that comes with the package, and what differs.'),
      roster: Roster,
      keyless: z.array(Name).default([]).describe('Who of the roster has no key.'),
    })
    .optional()
    .describe('The team that is played where no config folder is named.'),
  people: z
    .record(
      Name,
      z.strictObject({
        name: z.string().max(100).optional(),
        address: z.email({ error: 'expected a mail address' }),
        key: z.boolean().default(false).describe('They sign and encrypt.'),
      }),
    )
    .default({})
    .describe('People outside of the roster.'),
  steps: z.array(Step).min(1).max(500),
});

/** A mail of a scenario, or time that passes. `at` is the moment it stands at, worked out from those before. */
export type ScenarioStep = Omit<z.output<typeof Step>, 'at' | 'after' | 'wait'> & { readonly at: Date };

/** A scenario that was read. */
export interface Scenario {
  readonly title: string;
  readonly begins: Date;
  readonly ends: Date;
  readonly team?: {
    readonly title: string;
    readonly prefix: string;
    readonly address: string;
    readonly policy: Policy;
    readonly roster: Roster;
    readonly keyless: readonly string[];
  };
  readonly people: z.output<typeof Scenario>['people'];
  readonly steps: readonly ScenarioStep[];
}

/**
 * Reads a scenario; `file` is its name in mistakes, `begins` puts the whole at another beginning. Answers with every mistake when there is one:
 * unknown settings, steps that are both a mail and a pause, moments before those of earlier steps, an end before the beginning.
 */
export async function readScenario(file: string, text: string, begins?: Date): Promise<{ scenario: Scenario } | { mistakes: Mistake[] }> {
  const yaml = readYaml(file, text);
  if ('mistakes' in yaml) return yaml;
  const read = validate(Scenario, yaml.value, whereabouts(yaml));
  if ('mistakes' in read) return read;
  const { title, people, team } = read.value;
  const desk: Desk = { directory: '', env: {}, now: begins ?? new Date(0), mistakes: [], warnings: [] };
  const start = begins ?? readMoment(read.value.begins)?.at ?? desk.now;
  const { steps, ends } = timed(read.value, start, desk, yaml);
  const policy = team && (await policyOf(team.policy, desk, yaml));
  if (team) checkPeople(desk, team.roster, under(yaml, ['team', 'roster']), [team.address]);
  if (desk.mistakes.length > 0) return { mistakes: inOrder(desk.mistakes) };
  return { scenario: { title, begins: start, ends, people, steps, ...(team && policy && { team: { ...team, policy } }) } };
}

type Said = z.output<typeof Scenario>;

function atMatch(text: string): RegExpExecArray | null {
  return /^(?:day (\d{1,4}) )?((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text);
}

/** Every step with its moment; one that lies before the step before it is a mistake, and so is an end before the last. */
function timed({ steps, ends }: Said, begins: Date, desk: Desk, yaml: YamlFile): { steps: ScenarioStep[]; ends: Date } {
  const where = whereabouts(yaml);
  let last = begins;
  const timedSteps = steps.map(({ at, after: later, wait, ...step }, index): ScenarioStep => {
    const say = (key: string, message: string) => wrong(desk, { where, path: ['steps', index, key] }, message);
    if (at !== undefined && later !== undefined) say('at', 'a step has either "at" or "after".');
    if (wait !== undefined && (step.who !== undefined || at !== undefined || later !== undefined))
      say('wait', 'a step that waits says nothing else; write the mail as a step of its own.');
    if (wait === undefined && step.who === undefined) say('who', 'is missing: a step says who writes, or how long to wait.');
    if (step.who !== undefined && step.text === undefined) say('text', 'is missing: what does the mail say?');
    const moment = at === undefined ? after(last, later ?? wait ?? 0) : momentOf(at, begins, last);
    if (moment < last) say('at', `${inUtc(moment)} lies before the step before it, which is at ${inUtc(last)}.`);
    else last = moment;
    return { ...step, at: last };
  });
  const end = ends === undefined ? last : momentOf(ends, begins, last);
  if (end < last) {
    const than = end < begins ? `the beginning, ${inUtc(begins)}` : `the last step, ${inUtc(last)}`;
    wrong(desk, { where, path: ['ends'] }, `${inUtc(end)} lies before ${than}.`);
  }
  return { steps: timedSteps, ends: end };
}

/** "16:00" is the next such hour, "day 14 16:00" counts days from the beginning, anything else is a moment. */
function momentOf(text: string, begins: Date, last: Date): Date {
  const [, days, hour] = atMatch(text) ?? [];
  if (hour === undefined) return readMoment(text)?.at ?? last;
  const [hours = 0, minutes = 0] = HourMinute.parse(hour).split(':').map(Number);
  const day = days === undefined ? last : after(begins, Number(days) * 86_400_000);
  const moment = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hours, minutes));
  return days === undefined && moment < last ? after(moment, '1d') : moment;
}

async function policyOf({ extends: base, ...over }: { extends: string }, desk: Desk, yaml: YamlFile): Promise<Policy | undefined> {
  const known = await shippedPolicies();
  if (!known.includes(base)) {
    const near = meant(base, known);
    const path = ['team', 'policy', 'extends'];
    const which = near ? `did you mean "${near}"?` : `known are ${known.join(', ')}.`;
    wrong(desk, { where: whereabouts(yaml), path }, `there is no policy "${base}"; ${which}`);
    return undefined;
  }
  const read = validate(Policy, merged(await shippedPolicySaid(base), over), under(yaml, ['team', 'policy']));
  if (!('mistakes' in read)) return read.value;
  desk.mistakes.push(...read.mistakes);
  return undefined;
}

function under(yaml: YamlFile, root: readonly PropertyKey[]) {
  return { at: (path: readonly PropertyKey[]) => whereabouts(yaml).at([...root, ...path]) };
}
