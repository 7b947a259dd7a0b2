// Who holds certificates: found by name or address, written to at the first, and how their keys may change.
import { describe, expect, test } from 'vitest';
import { addressOf, holderOf, waysFor, waysInWords } from '#team/holder.ts';
import { Roster } from '#team/roster.ts';
import { policy } from '#test/situation.ts';

const roster = Roster.parse({
  members: [
    { handle: 'lead', name: 'Lead', addresses: ['lead@example.org', 'other@example.org'] },
    { handle: 'constructor', name: 'C', addresses: ['c@example.org'] },
  ],
  distributors: [{ id: 'acme', name: 'Acme Linux', addresses: ['security@acme.example.net', 'psirt@acme.example.net'] }],
  cna: { name: 'Example CNA', address: 'cna@example.org' },
  operator: { name: 'The operator', address: 'root@example.org' },
});

describe('a holder', () => {
  test.each([
    ['lead', 'lead', 'member', 'lead@example.org'],
    ['other@example.org', 'lead', 'member', 'lead@example.org'],
    ['constructor', 'constructor', 'member', 'c@example.org'],
    ['acme', 'acme', 'distributor', 'security@acme.example.net'],
    ['psirt@acme.example.net', 'acme', 'distributor', 'security@acme.example.net'],
    ['cna', 'cna', 'cna', 'cna@example.org'],
    ['cna@example.org', 'cna', 'cna', 'cna@example.org'],
    ['root@example.org', 'operator', 'operator', 'root@example.org'],
  ])('is found by %s', (named, who, kind, address) => {
    const held = holderOf(roster, named);
    expect(held).toMatchObject({ who, kind });
    expect(held && addressOf(held)).toBe(address);
  });

  test.each(['', 'nobody', 'toString', '__proto__', 'reporter@example.net', 'team'])('is nobody by "%s"', (named) => {
    expect(holderOf(roster, named)).toBeUndefined();
  });

  test('is nobody where the roster has neither CNA nor operator', () => {
    const { cna: _, operator: __, ...without } = roster;
    expect([holderOf(without, 'cna'), holderOf(without, 'operator')]).toEqual([undefined, undefined]);
  });
});

describe('how a key may change', () => {
  test('a member’s is never proved by the mailbox alone unless the policy says so', () => {
    expect(waysFor(policy(), { kind: 'member' })).toEqual(['old-key', 'second-person']);
    const bold = policy({ certificates: { members: ['challenge'] } });
    expect(waysFor(bold, { kind: 'member' })).toEqual(['challenge']);
  });

  test('everybody else also by a challenge', () => {
    for (const kind of ['distributor', 'cna', 'operator'] as const) expect(waysFor(policy(), { kind })).toContain('challenge');
  });

  test('in words', () => {
    expect(waysInWords(policy(), { kind: 'member' })).toBe("a mail signed with the key before or another person's word");
    expect(waysInWords(policy(), { kind: 'cna' })).toContain('the answer to a challenge');
  });
});
