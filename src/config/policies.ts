// A team's effective policy: what its policy.yaml says over the policy it extends, with every setting traced to the file that says it.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Desk, namesIn, openYaml, whereabouts, wrong } from '#config/desk.ts';
import { meant } from '#config/mistake.ts';
import { validate, type Whereabouts } from '#config/validate.ts';
import { readYaml, type YamlFile } from '#config/yaml.ts';
import { advisoryFields, isAdvisoryField } from '#incident/advisory.ts';
import { Policy } from '#team/policy.ts';

const shipped = fileURLToPath(new URL('../../config/policies/', import.meta.url));

/** What `readConfig` asks of rooms that it does not know: whether a rule narrows a command, whether a template can be filled. */
export interface Check {
  command(word: string, rule: Policy['commands'][string]): string[];
  template(kind: string, file: string, source: string): string[];
}

export interface EffectivePolicy {
  readonly policy: Policy;
  readonly origins: Readonly<Record<string, string>>;
  readonly where: Whereabouts;
}

/** Reads what a team says about its process, over its bases; undefined when a mistake was put on the desk. `file` is the team's policy.yaml. */
export async function readPolicy(desk: Desk, file: string, check: Check | undefined): Promise<EffectivePolicy | undefined> {
  const own = existsSync(join(desk.directory, file)) ? await openYaml(desk, file, '') : unsaid(desk, file);
  const chain = own && (await chainOf(desk, own));
  if (!chain) return undefined;
  const where = traced(chain);
  const whole = chain.toReversed().reduce<unknown>((base, { value }) => merged(base, withoutExtends(value)), {});
  const read = validate(Policy, whole, where);
  if ('mistakes' in read) {
    desk.mistakes.push(...read.mistakes);
    return undefined;
  }
  for (const [word, rule] of Object.entries(read.value.commands))
    for (const sentence of check?.command(word, rule) ?? []) wrong(desk, { where, path: ['commands', word] }, sentence);
  for (const { path, fields, besides } of fieldsNamed(read.value))
    for (const [index, field] of fields.entries())
      if (!isAdvisoryField(field) && !besides.includes(field)) wrong(desk, { where, path: [...path, index] }, unknownField(field, besides));
  return { policy: read.value, origins: originsOf(whole, where), where };
}

/** Where an operator says a setting that a sentence names, as "file:line"; undefined where only a policy that comes along does. */
export function placeIn(sentence: string, { origins, where }: EffectivePolicy): string | undefined {
  const named = sentence.match(/[A-Za-z][\w-]*(?:\.[\w-]+)*/g) ?? [];
  for (const name of named) {
    const said = Object.keys(origins).some((key) => key === name || (name.includes('.') && key.startsWith(`${name}.`)));
    const { file, line } = where.at(name.split('.'));
    if (said && line !== undefined && !file.startsWith('embargod:')) return `${file}:${line}`;
  }
  return undefined;
}

/** Lists of fields, and what they may name beside those of the advisory: what the incident itself knows. */
function fieldsNamed({ advisory, headsUp, cve }: Policy) {
  const ofIncident = ['severity', 'cve'];
  return [
    { path: ['advisory', 'notice'], fields: advisory.notice, besides: ofIncident },
    { path: ['advisory', 'announcement'], fields: advisory.announcement, besides: ofIncident },
    { path: ['headsUp', 'fields'], fields: headsUp?.fields ?? [], besides: ofIncident },
    { path: ['cve', 'fields'], fields: cve.fields, besides: ['severity', 'cvss'] },
  ];
}

function unknownField(field: string, besides: readonly string[]): string {
  const known = [...Object.keys(advisoryFields), ...besides];
  const near = meant(field, known);
  return `the advisory has no field "${field}"; ${near ? `did you mean "${near}"?` : `it has ${known.join(', ')}.`}`;
}

/** A team without policy.yaml works by the process that embargod was first written for. */
function unsaid(desk: Desk, file: string): YamlFile | undefined {
  desk.warnings.push(`${file} is missing; the team works by the policy kubernetes, as if it said "extends: kubernetes".`);
  const read = readYaml(file, 'extends: kubernetes\n');
  return 'mistakes' in read ? undefined : read;
}

/** The file and its bases, the most special first; undefined when a base is unknown, cannot be read, or comes round again. */
async function chainOf(desk: Desk, own: YamlFile): Promise<YamlFile[] | undefined> {
  const chain = [own];
  for (let last: YamlFile | undefined = own; last; ) {
    const base = baseOf(last);
    if (base === undefined) return chain;
    const spot = { where: whereabouts(last), path: ['extends'] };
    if (typeof base !== 'string' || !/^[a-z][a-z0-9-]{0,40}$/.test(base)) {
      wrong(desk, spot, 'expected the name of a policy, like kubernetes.');
      return undefined;
    }
    const found = await openBase(desk, base);
    if (found === 'unknown') {
      const known = await policyNames(desk);
      const near = meant(base, known);
      wrong(desk, spot, `there is no policy "${base}"; ${near ? `did you mean "${near}"?` : `known are ${known.join(', ') || 'none'}.`}`);
      return undefined;
    }
    if (!found) return undefined;
    if (chain.some(({ file }) => file === found.file)) {
      wrong(desk, spot, `goes in a circle: ${[...chain, found].map(({ file }) => file).join(' extends ')}.`);
      return undefined;
    }
    chain.push(found);
    last = found;
  }
  return chain;
}

function baseOf({ value }: YamlFile): unknown {
  return isMapping(value) ? value.extends : undefined;
}

async function openBase(desk: Desk, name: string): Promise<YamlFile | undefined | 'unknown'> {
  const own = `policies/${name}.yaml`;
  if (existsSync(join(desk.directory, own))) return openYaml(desk, own, '');
  const path = join(shipped, `${name}.yaml`);
  if (!existsSync(path)) return 'unknown';
  const read = readYaml(`embargod:policies/${name}.yaml`, await readFile(path, 'utf8'));
  if (!('mistakes' in read)) return read;
  desk.mistakes.push(...read.mistakes);
  return undefined;
}

/** The names of the policies that come with the package. */
export async function shippedPolicies(): Promise<string[]> {
  return (await namesIn(shipped, 'files')).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : [])).sort();
}

/** A policy that comes with the package, as a team that says nothing else has it; throws for one that is not there. */
export async function shippedPolicy(name: string): Promise<Policy> {
  return Policy.parse(await shippedPolicySaid(name));
}

/** What the file of a policy that comes with the package says, before defaults; throws for one that is not there. */
export async function shippedPolicySaid(name: string): Promise<unknown> {
  const read = readYaml(name, await readFile(join(shipped, `${name}.yaml`), 'utf8'));
  if ('mistakes' in read) throw new Error(read.mistakes.map(({ message }) => message).join(' '));
  return merged({}, read.value);
}

/** The names of all policies that can be extended, those of DIR/policies and those that come with the package. */
export async function policyNames(desk: Desk): Promise<string[]> {
  const own = await namesIn(join(desk.directory, 'policies'), 'files');
  const named = own.flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []));
  return [...new Set([...named, ...(await shippedPolicies())])].sort();
}

/** A setting stands where the most special file says it; what nobody says is missed in the team's own file. */
function traced(chain: readonly YamlFile[]): Whereabouts {
  return {
    at(path) {
      const list = path.findIndex((key) => typeof key === 'number');
      // A list replaces the one of the base, so what is missing in it is missing where the list stands.
      const whole = list < 0 ? path : path.slice(0, list);
      const saying = chain.find((yaml) => yaml.has(whole)) ?? chain[0];
      return saying ? whereabouts(saying).at(path) : { file: 'policy.yaml' };
    },
  };
}

type Mapping = Record<string, unknown>;

function isMapping(value: unknown): value is Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function withoutExtends(value: unknown): unknown {
  if (!isMapping(value)) return value;
  const { extends: _, ...rest } = value;
  return rest;
}

/** Mappings are merged deep, anything else is replaced; an empty value (null) takes away what the base says. */
export function merged(base: unknown, over: unknown): unknown {
  if (!isMapping(base) || !isMapping(over)) return isMapping(over) ? merged({}, over) : over;
  const both = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    if (value === null) both.delete(key);
    else both.set(key, merged(both.get(key), value));
  }
  return Object.fromEntries(both);
}

/** Which file says each setting that is no mapping. Our own schema bounds how deep a policy that was taken can be. */
function originsOf(merged: unknown, where: Whereabouts, path: readonly string[] = []): Record<string, string> {
  if (!isMapping(merged)) return { [path.join('.')]: where.at(path).file };
  return Object.assign({}, ...Object.entries(merged).map(([key, value]) => originsOf(value, where, [...path, key])));
}
