// A policy narrows who may use a command, and never widens it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { admits, allowance, allows } from '#command/allowance.ts';
import { commandFor, commands } from '#command/list.ts';
import { atLeast, Policy, type proofs, roles } from '#team/policy.ts';
import { policy } from '#test/situation.ts';

const of = (word: string, changes = {}) => {
  const command = commandFor(word);
  if (!command) throw new Error(word);
  return allowance(command, policy(changes));
};

test("a command that changes something needs the team's proof, one that only tells less (S1-01)", () => {
  expect(of('accept').proof).toBe('signed');
  expect(of('status').proof).toBe('domain');
  expect(of('accept', { proof: 'domain' }).proof).toBe('domain');
});

test('one command alone proves itself: the answer to a challenge', () => {
  expect(commands.filter(({ provesItself }) => provesItself).map(({ word }) => word)).toEqual(['prove-key']);
});

test('a stricter proof holds, a laxer one is not heard', () => {
  expect(of('status', { commands: { status: { proof: 'signed' } } }).proof).toBe('signed');
  expect(of('accept', { commands: { accept: { proof: 'domain' } } }).proof).toBe('signed');
});

test("roles are narrowed to those the command knows; a part in the incident is a member's", () => {
  expect(of('accept', { commands: { accept: { who: ['lead', 'commander'] } } }).who).toEqual(['lead', 'commander']);
  expect(of('accept', { commands: { accept: { who: ['reporter', 'distributor'] } } }).who).toEqual([]);
  expect(of('handoff', { commands: { handoff: { who: ['member'] } } }).who).toEqual([]);
});

test('a command can be switched off', () => {
  expect(of('spam').off).toBe(false);
  expect(of('spam', { commands: { spam: { off: true } } }).off).toBe(true);
});

test('whatever a policy says, nobody gains anything by it', () => {
  const rule = fc.record(
    { who: fc.subarray([...roles], { minLength: 1 }), proof: fc.constantFrom('domain', 'signed') },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.constantFrom(...commands), rule, fc.constantFrom('domain', 'signed'), (command, narrowed, proof) => {
      const found = allowance(command, Policy.parse({ process: { name: 'x' }, proof, commands: { [command.word]: narrowed } }));
      for (const role of found.who) expect(allows(command, role)).toBe(true);
      expect(atLeast(found.proof, command.proof)).toBe(true);
      // A line that proves itself needs no other proof.
      if (command.changes && !command.provesItself) expect(atLeast(found.proof, proof as (typeof proofs)[number])).toBe(true);
    }),
  );
});

const none = { commander: 'none', lead: 'none' };
const led = { lead: 'second' };

test.each<[string, object, readonly string[], object, readonly string[]]>([
  ['where nobody leads every member speaks (S3-19)', { lead: 'none' }, ['lead', 'commander'], {}, ['commander', 'member']],
  ['where nobody commands the lead alone is left (S1-47, S4-10)', { commander: 'none' }, ['lead', 'commander'], led, ['lead']],
  ['and until somebody leads the members stand in', { commander: 'none' }, ['lead', 'commander'], {}, ['lead', 'member']],
  ['what is only the lead’s waits for one (S4-10)', { commander: 'none' }, ['lead'], {}, ['lead']],
  ['where there is neither every member commands (S3-19)', none, ['lead', 'commander'], led, ['member']],
  ['where there is neither what is the commander’s alone is every member’s', none, ['commander'], {}, ['member']],
  ['with both nothing changes', {}, ['lead', 'commander'], {}, ['lead', 'commander']],
])('a team cannot lock itself out by parts it does not have: %s', (_, parts, who, incident, left) => {
  const command = commandFor('schedule');
  if (!command) throw new Error('there is no /schedule');
  expect(allowance(command, policy({ parts, commands: { schedule: { who } } }), incident).who).toEqual(left);
});

test('commands about a part that the process does not have are off', () => {
  const off = (parts: object) => commands.filter((command) => allowance(command, policy({ parts })).off).map(({ word }) => word);
  const standing = { triage: { title: 'Triage', duties: 'Sorts.' } };
  expect(off({ standing })).toEqual([]);
  expect(off({ standing, lead: 'none' })).toEqual(['lead']);
  expect(off({ standing, commander: 'none' })).toEqual(['take', 'handoff', 'accept-handoff', 'decline-handoff']);
  expect(off({})).toEqual(['take-part', 'parts']);
  expect(off({ lead: 'none' })).toEqual(expect.arrayContaining(['take-part', 'parts', 'pass', 'lead']));
});

test('whoever commands or leads without being a member does what a member does there, and looks at no other incident (S1-35, S2-33)', () => {
  const admitted = (word: string, roles: Parameters<typeof admits>[2]) => {
    const command = commandFor(word);
    return command !== undefined && admits(command, command.who, roles);
  };
  for (const word of ['status', 'reply', 'severity', 'note', 'cve']) expect(admitted(word, ['engineer', 'commander']), word).toBe(true);
  for (const word of ['list', 'on-call', 'parts', 'keys', 'duplicate', 'take', 'take-part'])
    expect(admitted(word, ['associate', 'lead']), word).toBe(false);
  for (const word of ['status', 'reply', 'list']) expect(admitted(word, ['associate']), word).toBe(false);
});

test('threat: what a policy keeps for the lead opens no other incident to an associate who leads (S2-32, S2-33)', () => {
  const admitted = (word: string, roles: Parameters<typeof admits>[2]) => {
    const command = commandFor(word);
    return command !== undefined && admits(command, ['lead', 'commander'], roles);
  };
  for (const word of ['list', 'stats', 'duplicate', 'keys', 'on-call']) {
    expect(admitted(word, ['associate', 'lead']), word).toBe(false);
    expect(admitted(word, ['member', 'lead']), word).toBe(true);
  }
  for (const word of ['severity', 'schedule', 'handoff']) expect(admitted(word, ['engineer', 'commander']), word).toBe(true);
});
