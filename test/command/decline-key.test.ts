// /decline-key: an offered certificate does not count, and is not offered again.
import { expect, test } from 'vitest';
import { emptyRegister, registered } from '#team/register.ts';
import { guards } from '#test/command/table.ts';
import { now, obey, situation } from '#test/situation.ts';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
const register = registered(
  emptyRegister,
  { type: 'certificate-offered', who: 'acme', fingerprint, armored: 'the new one', from: 'attached' },
  now,
);

guards(`/decline-key acme ${fingerprint}`, [], { register });

test('keeps who said no, and why', () => {
  const done = obey(`/decline-key acme ${fingerprint} because they did not send it`, situation([], { register }));
  expect(done.register).toEqual([{ type: 'certificate-declined', who: 'acme', fingerprint, by: 'lead', because: 'they did not send it' }]);
});

test('refuses what was never offered', () => {
  const { transcript } = obey(`/decline-key acme ${fingerprint}`, situation([]));
  expect(transcript[0]?.text).toMatch(/^acme offered no certificate with this fingerprint\./);
});
