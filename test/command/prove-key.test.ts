// /prove-key: the code is the proof; it is good once, for a while, for one offer.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { emptyRegister, registered } from '#team/register.ts';
import { member, now, obey, situation, stranger } from '#test/situation.ts';
import { after } from '#time.ts';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
const code = '7Q2ZD0KX4MB1N8WJ5TRV9CHFGA';
const challenge = { code, expires: after(now, '1d').toISOString() };
const register = registered(
  emptyRegister,
  { type: 'certificate-offered', who: 'acme', fingerprint, armored: 'the new one', from: 'attached', challenge },
  now,
);
const unproved = member('acme', { roles: ['distributor'], proof: 'none' });

test('the answer to the challenge lets the certificate count, whatever else proves the sender', () => {
  const done = obey(`/prove-key ${code.toLowerCase()}`, situation([], { by: unproved, register }));
  expect(done.register).toEqual([{ type: 'certificate-accepted', who: 'acme', fingerprint, by: 'acme', way: 'challenge', replaces: [] }]);
});

test('threat: a wrong, used or late code is no challenge', () => {
  const refused = (line: string, bent: Parameters<typeof situation>[1]) => {
    const { transcript, register: entries } = obey(line, situation([], { by: unproved, ...bent }));
    expect([entries, transcript[0]?.text]).toEqual([[], 'That is not an open challenge: each is good once, and for a few days.']);
  };
  refused('/prove-key 00000000000000000000000000', { register });
  refused(`/prove-key ${code}`, { register, now: after(now, '2d') });
  const used = registered(
    register,
    { type: 'certificate-accepted', who: 'acme', fingerprint, by: 'acme', way: 'challenge', replaces: [] },
    now,
  );
  refused(`/prove-key ${code}`, { register: used });
});

test('the reporter proves another key of theirs', () => {
  const offered: Event = { type: 'reporter-key-offered', fingerprint, certificate: 'the new one', ...challenge };
  const by = { ...stranger, address: 'reporter@example.net' };
  const done = obey(`/prove-key ${code}`, situation([offered], { by }));
  expect(done.events).toEqual([{ type: 'reporter-key-proved', fingerprint, certificate: 'the new one' }]);
});
