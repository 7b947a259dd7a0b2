// A team that extends a shipped policy, and what the config reader says of settings that contradict each other.
import { contradictions } from '#config/sense.ts';
import { Roster } from '#team/roster.ts';
import { shippedPolicy } from '#test/config/policies.ts';

/** A member of a roster, with roles where it is not a plain one. */
export const member = (handle: string, ...roles: string[]) => ({
  handle,
  name: handle,
  addresses: [`${handle}@example.org`],
  ...(roles.length > 0 && { roles }),
});
/** A roster with somebody for everything. */
export const people = {
  members: [member('lead'), member('second'), member('releaser', 'release-manager')],
  oncall: { from: '2026-03-02', order: ['lead', 'second'] },
  distributors: [{ id: 'acme', name: 'Acme', addresses: ['security@acme.example.net'] }],
  channels: [{ kind: 'mail', name: 'announce', address: 'announce@lists.example.org' }],
  cna: { name: 'Example CNA', address: 'cna@example.net' },
  administrator: { name: 'Admin', address: 'admin@example.net' },
  operator: { address: 'operator@example.net' },
};
const holders = ['lead', 'second', 'releaser', 'acme', 'cna'].map((who) => ({ who, armored: '', file: '' }));

/** What is said of a team that extends the first of the shipped policies, with a branch, and has everybody in its roster. */
export function said(
  policy: Record<string, unknown>,
  roster: Record<string, unknown> = {},
  now = new Date('2026-03-02T12:00:00Z'),
): string[] {
  const { extends: base = 'kubernetes', ...over } = policy;
  return contradictions(shippedPolicy(String(base), { branches: ['v1'], ...over }), Roster.parse({ ...people, ...roster }), holders, now);
}
