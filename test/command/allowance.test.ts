// A policy narrows who may use a command, and never widens it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowance, allows } from '#command/allowance.ts';
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
