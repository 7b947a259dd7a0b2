// The whole way with nothing of ours on the other side: Postfix brings the mail, Dovecot holds it, GnuPG reads and signs it.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { checks } from '#cli/checks.ts';
import { mistakeLine, readConfig } from '#config/read.ts';
import { type Daemon, startDaemon } from '#daemon/daemon.ts';
import { openLog } from '#log.ts';
import { makeKey } from '#pgp/make-key.ts';
import { type Dovecot, freePorts, missing, type Postfix, startDovecot, startPostfix } from '#test/interop/servers.ts';
import { type Gpg, gnupg } from '#test/pgp/gpg.ts';

const lacking = missing();
const but = lacking.length > 0 ? `, skipped for want of ${lacking.join(', ')}` : '';
const password = 'secret';
const addresses = {
  team: 'security@example.test',
  lead: 'lead@example.test',
  second: 'second@example.test',
  reporter: 'reporter@example.net',
  distributor: 'psirt@example.net',
} as const;
type Person = keyof typeof addresses;

describe.skipIf(lacking.length > 0)(`a team on Dovecot and Postfix, with GnuPG at the other end${but}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'embargod-interop-'));
  const clock = { now: new Date() };
  let dovecot: Dovecot;
  let postfix: Postfix;
  let daemon: Daemon;
  let gpg: Gpg;
  let serial = 0;

  beforeAll(async () => {
    dovecot = await startDovecot(Object.fromEntries(Object.values(addresses).map((address) => [address, password])));
    postfix = await startPostfix({ lmtp: dovecot.lmtp, recipients: Object.values(addresses) });
    gpg = gnupg();
    await writeConfig();
    const read = await readConfig(folder, {}, { check: checks, now: clock.now });
    if ('mistakes' in read) throw new Error(read.mistakes.map(mistakeLine).join('\n'));
    daemon = await startDaemon(read.config, {
      clock: () => clock.now,
      random: (count) => randomBytes(count),
      log: openLog({ level: 'silent' }),
    });
  });
  afterAll(async () => {
    await daemon?.stop();
    await postfix?.stop();
    await dovecot?.stop();
    gpg?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  async function writeConfig(): Promise<void> {
    const team = await makeKey({ name: 'Team', email: addresses.team, now: new Date(clock.now.getTime() - 86_400_000) });
    const stamp = stampOf(new Date(clock.now.getTime() - 86_400_000));
    const [port = 0] = await freePorts(1);
    const keys = join(folder, 'teams/security/keys');
    mkdirSync(keys, { recursive: true });
    const put = (name: string, text: string, mode = 0o600) => {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), mode);
    };
    for (const [who, algorithm] of [
      ['lead', 'future-default'],
      ['second', 'default'],
      ['distributor', 'future-default'],
    ] as const) {
      const made = gpg.run(['--quick-generate-key', `${who} <${addresses[who]}>`, algorithm, 'default', 'never'], '', stamp);
      if (made.code !== 0) throw new Error(made.said);
      put(`teams/security/keys/${who}.asc`, gpg.run(['--armor', '--export', addresses[who]]).out.toString());
    }
    gpg.run(['--import'], team.public, stampOf(clock.now));
    put('seal', randomBytes(32).toString('base64'));
    put('mac', randomBytes(32).toString('base64'));
    put('imap', password);
    put('team.key', team.private);
    put('ca.pem', dovecot.ca);
    put(
      'service.yaml',
      stringify({
        secrets: { seal: [{ id: 'k1', key: { file: 'seal' } }], mac: { file: 'mac' } },
        relay: { host: '127.0.0.1', port: postfix.smtp, tls: 'none' },
        http: { port },
        log: { level: 'silent' },
      }),
    );
    put(
      'teams/security/team.yaml',
      stringify({
        title: 'Example Security Committee',
        prefix: 'SRC',
        address: addresses.team,
        subaddressing: true,
        mailbox: {
          host: '127.0.0.1',
          port: dovecot.imap,
          tls: 'starttls',
          ca: 'ca.pem',
          user: addresses.team,
          password: { file: 'imap' },
          inbox: 'INBOX',
          done: 'Done',
          shunted: 'Shunted',
          pollEvery: '5s',
        },
        key: { private: { file: 'team.key' } },
      }),
    );
    put('teams/security/policy.yaml', stringify({ extends: 'kubernetes' }));
    const member = (handle: 'lead' | 'second') => ({ handle, name: handle, addresses: [addresses[handle]], keys: [`keys/${handle}.asc`] });
    put(
      'teams/security/roster.yaml',
      stringify({
        members: [member('lead'), member('second')],
        oncall: { from: '2026-01-05', order: ['lead', 'second'] },
        distributors: [{ id: 'vendor', name: 'Vendor', addresses: [addresses.distributor], keys: ['keys/distributor.asc'] }],
        channels: [{ kind: 'mail', name: 'announce', address: addresses.reporter }],
        retrospective: ['announce'],
      }),
    );
  }

  const smtp = () => createTransport({ host: '127.0.0.1', port: postfix.smtp, secure: false, ignoreTLS: true });

  async function sends(from: Person, raw: string, to: string = addresses.team): Promise<void> {
    const transport = smtp();
    await transport.sendMail({ envelope: { from: addresses[from], to: [to] }, raw: raw.replace(/\r?\n/g, '\r\n') });
    transport.close();
  }

  /** Waits for the next mail of a person whose source fits, and takes it out of the mailbox. */
  async function reads(who: Person, wanted: RegExp): Promise<string> {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port: dovecot.imap,
      secure: false,
      doSTARTTLS: false,
      auth: { user: addresses[who], pass: password },
      logger: false,
    });
    client.on('error', () => {});
    await client.connect();
    await client.mailboxOpen('INBOX');
    try {
      for (const end = Date.now() + 40_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
        await client.noop();
        if (!client.mailbox || client.mailbox.exists === 0) continue;
        for (const { uid, source } of await client.fetchAll('1:*', { uid: true, source: true })) {
          const text = source?.toString('latin1') ?? '';
          if (!wanted.test(text) && !wanted.test(decrypt(text))) continue;
          await client.messageDelete(String(uid), { uid: true });
          return text;
        }
      }
      throw new Error(`${who} waited in vain for ${wanted}`);
    } finally {
      await client.logout();
    }
  }

  /** What gpg makes of an encrypted mail; '' when there is nothing for it to read. It must verify the team's signature. */
  function decrypt(mail: string): string {
    const block = /-----BEGIN PGP MESSAGE-----[\s\S]{10,}?-----END PGP MESSAGE-----/.exec(mail)?.[0];
    if (!block) return '';
    const { out, said } = gpg.run(['--decrypt'], block, stampOf(clock.now));
    return said.includes('GOODSIG') ? unquoted(out.toString('utf8')) : '';
  }

  /** A mail signed by gpg as mutt would send it (RFC 3156 §5), answering `mail`; the subject with the incident's id is protected. */
  function signed(who: 'lead' | 'second', text: string, answers: string): string {
    const subject = `Re: ${/^Subject: (.{1,200})$/m.exec(decrypt(answers))?.[1]?.trim() ?? ''}`;
    const entity = `Content-Type: text/plain; charset=utf-8; protected-headers="v1"\r\nSubject: ${subject}\r\n\r\n${text.replace(/\n/g, '\r\n')}\r\n`;
    const { out } = gpg.run(
      ['--armor', '--detach-sign', '--digest-algo', 'sha512', '--local-user', addresses[who]],
      entity,
      stampOf(clock.now),
    );
    const boundary = `b${++serial}`;
    const to = /^Reply-To: .*?<?([^<>\s]+@[^<>\s]+)>?\s*$/m.exec(answers)?.[1] ?? addresses.team;
    return [
      `From: ${addresses[who]}`,
      `To: ${to}`,
      `Subject: Re: ...`,
      `Date: ${clock.now.toUTCString()}`,
      `Message-ID: <${serial}.${randomBytes(4).toString('hex')}@example.test>`,
      'MIME-Version: 1.0',
      `Content-Type: multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      `${entity}\r`,
      `--${boundary}`,
      'Content-Type: application/pgp-signature; name="signature.asc"',
      '',
      out.toString(),
      `--${boundary}--`,
      '',
    ]
      .join('\n')
      .replace(/\r\n/g, '\n');
  }

  const recipientOf = (mail: string) => /^To: (.*)$/m.exec(mail)?.[1] ?? addresses.team;

  test('a report encrypted by GnuPG is acknowledged once and reaches the members sealed; signed commands are obeyed, unsigned ones are not', async () => {
    const inner = 'Content-Type: text/plain; charset=utf-8\n\nThe importer follows links out of its folder.\n';
    const { out } = gpg.run(['--armor', '--encrypt', '--recipient', addresses.team], inner, stampOf(clock.now));
    await sends(
      'reporter',
      `From: A Reporter <${addresses.reporter}>\nTo: ${addresses.team}\nSubject: confidential\nDate: ${clock.now.toUTCString()}\nMessage-ID: <r1@example.net>\nMIME-Version: 1.0\nContent-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="x"\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n\n--x\nContent-Type: application/octet-stream\n\n${out.toString()}\n--x--\n`,
    );
    const acknowledgement = await reads('reporter', /We have your report/);
    expect(acknowledgement).not.toContain('importer');
    expect(acknowledgement).toMatch(/^Auto-Submitted: auto-replied/m);
    const id = /SRC-[0-9A-Z]{6}/.exec(acknowledgement)?.[0] ?? '';

    const report = await reads('lead', /follows links out of its folder/);
    expect(report).not.toContain('importer');
    expect(decrypt(report)).toContain(id);
    expect(decrypt(await reads('second', /follows links out of its folder/))).toContain('follows links');

    await sends(
      'lead',
      `From: ${addresses.lead}\nTo: ${recipientOf(report)}\nSubject: Re: [${id}]\nMessage-ID: <forged@example.test>\nDate: ${clock.now.toUTCString()}\n\n/spam\n`,
    );
    expect(decrypt(await reads('lead', /Refused/))).toContain('/spam');

    const commands = signed(
      'lead',
      '/take\n/accept\n/lead me\n/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n/reply\nThank you, we can see it too.\n/end\n',
      report,
    );
    await sends('lead', commands, /^To: (.*)$/m.exec(commands)?.[1] ?? '');
    const transcript = decrypt(await reads('lead', /CVSS 3.1 9.8, critical/));
    expect(transcript.match(/Done\./g)).toHaveLength(5);
    expect(await reads('reporter', /Thank you, we can see it too/)).toContain('multipart/signed');
    expect(decrypt(await reads('second', /we can see it too/))).toContain('/severity');

    await sends('lead', commands.replace(/^Message-ID: .*$/m, 'Message-ID: <again@example.test>').replace('Re: ...', 'Re: again'));
    expect(decrypt(await reads('lead', /this signature came before/))).toContain('Refused');
  }, 180_000);

  test('a sealed notice reaches the distributor and GnuPG reads it; the chain of the journal holds', async () => {
    const [known] = await daemon.store.subjects.incidents('security', 'all');
    const id = known?.id ?? '';
    const act = async (who: 'lead' | 'second', text: string, wanted: RegExp) => {
      const mail = signed(who, `incident ${id}\n\n${text}\n`, '');
      await sends(who, mail);
      return decrypt(await reads(who, wanted));
    };
    await act(
      'lead',
      '/cve CVE-1900-0001\n/set title Path traversal in the importer\n/set impact Anybody can write files.\n/set affected 1.0\n/set fixed 1.1\n/set mitigation none',
      /Written: mitigation/,
    );
    const proposed = /To set it: (\/schedule [0-9: -]+)/.exec(await act('lead', '/schedule', /To set it: \/schedule/))?.[1] ?? '';
    await act('lead', proposed, /Public date: /);
    const mark = /\/approve notice ([0-9a-f]{8})/.exec(await act('lead', '/draft notice', /Drafted notice/))?.[1] ?? '';
    await act('second', `/approve notice ${mark}`, /Approved\. What leaves/);
    await act('lead', '/notify', /is prepared/);
    const preview = decrypt(await reads('second', /\/confirm [0-9A-Z]{6}/));
    const code = /\/confirm ([0-9A-Z]{6})/.exec(preview)?.[1] ?? '';
    await act('second', `/confirm ${code}`, /Confirmed: release the notice/);
    const notice = await reads('distributor', /EMBARGOED/);
    expect(notice).not.toContain('importer');
    expect(decrypt(notice)).toContain('Path traversal in the importer');
    for await (const audited of daemon.store.journal.audit()) expect(audited.broken).toBeUndefined();
    expect((await daemon.health()).troubles).toEqual([]);
  }, 240_000);
});

function stampOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}`;
}

function unquoted(entity: string): string {
  if (!/^content-transfer-encoding:\s*quoted-printable/im.test(entity)) return entity;
  const bytes = entity.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
