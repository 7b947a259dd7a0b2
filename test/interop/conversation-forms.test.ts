// Commands in every form that GnuPG, Sequoia and NeoMutt give a signed mail, and letters as each of them reads them, over real servers.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encryptedBody, entityOf, type Gnupg, linesOfPage, openGnupg, signedBody } from '#test/interop/gnupg.ts';
import { type Neomutt, openNeomutt } from '#test/interop/neomutt.ts';
import { openSequoia, type Sequoia } from '#test/interop/sequoia.ts';
import { missing } from '#test/interop/servers.ts';
import { type Lying, password, type Service, startService, teamAddress } from '#test/interop/service.ts';

const lacking = missing(['gpg', 'neomutt', 'script', 'sq']);
const but = lacking.length > 0 ? `, skipped for want of ${lacking.join(', ')}` : '';

describe.skipIf(lacking.length > 0)(`mail in every form that people's programs give it${but}`, () => {
  let service: Service;
  let lead: Gnupg;
  let second: Gnupg;
  let reporter: Gnupg;
  let third: Sequoia;
  const plain = 'plain@example.net';
  const mutts: Neomutt[] = [];
  let id = '';
  let serial = 0;
  let report: Lying;

  beforeAll(async () => {
    lead = openGnupg('Lead', 'lead@example.test', 'Ed25519 and Curve25519');
    second = openGnupg('Second', 'second@example.test', 'NIST P-256');
    reporter = openGnupg('A Reporter', 'reporter@example.net', 'RSA-3072');
    third = openSequoia('Third', 'third@example.test');
    service = await startService({ members: { lead, second, third }, outsiders: [reporter.address, plain, 'you@example.net'] });
    for (const gnupg of [lead, second, reporter]) expect(gnupg.learn(service.team.public)).toEqual([]);
  });
  afterAll(async () => {
    await service?.stop();
    for (const mutt of mutts) mutt.end();
    for (const person of [lead, second, reporter, third]) person?.end();
  });

  const mutt = (gnupg: Gnupg, settings: readonly string[], engine: 'gpgme' | 'classic' = 'gpgme'): Neomutt => {
    const { imap, smtp, team } = service;
    const opened = openNeomutt({ name: 'Somebody', gnupg, password, imap, smtp, engine, team: team.fingerprint, settings });
    mutts.push(opened);
    return opened;
  };
  const mail = (from: string, subject: string, body: string): string =>
    `From: ${from}\nTo: ${teamAddress}\nSubject: ${subject}\nDate: ${new Date().toUTCString()}\nMessage-ID: <m${++serial}@example.test>\nMIME-Version: 1.0\n${body.trimEnd()}\n`;
  const inline = (text: string): string => `Content-Type: text/plain; charset=utf-8\n\n${text}`;
  const opens = (gnupg: Gnupg, words: RegExp) => (raw: string) => words.test(gnupg.open(raw)?.entity ?? '');
  const awaitsTranscript = async (words: RegExp) => {
    const { raw } = await service.awaits(lead.address, opens(lead, words));
    const opened = lead.open(raw);
    expect(opened).toMatchObject({ goodBy: service.team.fingerprint, complaints: [] });
    return opened?.entity ?? '';
  };

  test('a report that gpg signed, encrypted to a hidden reader, with the key inside, is acknowledged to that key (S1-34)', async () => {
    const text = `Content-Type: text/plain\r\n\r\nThe importer follows links.\r\n`;
    const key = `Content-Type: application/pgp-keys; name="key.asc"\r\n\r\n${reporter.certificate.replace(/\r?\n/g, '\r\n')}`;
    const entity = `Content-Type: multipart/mixed; boundary="in"\r\n\r\n--in\r\n${text}\r\n--in\r\n${key}\r\n--in--\r\n`;
    const { out } = reporter.run(['--armor', '--sign', '--encrypt', '--hidden-recipient', teamAddress], entity);
    await service.hands(reporter.address, teamAddress, mail(reporter.address, 'confidential', encryptedBody(out.toString())));
    const { raw } = await service.awaits(reporter.address, opens(reporter, /We have your report/));
    id = /SRC-[0-9A-Z]{6}/.exec(raw)?.[0] ?? '';
    const acknowledgement = reporter.open(raw);
    expect(acknowledgement).toMatchObject({ goodBy: service.team.fingerprint, complaints: [] });
    expect(acknowledgement?.entity).not.toContain('importer');
    // The key that comes with the letter is the one that signed it.
    const stranger = openGnupg('Stranger', 'stranger@example.net', 'Ed25519 and Curve25519');
    const attached = /application\/pgp-keys[\s\S]*?\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(acknowledgement?.entity ?? '')?.[1] ?? '';
    expect(stranger.learn(Buffer.from(attached, 'base64').toString())).toEqual([]);
    stranger.end();
    report = await service.awaits(lead.address, opens(lead, /The importer follows links/));
  });

  test('the sealed report is read by Sequoia, with one good signature and no warning', async () => {
    expect(id).not.toBe('');
    const { raw } = await service.awaits(third.address, (one) => third.opens(one, service.team.public) !== undefined);
    const opened = third.opens(raw, service.team.public);
    expect(opened?.entity).toContain('| The importer follows links.');
    expect(opened?.entity).toContain(`Subject: [${id}] New report: `);
    expect(opened?.said).toContain('1 good signature.');
    // sq 0.27 prefaces everything with a word about its own command line.
    expect(opened?.said.replace('WARNING: sq does not have a stable CLI', '')).not.toMatch(/warning|error|bad|unknown|weak/i);
  });

  const encrypts = ['--armor', '--trust-model', 'always', '--recipient', teamAddress];
  const detached = (entity: string) => lead.run(['--armor', '--detach-sign', '--digest-algo', 'sha256'], entity).out.toString();
  const forms: Readonly<Record<string, (text: string) => string>> = {
    'gpg --clearsign, pasted into the mail': (text) => inline(lead.run(['--clearsign'], text).out.toString()),
    'gpg -se, pasted into the mail': (text) => inline(lead.run([...encrypts, '--sign', '--encrypt'], text).out.toString()),
    'gpg --clearsign, then encrypted and pasted': (text) =>
      inline(lead.run([...encrypts, '--encrypt'], lead.run(['--clearsign'], text).out).out.toString()),
    'gpg -se as PGP/MIME': (text) => encryptedBody(lead.run([...encrypts, '--sign', '--encrypt'], entityOf(text)).out.toString()),
    'gpg --detach-sign as PGP/MIME': (text) => signedBody(entityOf(text), detached(entityOf(text)), 'pgp-sha256'),
    'a signed part inside an encrypted one (RFC 3156 §6.1)': (text) => {
      const inner = signedBody(entityOf(text), detached(entityOf(text)), 'pgp-sha256').replace(/\r?\n/g, '\r\n');
      return encryptedBody(lead.run([...encrypts, '--encrypt'], inner).out.toString());
    },
  };
  const formsOfSequoia: Readonly<Record<string, (text: string) => string>> = {
    'sq encrypt --signer-key as PGP/MIME': (text) => encryptedBody(third.seals(entityOf(text), service.team.public)),
    'sq encrypt --signer-key, pasted into the mail': (text) => inline(third.seals(text, service.team.public)),
    'sq sign --detached as PGP/MIME': (text) => signedBody(entityOf(text), third.signs('--detached', entityOf(text)), 'pgp-sha512'),
    'sq sign --cleartext-signature, pasted into the mail': (text) => inline(third.signs('--cleartext-signature', text)),
    'sq sign, pasted into the mail': (text) => inline(third.signs('message', text)),
  };

  test.each(Object.keys(forms))('is obeyed: %s', async (form) => {
    const body = forms[form]?.(`incident ${id}\n\n/note written as number ${++serial}\n`) ?? '';
    await service.hands(lead.address, teamAddress, mail(lead.address, 'commands', body));
    const transcript = await awaitsTranscript(/This is what became/);
    expect(transcript).toContain(`/note written as number ${serial - 1}`);
    expect(transcript).toContain('Done.');
    expect(transcript).not.toContain('Refused.');
  });

  test.each(Object.keys(formsOfSequoia))('is obeyed: %s', async (form) => {
    const body = formsOfSequoia[form]?.(`incident ${id}\n\n/note written as number ${++serial}\n`) ?? '';
    await service.hands(third.address, teamAddress, mail(third.address, 'commands', body));
    const fits = (raw: string) => /This is what became/.test(third.opens(raw, service.team.public)?.entity ?? '');
    const transcript = third.opens((await service.awaits(third.address, fits)).raw, service.team.public)?.entity;
    expect(transcript).toContain(`/note written as number ${serial - 1}`);
    expect(transcript).toContain('Done.');
    expect(transcript).not.toContain('Refused.');
  });

  test.each(['gpg --clearsign, pasted into the mail', 'gpg --detach-sign as PGP/MIME'])(
    'one changed word and it is refused: %s',
    async (form) => {
      const body = forms[form]?.(`incident ${id}\n\n/note they changed it ${++serial}\n`) ?? '';
      await service.hands(lead.address, teamAddress, mail(lead.address, 'commands', body.replace('they changed', 'we changed')));
      const transcript = await awaitsTranscript(/This is what became/);
      expect(transcript).toContain('Refused.');
      expect(transcript).not.toContain('Done.');
    },
  );

  test.each([
    // GPGME makes no inline messages.
    ['signed inline', 'classic', ['set pgp_autoinline=yes crypt_autoencrypt=no']],
    ['signed and encrypted inline', 'classic', ['set pgp_autoinline=yes']],
    ['signed alone', 'gpgme', ['set crypt_autoencrypt=no']],
    // As programs do that know no hook: they look for a key of the very address, and find the team's.
    ['sealed without being told of the key', 'gpgme', ['unhook crypt-hook']],
  ] as const)('an answer that NeoMutt %s is obeyed', async (_, engine, settings) => {
    const writer = mutt(lead, settings, engine);
    await writer.answers(report.messageId, `incident ${id}\n\n/note answered as number ${++serial}\n`);
    const transcript = await awaitsTranscript(/This is what became/);
    expect(transcript).toContain(`/note answered as number ${serial}`);
    expect(transcript).toContain('Done.');
    expect(transcript).not.toContain('Refused.');
  });

  test('a new mail of NeoMutt that answers nothing, to the plain address, is obeyed by the id in its protected subject', async () => {
    const writer = mutt(lead, ['unhook crypt-hook']);
    await writer.writes({ to: teamAddress, subject: `[${id}] another thread`, text: '/note in another thread\n' });
    expect(await awaitsTranscript(/This is what became/)).toMatch(/\/note in another thread\s+Done\./);
  });

  test('an answer signed without the incident in the signed bytes is refused with what to write, and obeyed once it is written', async () => {
    const writer = mutt(lead, ['set crypt_protected_headers_write=no crypt_autoencrypt=no include=no']);
    await writer.answers(report.messageId, '/note not bound\n');
    expect(await awaitsTranscript(/This is what became/)).toMatch(/Refused\.[\s\S]*does not name/);
    await writer.answers(report.messageId, `/note bound\n\n${id}\n`);
    expect(await awaitsTranscript(/This is what became/)).toContain('Done.');
  });

  test('the lines that docs/with-your-mail-program.md tells to type make a report and commands that are taken', async () => {
    const gnupg = openGnupg('You', 'you@example.net', 'Ed25519 and Curve25519');
    const at = (name: string) => join(gnupg.home, name);
    writeFileSync(at('team.asc'), service.team.public);
    writeFileSync(at('report.txt'), 'It also crashes when it stops.\n');
    const type = (line: string) =>
      execFileSync('sh', ['-c', line], { cwd: gnupg.home, env: { ...process.env, GNUPGHOME: gnupg.home }, stdio: 'pipe', timeout: 20_000 });
    for (const line of linesOfPage('GnuPG by hand', service.team.fingerprint).filter((one) => !one.includes('commands.txt'))) type(line);
    const sealed = readFileSync(at('report.txt.asc'), 'utf8');
    const key = readFileSync(at('key.asc'), 'utf8');
    const parts = [inline(sealed), `Content-Type: application/pgp-keys\n\n${key}`].map((part) => `--in\n${part}\n`).join('');
    await service.hands(
      gnupg.address,
      teamAddress,
      mail(gnupg.address, 'hello', `Content-Type: multipart/mixed; boundary="in"\n\n${parts}--in--`),
    );
    const { raw } = await service.awaits(gnupg.address, opens(gnupg, /We have your report/));
    expect(gnupg.open(raw)?.complaints).toEqual([]);
    gnupg.end();
    const own = second;
    writeFileSync(join(own.home, 'commands.txt'), `${id}\n\n/note by the page\n`);
    const [clearsign = ''] = linesOfPage('GnuPG by hand', service.team.fingerprint).filter((one) => one.includes('commands.txt'));
    execFileSync('sh', ['-c', clearsign], { cwd: own.home, env: { ...process.env, GNUPGHOME: own.home }, stdio: 'pipe', timeout: 20_000 });
    const signed = readFileSync(join(own.home, 'commands.txt.asc'), 'utf8');
    await service.hands(own.address, teamAddress, mail(own.address, 'commands', inline(signed)));
    const transcript = await service.awaits(own.address, opens(own, /This is what became/));
    expect(own.open(transcript.raw)?.entity).toMatch(/\/note by the page\s+Done\./);
  });

  test('who sent no key gets a signed letter in clear, whose signature gpg, sq and NeoMutt find good', async () => {
    await service.hands(plain, teamAddress, mail(plain, 'A crash', inline('It crashes on start.')));
    const lying = await service.awaits(plain, (raw) => raw.includes('We have your report'));
    const boundary = /boundary="(.+?)"/.exec(lying.raw)?.[1] ?? '';
    const [, signed = '', signature = ''] = lying.raw.split(`--${boundary}\r\n`);
    const bytes = signed.replace(/\r\n$/, '');
    expect(third.verifies(bytes, signature.slice(signature.indexOf('-----BEGIN')), service.team.public)).toMatchObject({ good: true });
    expect(third.verifies(`${bytes}.`, signature.slice(signature.indexOf('-----BEGIN')), service.team.public)).toMatchObject({
      good: false,
    });
    const gnupg = openGnupg('Plain', plain, 'Ed25519 and Curve25519');
    gnupg.learn(service.team.public);
    const shown = await mutt(gnupg, []).shows(lying.messageId);
    gnupg.end();
    expect(shown).toMatch(/Good signature from: Example Security Team/);
    expect(shown).not.toMatch(/WARNING:|BAD signature/);
    expect(shown).toMatch(/Subject: \[SRC-[0-9A-Z]{6}\] We have your report/);
  });
});
