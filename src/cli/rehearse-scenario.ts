// embargod rehearse --scenario: a team plays an incident with its own process, faster than real, and nothing leaves.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openConfig } from '#cli/open-config.ts';
import { openRehearsal, type Rehearsal, type Rehearsing } from '#cli/rehearsal.ts';
import { playScenario, ScenarioStuck } from '#cli/rehearsal-play.ts';
import { closingWords, openScreen, refuseFolder } from '#cli/rehearsal-shown.ts';
import { readScenario, type Scenario } from '#cli/scenario.ts';
import { colours, type Terminal } from '#cli/terminal.ts';
import { mistakeLine } from '#config/mistake.ts';
import { shippedTemplates } from '#config/templates.ts';
import { letterOfKind, letters } from '#letter/list.ts';
import { compileTemplates, type Templates } from '#letter/template.ts';
import { canEncrypt, readCertificates } from '#pgp/keyring.ts';
import { holderOf } from '#team/holder.ts';
import { readMoment } from '#time.ts';

/** What the caller wants of a rehearsal. */
export interface ScenarioWish {
  readonly scenario: string;
  /** The config folder, where one was named. */
  readonly config?: string;
  readonly team?: string;
  readonly speed?: string;
  readonly show?: readonly string[];
  readonly out?: string;
  readonly at?: string;
  readonly as?: readonly string[];
}

const shipped = fileURLToPath(new URL('../../config/scenarios/', import.meta.url));
const usualSpeed = 1000;

/**
 * Plays a scenario of a file, or one that comes with the package by its name. Answers with the exit code: 2 for a wish that is not understood,
 * 1 for a scenario or config with mistakes or one that cannot go on.
 */
export async function rehearseScenario(wish: ScenarioWish, terminal: Terminal): Promise<number> {
  const how = understood(wish, terminal);
  if (!how) return 2;
  const scenario = await openScenario(wish, how.begins, terminal);
  const team = scenario && (await teamOf(scenario, wish, terminal));
  if (!scenario || !team) return 1;
  const unknown = strangers(scenario, team, how.as);
  for (const sentence of unknown) terminal.err(sentence);
  if (unknown.length > 0) return 1;
  const notOut = wish.out === undefined ? undefined : refuseFolder(wish.out);
  if (notOut !== undefined) {
    terminal.err(notOut);
    return 2;
  }
  const rehearsal = await openRehearsal({ ...team, keyed: keyed(scenario, team, how.as) }, scenario.begins, await terminal.memory());
  try {
    return await play(scenario, rehearsal, wish, how, terminal);
  } finally {
    await rehearsal.close();
  }
}

interface How {
  readonly speed: number | undefined;
  readonly begins: Date | undefined;
  readonly as: ReadonlyMap<string, string>;
}

function understood(wish: ScenarioWish, terminal: Terminal): How | undefined {
  const how = howOf(wish);
  if (typeof how !== 'string') return how;
  terminal.err(how);
  return undefined;
}

/** What was wished, or what is wrong with it in a sentence. */
function howOf({ speed, at, as = [], show = [] }: ScenarioWish): How | string {
  const factor = speed === undefined ? usualSpeed : Number(speed);
  if (speed !== 'max' && !(factor > 0 && factor <= 1_000_000_000))
    return `"${speed}" is no speed; write how much faster than real, like 1000, or "max".`;
  const begins = at === undefined ? undefined : readMoment(at);
  if (at !== undefined && !begins?.hour) return `"${at}" is no moment; write one like 2026-03-02T09:00Z.`;
  const pairs = as.map((pair) => pair.split('='));
  if (pairs.some((pair) => pair.length !== 2 || pair.includes('')))
    return '--as takes a name of the scenario and a name of the roster, like lead=alice.';
  const strange = show.find((kind) => !letterOfKind(kind));
  if (strange !== undefined) return `There is no letter "${strange}"; there is ${letters.map(({ kind }) => kind).join(', ')}.`;
  return {
    speed: speed === 'max' ? undefined : factor,
    begins: begins?.at,
    as: new Map(pairs.map(([name = '', who = '']) => [name, who])),
  };
}

async function openScenario(
  { scenario: named }: ScenarioWish,
  begins: Date | undefined,
  terminal: Terminal,
): Promise<Scenario | undefined> {
  const own = existsSync(named);
  const file = own ? named : join(shipped, `${basename(named)}.yaml`);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    const names = (await readdir(shipped)).filter((name) => name.endsWith('.yaml')).map((name) => basename(name, '.yaml'));
    terminal.err(`There is no scenario ${named}; name a file, or one of those that come along: ${names.join(', ')}.`);
    return undefined;
  }
  const read = await readScenario(own ? named : basename(file), text, begins);
  if ('scenario' in read) return read.scenario;
  for (const mistake of read.mistakes) terminal.err(mistakeLine(mistake));
  return undefined;
}

/** The team of the config where a folder is named or the scenario has none of its own; `keyed` are those who have a usable certificate on file. */
async function teamOf(scenario: Scenario, wish: ScenarioWish, terminal: Terminal): Promise<Rehearsing | undefined> {
  if (scenario.team && wish.config === undefined) {
    const { title, prefix, address, policy, roster, keyless } = scenario.team;
    const templates = await templatesOf(await shippedTemplates(), terminal);
    const all = [...roster.members.map(({ handle }) => handle), ...roster.distributors.map(({ id }) => id)];
    const bodies = (['cna', 'administrator', 'operator'] as const).filter((body) => roster[body]);
    const named = [...all, ...bodies].filter((who) => !keyless.includes(who));
    return templates && { name: 'rehearsal', title, prefix, address, subaddressing: true, policy, roster, templates, keyed: named };
  }
  const config = await openConfig(wish.config ?? '.', terminal);
  if (!config) return undefined;
  const team = wish.team === undefined ? config.teams[0] : config.teams.find(({ name }) => name === wish.team);
  if (!team) {
    terminal.err(`There is no team "${wish.team}"; there is ${config.teams.map(({ name }) => name).join(', ')}.`);
    return undefined;
  }
  const templates = await templatesOf({ ...config.templates, ...team.templates }, terminal);
  const usable = new Set<string>();
  for (const { who, armored } of team.certificates)
    for (const certificate of await readCertificates(armored)) if ((await canEncrypt(certificate, terminal.now())).usable) usable.add(who);
  const { name, title, prefix, address, subaddressing, policy, roster, checkouts } = team;
  return templates && { name, title, prefix, address, subaddressing, policy, roster, checkouts, templates, keyed: [...usable] };
}

async function templatesOf(sources: Readonly<Record<string, string>>, terminal: Terminal): Promise<Templates | undefined> {
  const compiled = await compileTemplates(sources);
  if (!Array.isArray(compiled)) return compiled as Templates;
  for (const sentence of compiled) terminal.err(sentence);
  return undefined;
}

/** Names that write and that nobody has, each in a sentence. */
function strangers({ steps, people }: Scenario, { roster }: Rehearsing, as: How['as']): string[] {
  const names = new Set(steps.flatMap(({ who }) => who ?? []));
  const known = [...roster.members.map(({ handle }) => handle), ...Object.keys(people)];
  return [...names]
    .filter((name) => !Object.hasOwn(people, name) && !holderOf(roster, as.get(name) ?? name))
    .map(
      (name) =>
        `There is nobody called "${as.get(name) ?? name}": neither on the roster nor among the people of the scenario. There are ${known.join(', ')}; --as ${name}=<handle> names who plays them.`,
    );
}

/** Those who have a key on file, and everybody of the roster who writes. */
function keyed(scenario: Scenario, team: Rehearsing, as: How['as']): string[] {
  const { steps, people } = scenario;
  const keyless = scenario.team?.keyless ?? [];
  const writers = steps.flatMap(({ who }) => (who === undefined || Object.hasOwn(people, who) || keyless.includes(who) ? [] : [who]));
  return [...new Set([...team.keyed, ...writers.map((who) => as.get(who) ?? who)])];
}

async function play(
  scenario: Scenario,
  rehearsal: Rehearsal,
  { show, out }: ScenarioWish,
  { speed, as }: How,
  terminal: Terminal,
): Promise<number> {
  const { bold } = colours(terminal);
  const { office } = rehearsal;
  const pace = speed === undefined ? 'without waiting' : `${speed} times faster than real`;
  terminal.out(bold(`Rehearsal: ${scenario.title}`));
  terminal.out(`${office.title}, ${pace}. Nothing leaves: letters end on this screen, the database lies in memory.`);
  terminal.out(
    `All keys are made for this rehearsal, the team's too; those on file are not used. Without a key: ${keylessOf(rehearsal).join(', ') || 'nobody'}.`,
  );
  for (const { address, key } of Object.values(scenario.people)) if (key) await rehearsal.giveKey(address);
  const screen = openScreen({
    terminal,
    zone: office.policy.zone,
    speed,
    full: new Set(show),
    ...(out !== undefined && { out }),
  });
  try {
    const played = await playScenario(scenario, rehearsal, screen, as);
    for (const line of await closingWords(played, rehearsal)) terminal.out(line);
    return 0;
  } catch (error) {
    if (!(error instanceof ScenarioStuck)) throw error;
    terminal.err(error.message);
    return 1;
  }
}

function keylessOf({ office: { roster, held } }: Rehearsal): string[] {
  const all = [...roster.members.map(({ handle }) => handle), ...roster.distributors.map(({ id }) => id)];
  return all.filter((who) => !held.some((one) => one.who === who));
}
