// A report and its answers between people who have nothing of ours: NeoMutt and GnuPG at every end, Postfix and Dovecot between.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gnupg, openGnupg } from '#test/interop/gnupg.ts';
import { type Account, type Neomutt, openNeomutt } from '#test/interop/neomutt.ts';
import { missing } from '#test/interop/servers.ts';
import { type Lying, password, type Service, startService, teamAddress } from '#test/interop/service.ts';

const lacking = missing(['gpg', 'neomutt', 'script']);
const but = lacking.length > 0 ? `, skipped for want of ${lacking.join(', ')}` : '';

describe.skipIf(lacking.length > 0)(`a whole conversation in NeoMutt and GnuPG${but}`, () => {
  let service: Service;
  const people: Record<'lead' | 'second' | 'third' | 'reporter', Gnupg> = Object.create(null);
  const mutts: Record<keyof typeof people, Neomutt> = Object.create(null);
  let id = '';
  let report: Lying;
  let reply: Lying;

  beforeAll(async () => {
    people.lead = openGnupg('Lead', 'lead@example.test', 'Ed25519 and Curve25519');
    people.second = openGnupg('Second', 'second@example.test', 'RSA-3072');
    people.third = openGnupg('Third', 'third@example.test', 'NIST P-256');
    people.reporter = openGnupg('A Reporter', 'reporter@example.net', 'RSA-3072');
    const { lead, second, third, reporter } = people;
    service = await startService({ members: { lead, second, third }, outsiders: [reporter.address] });
    const engines: Record<keyof typeof people, Account['engine']> = {
      lead: 'gpgme',
      second: 'classic',
      third: 'gpgme',
      reporter: 'classic',
    };
    for (const who of Object.keys(engines) as (keyof typeof people)[]) {
      const gnupg = people[who];
      expect(gnupg.learn(service.team.public), `what gpg of ${who} says of our key`).toEqual([]);
      const { imap, smtp, team } = service;
      mutts[who] = openNeomutt({ name: who, gnupg, password, imap, smtp, engine: engines[who], team: team.fingerprint });
    }
  });
  afterAll(async () => {
    await service?.stop();
    for (const mutt of Object.values(mutts)) mutt.end();
    for (const gnupg of Object.values(people)) gnupg.end();
  });

  /** The next letter in which gpg finds such words; it must find the team's good signature too, and complain of nothing. */
  const awaits = async (who: keyof typeof people, words: RegExp): Promise<Lying & { readonly entity: string }> => {
    let entity = '';
    const lying = await service.awaits(people[who].address, (raw) => {
      const opened = people[who].open(raw);
      if (!opened) return false;
      expect(opened.complaints).toEqual([]);
      expect(opened.goodBy).toBe(service.team.fingerprint);
      entity = opened.entity;
      return words.test(entity);
    });
    expect(lying.raw).not.toMatch(words);
    return { ...lying, entity };
  };

  test('a report that NeoMutt signed and encrypted is acknowledged to the key that came with it, and repeats nothing of the report (S1-34)', async () => {
    const { reporter } = people;
    await mutts.reporter.writes({
      to: teamAddress,
      subject: 'Path traversal in the importer',
      text: 'The importer follows links out of its folder.\n',
      certificate: reporter.certificate,
    });
    const acknowledgement = await awaits('reporter', /We have your report/);
    id = /SRC-[0-9A-Z]{6}/.exec(acknowledgement.raw)?.[0] ?? '';
    const shown = await mutts.reporter.shows(acknowledgement.messageId);
    expect(shown).toContain(`Subject: [${id}] We have your report`);
    expect(shown).toContain(`Its id is ${id}`);
    expect(shown).toMatch(/Good signature from "Example Security Team/);
    expect(acknowledgement.raw).toMatch(/^Auto-Submitted: auto-replied/m);
    expect(acknowledgement.entity).not.toMatch(/importer|folder|traversal/i);
  });

  test.each(['lead', 'second', 'third'] as const)(
    'the sealed report is read by %s in NeoMutt, with its subject and the team’s good signature',
    async (who) => {
      expect(id).not.toBe('');
      const letter = await awaits(who, /follows links out of its folder/);
      expect(letter.raw).toContain(`Subject: [${id}] ...`);
      expect(letter.raw).not.toMatch(/importer|traversal/i);
      const shown = await mutts[who].shows(letter.messageId);
      expect(shown).toContain(`Subject: [${id}] New report: Path traversal in the importer`);
      expect(shown).toContain('| The importer follows links out of its folder.');
      expect(shown).toContain('The report came encrypted.');
      expect(shown).toMatch(/Good signature from:? "?Example Security Team/);
      expect(shown).not.toMatch(/WARNING:|BAD signature/);
      if (who === 'lead') report = letter;
    },
  );

  test('what the lead answers in NeoMutt, signed and encrypted, is obeyed; the reporter reads the reply and nothing else of it', async () => {
    const quote = await mutts.lead.answers(
      report.messageId,
      '/take\n/accept\n/lead me\n/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n/reply\nThank you, we can see it too.\n/end\n\nLooks like the parser of the archive.\n',
    );
    expect(quote).toContain('> | The importer follows links out of its folder.');

    const { raw } = await service.awaits(teamAddress, (one) => one.includes(`From: lead <${people.lead.address}>`), 'Done');
    expect(raw).toMatch(/^Subject: \.\.\.$/m);
    // The address that the team's key names, not one with a token.
    expect(raw).toMatch(/^To: .{0,60}<?security@example\.test>?$/m);
    expect(raw).not.toMatch(/severity|importer/);

    const transcript = await awaits('lead', /This is what became of your commands/);
    const shown = await mutts.lead.shows(transcript.messageId);
    expect(shown).toContain(`Subject: [${id}] Your commands`);
    expect(shown).toContain('CVSS 3.1 9.8, critical');
    expect(shown.match(/Done\./g)).toHaveLength(5);

    const answer = await awaits('reporter', /Thank you, we can see it too/);
    reply = answer;
    const read = await mutts.reporter.shows(answer.messageId);
    expect(read).toContain(`Subject: [${id}] About your report`);
    expect(read).toMatch(/Good signature from "Example Security Team/);
    for (const text of [answer.raw, answer.entity]) expect(text).not.toMatch(/severity|CVSS|critical|parser|lead|second|third|\/take/i);

    const relayed = await awaits('second', /Looks like the parser of the archive/);
    expect(await mutts.second.shows(relayed.messageId)).toContain('The sender is proved by a signature.');
  });

  test('what the reporter answers in NeoMutt reaches every member sealed, as words of the reporter', async () => {
    await mutts.reporter.answers(reply.messageId, 'It also happens on a case-insensitive disk.\n\n/spam\n');
    for (const who of ['lead', 'second', 'third'] as const) {
      const relayed = await awaits(who, /case-insensitive disk/);
      const shown = await mutts[who].shows(relayed.messageId);
      expect(shown).toMatch(/^Subject: \[SRC-[0-9A-Z]{6}\] reporter: /m);
      expect(shown).toContain('| It also happens on a case-insensitive disk.');
      // A stranger's command is only words.
      expect(shown).toContain('| /spam');
    }
  });
});
