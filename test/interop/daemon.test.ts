// The whole way with nothing of ours on the other side: Postfix brings the mail, Dovecot holds it, GnuPG reads and signs it.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressed } from '#incident/thread.ts';
import { encryptedBody, entityOf, type Gnupg, openGnupg, signedBody } from '#test/interop/gnupg.ts';
import { missing } from '#test/interop/servers.ts';
import { type Service, startService, teamAddress } from '#test/interop/service.ts';

const lacking = missing();
const but = lacking.length > 0 ? `, skipped for want of ${lacking.join(', ')}` : '';
type Person = 'lead' | 'second' | 'reporter' | 'vendor';

describe.skipIf(lacking.length > 0)(`a team on Dovecot and Postfix, with GnuPG at the other end${but}`, () => {
  const people: Record<Person, Gnupg> = Object.create(null);
  let service: Service;
  let serial = 0;
  let id = '';

  beforeAll(async () => {
    people.lead = openGnupg('Lead', 'lead@example.test', 'Ed25519 and Curve25519');
    people.second = openGnupg('Second', 'second@example.test', 'RSA-3072');
    people.vendor = openGnupg('Vendor', 'psirt@example.net', 'Ed25519 and Curve25519');
    people.reporter = openGnupg('A Reporter', 'reporter@example.net', 'RSA-3072');
    const { lead, second, vendor, reporter } = people;
    service = await startService({ members: { lead, second }, distributors: { vendor }, outsiders: [reporter.address] });
    for (const gnupg of Object.values(people)) expect(gnupg.learn(service.team.public)).toEqual([]);
  });
  afterAll(async () => {
    await service?.stop();
    for (const gnupg of Object.values(people)) gnupg.end();
  });

  /** A mail's header as a mail program writes it; the rest begins with its Content fields. */
  const mail = (from: Person, to: string, subject: string, rest: string): string =>
    [
      `From: ${people[from].address}`,
      `To: ${to}`,
      `Subject: ${subject}`,
      `Date: ${new Date().toUTCString()}`,
      `Message-ID: <${++serial}.${randomBytes(4).toString('hex')}@example.test>`,
      'MIME-Version: 1.0',
      `${rest}\n`,
    ].join('\n');
  const sends = (from: Person, raw: string, to = teamAddress) => service.hands(people[from].address, to, raw);

  /** What gpg makes of an encrypted mail; '' when there is nothing for it to read. It must find the team's good signature. */
  const decrypt = (who: Person, raw: string): string => {
    const opened = people[who].open(raw);
    return opened?.goodBy === service.team.fingerprint ? unquoted(opened.entity) : '';
  };
  /** The next mail of a person that has such words outside or inside. */
  const reads = async (who: Person, wanted: RegExp): Promise<string> =>
    (await service.awaits(people[who].address, (raw) => wanted.test(raw) || wanted.test(decrypt(who, raw)))).raw;

  /** A mail that gpg signed as mutt would send it (RFC 3156 §5); the subject with the incident's id is protected. */
  const signed = (who: 'lead' | 'second', text: string, subject: string): string => {
    const entity = entityOf(text, subject);
    const { out } = people[who].run(['--armor', '--detach-sign', '--digest-algo', 'sha512'], entity);
    return mail(who, teamAddress, 'Re: ...', signedBody(entity, out.toString(), 'pgp-sha512'));
  };

  test('a report encrypted by GnuPG is acknowledged and reaches the members sealed; signed commands are obeyed, unsigned ones are not', async () => {
    const inner = entityOf('The importer follows links out of its folder.');
    const { out } = people.reporter.run(['--armor', '--encrypt', '--recipient', teamAddress], inner);
    await sends('reporter', mail('reporter', teamAddress, 'confidential', encryptedBody(out.toString())));
    const acknowledgement = await reads('reporter', /We have your report/);
    expect(acknowledgement).not.toContain('importer');
    expect(acknowledgement).toMatch(/^Auto-Submitted: auto-replied/m);
    id = /SRC-[0-9A-Z]{6}/.exec(acknowledgement)?.[0] ?? '';

    const report = await reads('lead', /follows links out of its folder/);
    expect(report).not.toContain('importer');
    expect(decrypt('lead', report)).toContain(id);
    expect(decrypt('second', await reads('second', /follows links out of its folder/))).toContain('follows links');

    await sends('lead', mail('lead', teamAddress, `Re: [${id}]`, `References: <${messageIdOf(report)}>\n\n/spam`));
    expect(decrypt('lead', await reads('lead', /Refused/))).toContain('/spam');

    const commands = signed(
      'lead',
      '/take\n/accept\n/lead me\n/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n/reply\nThank you, we can see it too.\n/end\n',
      `Re: [${id}] New report`,
    );
    await sends('lead', commands);
    const transcript = decrypt('lead', await reads('lead', /CVSS 3.1 9.8, critical/));
    expect(transcript.match(/Done\./g)).toHaveLength(5);
    expect(decrypt('second', await reads('second', /we can see it too/))).toContain('/severity');

    await sends('lead', commands.replace(/^Message-ID: .*$/m, 'Message-ID: <again@example.test>').replace('Re: ...', 'Re: again'));
    // The copy of the mail in their name says it too.
    expect(decrypt('lead', await reads('lead', /Refused[\s\S]{1,2000}this signature came before/))).toContain('/take');
  }, 180_000);

  test('whoever wrote encrypted and sent no key is asked for one, proves it, and then reads what waited; nothing of it left in clear', async () => {
    const wanted = await reads('reporter', /Something waits for you/);
    expect(wanted).not.toContain('we can see it too');
    const { certificate } = people.reporter;
    const parts = [`Content-Type: text/plain\n\nHere it is.`, `Content-Type: application/pgp-keys; name="key.asc"\n\n${certificate}`];
    const body = `Content-Type: multipart/mixed; boundary="in"\n\n${parts.map((part) => `--in\n${part}\n`).join('')}--in--`;
    await sends('reporter', mail('reporter', replyTo(wanted), 'Re: my key', body), replyTo(wanted));
    const challenge = await reads('reporter', /\/prove-key [0-9A-Z]{20,}/);
    const [proof] = /\/prove-key [0-9A-Z]{20,}/.exec(decrypt('reporter', challenge)) ?? [''];
    const answer = `In-Reply-To: <${messageIdOf(challenge)}>\nContent-Type: text/plain\n\n${proof}`;
    await sends('reporter', mail('reporter', replyTo(challenge), 'Re: ...', answer), replyTo(challenge));
    expect(await reads('reporter', /Thank you, we can see it too/)).not.toContain('we can see it too');
  }, 120_000);

  test('an answer to a letter in clear comes to the address that names the incident, through Postfix and Dovecot, and cites nothing', async () => {
    await sends('reporter', mail('reporter', teamAddress, 'A crash', 'Content-Type: text/plain\n\nIt crashes on start.'));
    const acknowledgement = await reads('reporter', /We have your report/);
    const to = replyTo(acknowledgement);
    const mailbox = { address: teamAddress, prefix: 'SRC', subaddressing: true };
    expect(to).toMatch(/^security\+src-[0-9a-z]{6}\.r\.[0-9a-f]{10}@example\.test$/);
    expect(addressed([to], mailbox, () => to.replace(/^.*\.([0-9a-f]{10})@.*$/, '$1'))).toHaveProperty('incident');
    await sends('reporter', mail('reporter', to, 'no subject', 'Content-Type: text/plain\n\nOnly on Mondays.'), to);
    const relayed = decrypt('lead', await reads('lead', /\| Only on Mondays/));
    expect(relayed).toContain(`wrote about ${to.slice('security+'.length, 'security+src-4f7k2m'.length).toUpperCase()}.`);
  }, 120_000);

  test('a sealed notice reaches the distributor and GnuPG reads it; the chain of the journal holds', async () => {
    expect(id).not.toBe('');
    const act = async (who: 'lead' | 'second', text: string, wanted: RegExp) => {
      await sends(who, signed(who, `incident ${id}\n\n${text}`, 'commands'));
      return decrypt(who, await reads(who, wanted));
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
    await act('lead', '/notify because they fix it with us', /is prepared/);
    const preview = decrypt('second', await reads('second', /\/confirm [0-9A-Z]{6}/));
    const code = /\/confirm ([0-9A-Z]{6})/.exec(preview)?.[1] ?? '';
    await act('second', `/confirm ${code}`, /Confirmed: release the notice/);
    const notice = await reads('vendor', /EMBARGOED/);
    expect(notice).not.toContain('importer');
    expect(decrypt('vendor', notice)).toContain('Path traversal in the importer');
    for await (const audited of service.daemon.store.journal.audit()) expect(audited.broken).toBeUndefined();
    expect((await service.daemon.health()).troubles).toEqual([]);
  }, 240_000);
});

function messageIdOf(raw: string): string {
  return /^Message-ID:\s*<([^>\s]+)>/im.exec(raw)?.[1] ?? '';
}

function replyTo(raw: string): string {
  return /^Reply-To:[^<]{0,200}<([^<>\s]+)>/m.exec(raw)?.[1] ?? '';
}

function unquoted(entity: string): string {
  if (!/^content-transfer-encoding:\s*quoted-printable/im.test(entity)) return entity;
  const bytes = entity.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
