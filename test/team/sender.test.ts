// Who wrote it, and how well we know: the From proves nothing, a signature of the roster does, a signature of another spoils.
import { expect, test } from 'vitest';
import type { Opened, Signature } from '#mail/message.ts';
import type { Origin } from '#mail/origin.ts';
import { identify, isOnRoster, proves } from '#team/sender.ts';
import { roster } from '#test/situation.ts';

const owners: Record<string, string> = { LEADKEY: 'lead', SECONDKEY: 'second', ACMEKEY: 'acme' };
const aligned = { aligned: true } as Origin;
const none: Signature = { status: 'none', covers: 'none' };
const signed = (by: string, changes: Partial<Signature> = {}): Signature => ({ status: 'good', covers: 'all', by, ...changes });
const named = (address: string | undefined) => address && { address, name: '' };
const who = (from: string | undefined, signature: Signature, origin?: Origin, outer = from) => {
  const opened = { message: { from: named(outer) }, from: named(from), signature } as unknown as Opened;
  return identify(opened, origin, roster(), (fingerprint) => owners[fingerprint]);
};

test.each([
  ['a From alone', 'lead@example.org', none, undefined, 'lead', 'none'],
  ['a From our server vouches for', 'lead@example.org', none, aligned, 'lead', 'domain'],
  ['a signature of the one in the From', 'lead@example.org', signed('LEADKEY'), undefined, 'lead', 'signed'],
  ['a signature under a private address', 'lead@home.example.net', signed('LEADKEY'), undefined, 'lead', 'signed'],
  ['a signature without any From', undefined, signed('LEADKEY'), undefined, 'lead', 'signed'],
  ['a signature of a part', 'lead@example.org', signed('LEADKEY', { covers: 'part' }), undefined, 'lead', 'signed'],
  ['a distributor who signed', 'security@acme.example.net', signed('ACMEKEY'), undefined, 'acme', 'signed'],
  ["a signature of another member's (S1-01)", 'lead@example.org', signed('SECONDKEY'), aligned, 'lead', 'none'],
  ['a distributor who signs in the name of a member', 'lead@example.org', signed('ACMEKEY'), aligned, 'lead', 'none'],
  ['a signature of nobody we know', 'lead@example.org', signed('OTHER'), undefined, 'lead', 'none'],
  ['a bad signature', 'lead@example.org', signed('LEADKEY', { status: 'bad' }), undefined, 'lead', 'none'],
  ['an expired key', 'lead@example.org', signed('LEADKEY', { status: 'expired' }), undefined, 'lead', 'none'],
  ['a revoked key', 'lead@example.org', signed('LEADKEY', { status: 'revoked' }), undefined, 'lead', 'none'],
  ['a weak key', 'lead@example.org', signed('LEADKEY', { status: 'weak' }), undefined, 'lead', 'none'],
  ['a signature over no text', 'lead@example.org', signed('LEADKEY', { covers: 'none' }), undefined, 'lead', 'none'],
  ['a stranger', 'reporter@example.net', none, undefined, 'outsider', 'none'],
  ['a stranger our server vouches for', 'reporter@example.net', none, aligned, 'outsider', 'domain'],
  ['a stranger who signs', 'reporter@example.net', signed('OTHER'), undefined, 'outsider', 'none'],
  ['nobody', undefined, none, aligned, 'outsider', 'none'],
  ['the CNA', 'cna@example.org', none, aligned, 'cna', 'domain'],
] as const)('%s', (_, from, signature, origin, handle, proof) => {
  expect(who(from, signature, origin)).toMatchObject({ who: handle, proof });
});

test('answers go to the address on file, never to the From, for people of the roster', () => {
  expect(who('lead@home.example.net', signed('LEADKEY')).address).toBe('lead@example.org');
  expect(who('reporter@example.net', none).address).toBe('reporter@example.net');
});

test.each([
  [signed('SECONDKEY'), 'signed by second, but sent in the name of lead'],
  [signed('LEADKEY', { status: 'bad' }), 'the signature does not fit the text'],
  [signed('LEADKEY', { status: 'expired' }), 'signed with an expired key'],
  [signed('LEADKEY', { status: 'revoked' }), 'signed with a revoked key'],
  [signed('LEADKEY', { status: 'weak' }), 'signed with a key or digest that is too weak'],
  [signed('OTHER', { status: 'unknown-key' }), 'signed with a key that is not on the roster'],
  [signed('OTHER'), 'signed with a key that is not on the roster'],
  [signed('LEADKEY', { covers: 'none' }), 'the signature covers none of the text'],
  [none, undefined],
])('says why a mail proves less than it seems to: %o', (signature, doubt) => {
  expect(who('lead@example.org', signature).doubt).toBe(doubt);
});

test('proof is ordered, and only the roster is the roster', () => {
  const known = who('lead@example.org', none, aligned);
  expect([proves(known, 'none'), proves(known, 'domain'), proves(known, 'signed')]).toEqual([true, true, false]);
  expect(isOnRoster(known)).toBe(true);
  expect(isOnRoster(who('reporter@example.net', none))).toBe(false);
});

test.each([
  ['the outer From of a server that rewrites it changes nothing', 'list@lists.example.net', 'lead@example.org', 'lead', 'signed'],
  ['no outer From changes nothing', undefined, 'lead@example.org', 'lead', 'signed'],
  ['an outer From of somebody else of the roster spoils it (S1-01)', 'second@example.org', 'lead@example.org', 'second', 'none'],
  ['an outer From of a distributor spoils it', 'security@acme.example.net', 'lead@example.org', 'acme', 'none'],
  ['a protected From of somebody else of the roster spoils it', 'lead@example.org', 'second@example.org', 'second', 'none'],
  ['a protected From of nobody we know leaves the signer', 'lead@example.org', 'lead@home.example.net', 'lead', 'signed'],
] as const)('signed: %s', (_, outer, inner, handle, proof) => {
  const opened = { message: { from: named(outer) }, from: named(inner), signature: signed('LEADKEY') } as unknown as Opened;
  expect(identify(opened, undefined, roster(), (fingerprint) => owners[fingerprint])).toMatchObject({ who: handle, proof });
});

test('threat: our server vouches for the outer From alone, never for another one inside', () => {
  expect(who('lead@example.org', none, aligned, 'mallory@example.net')).toMatchObject({ who: 'lead', proof: 'none' });
  expect(who('reporter@example.net', none, aligned, 'mallory@example.net')).toMatchObject({ who: 'outsider', proof: 'none' });
});
