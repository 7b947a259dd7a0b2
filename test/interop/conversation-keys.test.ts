// New keys in the middle of an incident, sent from NeoMutt: signed by the old key one counts at once, without it its owner must prove it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encryptedBody, entityOf, type Gnupg, openGnupg } from '#test/interop/gnupg.ts';
import { type Neomutt, openNeomutt } from '#test/interop/neomutt.ts';
import { missing } from '#test/interop/servers.ts';
import { type Lying, password, type Service, startService, teamAddress } from '#test/interop/service.ts';

const lacking = missing(['gpg', 'neomutt', 'script']);
const but = lacking.length > 0 ? `, skipped for want of ${lacking.join(', ')}` : '';

describe.skipIf(lacking.length > 0)(`new keys from NeoMutt and GnuPG${but}`, () => {
  let service: Service;
  let lead: Gnupg;
  let second: Gnupg;
  let third: Gnupg;
  let reporter: Gnupg;
  const open: { end(): void }[] = [];

  const gnupgOf = (name: string, address: string, kind: Parameters<typeof openGnupg>[2]): Gnupg => {
    const gnupg = openGnupg(name, address, kind);
    open.push(gnupg);
    return gnupg;
  };
  const muttOf = (gnupg: Gnupg, settings: readonly string[] = []): Neomutt => {
    const { imap, smtp, team } = service;
    const mutt = openNeomutt({ name: 'Somebody', gnupg, password, imap, smtp, engine: 'gpgme', team: team.fingerprint, settings });
    open.push(mutt);
    return mutt;
  };
  const awaits = (gnupg: Gnupg, words: RegExp): Promise<Lying> =>
    service.awaits(gnupg.address, (raw) => words.test(gnupg.open(raw)?.entity ?? ''));

  beforeAll(async () => {
    lead = gnupgOf('Lead', 'lead@example.test', 'Ed25519 and Curve25519');
    second = gnupgOf('Second', 'second@example.test', 'NIST P-256');
    third = gnupgOf('Third', 'third@example.test', 'Ed25519 and Curve25519');
    reporter = gnupgOf('A Reporter', 'reporter@example.net', 'RSA-3072');
    service = await startService({ members: { lead, second, third }, outsiders: [reporter.address] });
    for (const gnupg of [lead, second, third, reporter]) gnupg.learn(service.team.public);
    const head = `From: ${reporter.address}\nTo: ${teamAddress}\nSubject: ...\nDate: ${new Date().toUTCString()}\nMessage-ID: <r@example.net>\nMIME-Version: 1.0\n`;
    const inner = entityOf(`The importer follows links.\n\n${reporter.certificate}`);
    const sealed = reporter.run(['--armor', '--encrypt', '--recipient', teamAddress], inner).out.toString();
    await service.hands(reporter.address, teamAddress, `${head}${encryptedBody(sealed)}\n`);
  });
  afterAll(async () => {
    await service?.stop();
    for (const one of open) one.end();
  });

  test('a member’s new key, in a mail that the old one signed, counts at once: for letters to them and for their commands', async () => {
    const next = gnupgOf('Second', second.address, 'RSA-3072');
    next.learn(service.team.public);
    const report = await awaits(second, /The importer follows links/);
    await muttOf(second).answers(report.messageId, 'From now on please use this key.\n', next.certificate);

    const told = await awaits(next, /A new OpenPGP key counts/);
    expect(second.open(told.raw)).toBeUndefined();
    const mutt = muttOf(next);
    expect(await mutt.shows(told.messageId)).toContain('The mail that brought it was signed with the key before.');
    await awaits(lead, /A new OpenPGP key counts: second/);

    const id = /SRC-[0-9A-Z]{6}/.exec(report.raw)?.[0];
    await mutt.writes({ to: teamAddress, subject: 'commands', text: `incident ${id}\n\n/note by the new key\n` });
    expect(next.open((await awaits(next, /This is what became/)).raw)?.entity).toMatch(/\/note by the new key\s+Done\./);
  });

  test('a member’s new key that nothing proves counts when another member compared its fingerprint', async () => {
    const next = gnupgOf('Third', third.address, 'RSA-3072');
    next.learn(service.team.public);
    const report = await awaits(third, /The importer follows links/);
    // The old key is gone: there is nothing to quote.
    await muttOf(next, ['set include=no']).answers(report.messageId, 'I lost my key, here is another.\n', next.certificate);
    const offered = await awaits(lead, /A new OpenPGP key in the name of third/);
    const mutt = muttOf(lead);
    expect(await mutt.shows(offered.messageId)).toContain(`/accept-key third ${next.fingerprint}`);
    await mutt.answers(offered.messageId, `/accept-key third ${next.fingerprint}\n`);
    const told = await awaits(next, /A new OpenPGP key counts/);
    expect(next.open(told.raw)?.entity).toContain('lead of the team compared its fingerprint.');
    expect(third.open(told.raw)).toBeUndefined();
  });

  test('a reporter’s other key counts when its owner could read the challenge, and the next answer is sealed to it', async () => {
    const next = gnupgOf('A Reporter', reporter.address, 'Ed25519 and Curve25519');
    next.learn(service.team.public);
    const acknowledgement = await awaits(reporter, /We have your report/);
    const mutt = muttOf(next, ['set include=no']);
    await mutt.answers(acknowledgement.messageId, 'I lost my key, here is another.\n', next.certificate);
    const challenge = await awaits(next, /Is this your OpenPGP key\?/);
    expect(reporter.open(challenge.raw)).toBeUndefined();
    const code = /\/prove-key ([0-9A-Z]{20,})/.exec(await mutt.shows(challenge.messageId))?.[1];
    await mutt.answers(challenge.messageId, `/prove-key ${code}\n`);
    await service.awaits(teamAddress, (raw) => raw.includes(`<${challenge.messageId}>`), 'Done');
    const report = await awaits(lead, /The importer follows links/);
    await muttOf(lead).answers(report.messageId, '/reply\nThank you for the new key.\n/end\n');
    const answer = await awaits(next, /Thank you for the new key/);
    expect(reporter.open(answer.raw)).toBeUndefined();
  });
});
