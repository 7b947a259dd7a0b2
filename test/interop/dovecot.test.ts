// The battery against a real Dovecot, without and with TLS.
import { afterAll, beforeAll, describe } from 'vitest';
import { battery } from '#test/imap-battery.ts';
import { type Dovecot, missing, startDovecot } from '#test/interop/servers.ts';

const user = 'security@example.test';
const lacking = missing();

describe.skipIf(lacking.length > 0)(`Dovecot${lacking.length > 0 ? `, skipped for want of ${lacking.join(', ')}` : ''}`, () => {
  let server: Dovecot;
  let validity = 1000;
  beforeAll(async () => {
    server = await startDovecot({ [user]: 'secret' });
  });
  afterAll(() => server.stop());
  battery(() => ({
    port: server.imap,
    user,
    password: 'secret',
    drop: () => server.kick(user),
    renumber: () => {
      validity += 1;
      server.renumber(user, validity);
    },
  }));
});
