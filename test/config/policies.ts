// The policies that come with the package, as a team that extends one of them gets it.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { merged } from '#config/policies.ts';
import { Policy } from '#team/policy.ts';

/** The names of the processes that come with the package. */
export const shipped = ['kubernetes', 'kubernetes-pst', 'karmada', 'gardener'] as const;

const read = new Map<string, Record<string, unknown>>();

/** What the file of a policy says, with its empty values. */
export function saidBy(name: string): Record<string, unknown> {
  const before = read.get(name);
  if (before) return before;
  const said = parse(readFileSync(`config/policies/${name}.yaml`, 'utf8')) as Record<string, unknown>;
  read.set(name, said);
  return said;
}

/** A policy that comes with the package, and what differs from it as a team's policy.yaml would say it. */
export function shippedPolicy(name: string, over: Record<string, unknown> = {}): Policy {
  return Policy.parse(merged(merged({}, saidBy(name)), over));
}

/** A policy as tests write it: with `extends` what a team's own file would say, without it whole sections of the kubernetes policy replaced. */
export function policySaid(said: Readonly<Record<string, unknown>> = {}): Policy {
  const { extends: base, ...over } = said;
  return typeof base === 'string' ? shippedPolicy(base, over) : Policy.parse(merged({}, { ...saidBy('kubernetes'), ...over }));
}
