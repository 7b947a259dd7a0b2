// Where a reply belongs: the token in the address, which only we can make.
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { addressed, isOurs, replyAddress } from '#incident/thread.ts';
import { audiences } from '#team/policy.ts';
import { id } from '#test/situation.ts';

const mac = (text: string) => createHmac('sha256', 'not a secret').update(text).digest('hex');
const mailbox = { address: 'security@example.org', prefix: 'SRC', subaddressing: true };
const to = (address: string) => addressed([address], mailbox, mac);

test('the reply address of every audience leads back to its incident', () => {
  for (const audience of audiences) {
    const address = replyAddress(mailbox, id, audience, mac);
    expect(address).toMatch(/^security\+src-4f7k2m\.[a-z]\.[0-9a-f]{10}@example\.org$/);
    expect(to(address)).toEqual({ incident: id });
    expect(to(address.toUpperCase())).toEqual({ incident: id });
  }
});

test('a token that somebody made up, bent or took from another audience leads nowhere', () => {
  const good = replyAddress(mailbox, id, 'team', mac);
  const digest = good.split('.')[2]?.split('@')[0] ?? '';
  expect(to('security+src-4f7k2m.t.0000000000@example.org')).toBeUndefined();
  expect(to(`security+src-000001.t.${digest}@example.org`)).toBeUndefined();
  expect(to(`security+src-4f7k2m.r.${digest}@example.org`)).toBeUndefined();
  expect(to(`security+src-4f7k2m.t.${digest}@example.net`)).toBeUndefined();
  expect(to('security+src-4f7k2m@example.org')).toBeUndefined();
  expect(to('security+src-4f7k2m.t.@example.org')).toBeUndefined();
});

test('knows the desks of the team and of the list', () => {
  expect(to('security+team@example.org')).toEqual({ desk: 'team' });
  expect(to('security+list@example.org')).toEqual({ desk: 'list' });
  expect(to('security@example.org')).toBeUndefined();
});

test('without sub-addressing replies go to the plain address', () => {
  expect(replyAddress({ ...mailbox, subaddressing: false }, id, 'team', mac)).toBe('security@example.org');
});

test('our own addresses are known, those of others are not', () => {
  expect(isOurs('Security+anything@Example.org', mailbox)).toBe(true);
  expect(isOurs('security@example.org.example.net', mailbox)).toBe(false);
  expect(isOurs('security-team@example.org', mailbox)).toBe(false);
  expect(isOurs('security+x@example.org', { ...mailbox, subaddressing: false })).toBe(false);
});
