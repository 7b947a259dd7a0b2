// The protected header (RFC 9788): what counts, what wins over the outside, and what an attacker can make of it.

import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyring } from '#pgp/keyring.ts';
import { seal } from '#pgp/seal.ts';
import { type Cast, cast, ciphertext, encryptedPart, letter, mail, multipart, now, opened, part, signedPart } from '#test/pgp/people.ts';

let people: Cast;
beforeAll(async () => {
  people = await cast();
});

const read = (bytes: Buffer) => opened(bytes, people.ring);

/** A mail whose outer header is given whole. */
function outside(entity: string, ...fields: string[]): Buffer {
  return Buffer.from([...fields, 'MIME-Version: 1.0', entity].join('\r\n'), 'latin1');
}

const usual = [
  'From: lead@example.org',
  'To: security@example.org',
  'Subject: words',
  'Date: Sun, 01 Mar 2026 12:00:00 +0000',
  'Message-ID: <one@example.org>',
];
const payload = (hp: string, body: string, ...fields: string[]) => part(`text/plain; charset=utf-8; ${hp}`, body, ...fields);
const signedBy = async (inner: string, ...fields: string[]) => read(outside(await signedPart(inner, [people.lead]), ...fields));
const sealedBy = async (inner: string, by: Cast['lead'][], ...fields: string[]) =>
  read(outside(encryptedPart(await ciphertext(inner, [people.team], by)), ...fields));

describe('who wrote it', () => {
  it('is the protected From under a good signature over everything, whatever the outside says', async () => {
    const inner = payload('hp="clear"', '/take', 'From: Lead <lead@example.org>');
    for (const outer of [
      ['From: list@lists.example.net'],
      ['From: second@example.org'],
      [],
      ['From: a@example.net', 'From: b@example.net'],
    ]) {
      const answer = await signedBy(inner, ...outer);
      expect(answer.from).toEqual({ address: 'lead@example.org', name: 'Lead' });
      expect(answer.differs).toEqual(outer.length ? ['From'] : []);
    }
  });

  it('is the outer From where nothing good protects another: encryption alone proves nobody', async () => {
    const inner = payload('hp="cipher"', '/take', 'From: lead@example.org');
    expect(await sealedBy(inner, [], 'From: mallory@example.net')).toMatchObject({
      from: { address: 'mallory@example.net' },
      differs: ['From'],
    });
    const byStranger = await sealedBy(inner, [people.stranger], 'From: mallory@example.net');
    expect(byStranger).toMatchObject({ from: { address: 'mallory@example.net' }, differs: ['From'], signature: { status: 'unknown-key' } });
  });

  it('is nobody when the protected header names several', async () => {
    const inner = payload('hp="clear"', '/take', 'From: lead@example.org', 'From: second@example.org');
    expect(await signedBy(inner, 'From: lead@example.org')).toMatchObject({ from: undefined, differs: ['From'] });
  });

  it('is not asked of Sender and Reply-To, inside or outside', async () => {
    const inner = payload('hp="clear"', '/take', 'From: lead@example.org');
    const answer = await signedBy(inner, 'From: lead@example.org', 'Sender: second@example.org', 'Reply-To: mallory@example.net');
    expect(answer.from?.address).toBe('lead@example.org');
    expect(answer.differs).toEqual(['Reply-To']);
    const within = payload('hp="clear"', '/take', 'From: lead@example.org', 'Sender: second@example.org', 'Reply-To: mallory@example.net');
    expect((await signedBy(within, 'From: lead@example.org')).from?.address).toBe('lead@example.org');
  });
});

describe('outer fields that differ', () => {
  const inner = () => payload('hp="clear"', 'words', ...usual, 'Reply-To: lead@example.org', 'In-Reply-To: <a@example.org>');

  it.each([
    ['From', 'From: second@example.org'],
    ['To', 'To: other@example.org'],
    ['Subject', 'Subject: other words'],
    ['Date', 'Date: Sun, 01 Mar 2026 12:00:01 +0000'],
    ['Message-ID', 'Message-ID: <two@example.org>'],
    ['Reply-To', 'Reply-To: mallory@example.net'],
    ['In-Reply-To', 'In-Reply-To: <b@example.org>'],
  ])('are named: %s', async (name, field) => {
    const fields = [...usual, 'Reply-To: lead@example.org', 'In-Reply-To: <a@example.org>'];
    expect((await signedBy(inner(), ...fields)).differs).toEqual([]);
    expect((await signedBy(inner(), ...fields.map((one) => (one.startsWith(`${name}:`) ? field : one)))).differs).toEqual([name]);
  });

  it.each([
    ['a display name left out or changed', 'From: "Lead" <lead@example.org>'],
    ['the tag of a list before the subject', 'Subject: [security] words'],
    ['the same moment in another zone', 'Date: Sun, 01 Mar 2026 13:00:00 +0100'],
    ['the same subject in encoded words', 'Subject: =?utf-8?q?words?='],
  ])('are not: %s', async (_, field) => {
    const name = field.slice(0, field.indexOf(':') + 1);
    const protectedOnes = payload('hp="clear"', 'words', ...usual);
    expect((await signedBy(protectedOnes, ...usual.map((one) => (one.startsWith(name) ? field : one)))).differs).toEqual([]);
  });

  it('are not what the author hid: a neutral subject that HP-Outer names, or the older form without a word', async () => {
    const outer = usual.map((one) => (one.startsWith('Subject') ? 'Subject: [...]' : one));
    const told = outer.map((one) => `HP-Outer: ${one}`);
    expect(await sealedBy(payload('hp="cipher"', 'x', ...usual, ...told), [people.lead], ...outer)).toMatchObject({
      subject: 'words',
      differs: [],
    });
    expect(await sealedBy(payload('protected-headers="v1"', 'x', ...usual), [people.lead], ...outer)).toMatchObject({
      subject: 'words',
      differs: [],
    });
    const changed = outer.map((one) => (one.startsWith('Subject') ? 'Subject: pay now' : one));
    expect(await sealedBy(payload('hp="cipher"', 'x', ...usual, ...told), [people.lead], ...changed)).toMatchObject({
      differs: ['Subject'],
    });
  });

  it('are a From of another address, even where HP-Outer names it', async () => {
    const answer = await sealedBy(
      payload('hp="cipher"', 'x', 'From: lead@example.org', 'HP-Outer: From: a@example.net'),
      [],
      'From: a@example.net',
    );
    expect(answer.differs).toEqual(['From']);
  });

  it('are not judged by HP-Outer under a signature alone, nor by one in the outer header', async () => {
    const clear = payload('hp="clear"', 'x', 'Subject: words', 'HP-Outer: Subject: [...]');
    expect((await signedBy(clear, 'Subject: [...]')).differs).toEqual(['Subject']);
    const claimed = payload('hp="cipher"', 'x', 'Subject: words', 'HP-Outer: Subject: [...]');
    expect((await signedBy(claimed, 'Subject: [...]', 'HP-Outer: Subject: [...]')).differs).toEqual(['Subject']);
  });

  it('are none of our own letters, sealed or signed', async () => {
    for (const how of ['must', 'never'] as const) {
      const sealed = await seal(
        letter('A notice.', { replyTo: { address: 'security@example.org', name: '' }, inReplyTo: 'a@example.org' }),
        {
          key: people.team.own,
          certificate: people.lead.certificate,
          seal: how,
          outerSubject: '[SRC-4F7K2M] ...',
          now,
        },
      );
      if ('refused' in sealed) throw new Error(sealed.refused);
      const answer = await opened(sealed.bytes, keyring([people.lead.own], [people.team.certificate]));
      expect(answer).toMatchObject({ differs: [], subject: 'A notice about CVE-1900-0001', signature: { status: 'good', covers: 'all' } });
    }
  });
});

describe('what it answers', () => {
  const answers = 'In-Reply-To: <outer@example.org>';

  it('is said by the protected header alone where that speaks for the whole', async () => {
    const inner = payload(
      'hp="clear"',
      'x',
      'From: lead@example.org',
      'References: <b@example.org> <a@example.org>',
      'In-Reply-To: <a@example.org>',
    );
    expect(await signedBy(inner, 'From: lead@example.org', answers)).toMatchObject({
      cites: ['a@example.org', 'b@example.org'],
      differs: ['In-Reply-To'],
    });
    const silent = await signedBy(payload('hp="clear"', 'x', 'From: lead@example.org'), 'From: lead@example.org', answers);
    expect(silent).toMatchObject({ cites: [], differs: ['In-Reply-To'] });
  });

  it('is said by the outer header where the older form is silent, and where nothing is protected', async () => {
    expect((await signedBy(payload('protected-headers="v1"', 'x', 'Subject: words'), answers)).cites).toEqual(['outer@example.org']);
    expect((await signedBy(part('text/plain', 'x'), answers)).cites).toEqual(['outer@example.org']);
    expect((await read(mail(part('text/plain', 'x'), undefined, answers))).cites).toEqual(['outer@example.org']);
  });
});

describe('a header put around somebody else’s signed words', () => {
  const aim = 'In-Reply-To: <letter-of-another-incident@example.org>';

  async function clearsigned(text: string): Promise<string> {
    const message = await openpgp.createCleartextMessage({ text });
    const signed: string = await openpgp.sign({ message, signingKeys: people.lead.own.key, date: now });
    return signed;
  }

  it('threat: aims no clearsigned command, though all of the text is covered', async () => {
    const inner = payload('hp="cipher"', await clearsigned('/take'), 'From: lead@example.org', aim);
    const answer = await sealedBy(inner, [], 'From: lead@example.org');
    expect(answer.signature).toMatchObject({ status: 'good', covers: 'all' });
    expect(answer.protectedFields).toEqual([]);
  });

  it('threat: aims no signed part beside other parts, and none whole', async () => {
    const signed = await signedPart(part('text/plain', '/take'), [people.lead]);
    for (const parts of [[signed], [signed, part('text/plain', 'more')]]) {
      const inner = multipart('mixed', parts, 'm', '; hp="cipher"').replace('Content-Type', `${aim}\r\nContent-Type`);
      const answer = await sealedBy(inner, [], 'From: lead@example.org');
      expect(answer.signature.status).toBe('good');
      expect(answer.protectedFields).toEqual([]);
      expect(answer.from?.address).toBe('lead@example.org');
    }
  });

  it('threat: an encrypted inline message inside another one’s encryption is aimed by nobody either', async () => {
    const inner = payload('hp="cipher"', await ciphertext('/take', [people.team], [people.lead]), aim);
    const answer = await sealedBy(inner, [], 'From: lead@example.org');
    expect(answer.signature).toMatchObject({ status: 'good', covers: 'all' });
    expect(answer.protectedFields).toEqual([]);
  });
});
