// Keys that a config names, and settings that are allowed and make no sense: what is refused, what is warned of.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeKey } from '#pgp/make-key.ts';
import { configOf, edited, mistakesOf, openBench, team, warningsOf } from '#test/config/bench.ts';
import { now } from '#test/config/folder.ts';

type Bench = Awaited<ReturnType<typeof openBench>>;

let good = '';
let changed: Bench['changed'];
let clear: Bench['clear'];
beforeAll(async () => {
  ({ good, changed, clear } = await openBench());
});
afterAll(() => clear());

test('a locked key takes its passphrase; a wrong one, or none, is a mistake that does not show it', async () => {
  const locked = await makeKey({ name: 'Locked Test Key', email: 'security@example.org', now, passphrase: 'NEVER-TO-BE-SHOWN' });
  const withPassphrase = (text: string) =>
    changed((write, folder) => {
      write('secrets/security.private.asc', locked.private);
      write('secrets/passphrase', text);
      edited(`${team}/team.yaml`, ['security.private.asc }', 'security.private.asc }\n  passphrase: { file: secrets/passphrase }'])(
        write,
        folder,
      );
    });
  expect((await configOf(withPassphrase('NEVER-TO-BE-SHOWN\n'))).teams[0]?.key.passphrase).toBe('NEVER-TO-BE-SHOWN');
  const wrong = await mistakesOf(withPassphrase('NEVER-TO-BE-SHOWN-EITHER'));
  expect(wrong).toContain('key.private: The passphrase given does not open the private key');
  expect(wrong).not.toContain('NEVER');
});

test('warns of keys that have expired, end soon, belong to nobody, or name another address', async () => {
  const day = 86_400_000;
  const make = (email: string, days?: number) =>
    makeKey({ name: 'Test Key', email, now, ...(days && { expires: new Date(now.getTime() + days * day) }) });
  const keys = {
    lead: await make('lead@example.org', 20),
    second: await make('somebody@example.net'),
    third: await make('third@example.org'),
  };
  const directory = changed((write, folder) => {
    for (const [name, key] of Object.entries(keys)) write(`${team}/keys/${name}.asc`, key.public);
    edited(
      `${team}/roster.yaml`,
      ['# keys: [keys/lead.asc]', 'keys: [keys/lead.asc]'],
      ['# keys: [keys/second.asc]', 'keys: [keys/second.asc]'],
    )(write, folder);
  });
  const said = await warningsOf(directory);
  expect(said).toContain('the certificate of lead ends on 2026-03-22');
  expect(said).toContain('keys/second.asc: no user id of the certificate names an address of second; is it theirs?');
  expect(said).toContain(`${team}/keys/third.asc is not used: nobody in the roster names it.`);
  expect(said).not.toContain('there is no certificate of');
  expect(await warningsOf(directory, new Date(now.getTime() + 30 * day))).toContain(
    'the certificate of lead has expired; nothing can be sealed to it.',
  );
});

test('threat: a private key among the certificates is refused, and not shown', async () => {
  const key = await makeKey({ name: 'Test Key', email: 'lead@example.org', now });
  const directory = changed((write, folder) => {
    write(`${team}/keys/lead.asc`, key.private);
    edited(`${team}/roster.yaml`, ['# keys: [keys/lead.asc]', 'keys: [keys/lead.asc]'])(write, folder);
  });
  const said = await mistakesOf(directory);
  expect(said).toContain('This is a private key');
  expect(said).not.toContain('BEGIN PGP');
});

test('warns of settings that make no sense together', async () => {
  const policy = (text: string) => changed((write) => write(`${team}/policy.yaml`, `extends: kubernetes\n${text}`));
  expect(await warningsOf(policy('notice: { least: 30d }\n'))).toContain(
    'teams/security/policy.yaml:2: notice.least (30 days) is more than notice.most (28 days): no date satisfies both.',
  );
  expect(await warningsOf(policy('spans: { longestEmbargo: 5d }\n'))).toContain(
    'notice.least (7 days) is more than spans.longestEmbargo (5 days)',
  );
  expect(await warningsOf(policy('audiences: { distributors: { seal: never } }\n'))).toContain('letters to distributors are never sealed');
  const role = changed(
    edited(`${team}/roster.yaml`, ['name: Second', 'name: Second\n    roles: [associate]'], ['order: [lead, second]', 'order: [lead]']),
  );
  expect(await warningsOf(role)).toContain(
    '/notify, /announce, /retrospective take the /confirm of a second person, and the team has fewer than two members',
  );
  expect(await warningsOf(good)).toContain('there is no certificate of lead, second');
});
