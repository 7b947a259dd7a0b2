// Where answers are to go, and how an answer that comes by another way finds its incident: key look-up by address, programs that cite nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressed } from '#incident/thread.ts';
import { keyOf, openTown, people, type Received, type Town, team } from '#test/town.ts';

let town: Town;
let incident: string;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.close());

/** The letters that a report brings about: from a reporter with a key of their own, or without. */
async function reported(withKey: boolean, reporter = 'reporter@example.net'): Promise<Received[]> {
  const attachments = withKey ? [await certificateOf(reporter)] : [];
  incident = (await town.writes(reporter, { text: 'The parser loops.', attachments })).incident ?? '';
  return town.post();
}

async function certificateOf(address: string) {
  const { certificate } = await keyOf(address);
  return { filename: 'key.asc', contentType: 'application/pgp-keys', content: Buffer.from(certificate.armored) };
}

const letterTo = (letters: readonly Received[], to: string): Received => {
  const found = letters.find((letter) => letter.to === to);
  if (!found) throw new Error(`no letter to ${to}`);
  return found;
};

/** A mail that cites nothing, to the plain address, as a program or ticket system writes that starts a thread of its own. */
async function apart(from: string, subject: string, vouched: boolean) {
  const bytes = await town.bytesOf(from, { subject, text: `It also loops on an empty file, says ${from}.` });
  const result = vouched ? `Authentication-Results: mx.example.org; dmarc=pass header.from=${from.split('@')[1]}\r\n` : '';
  return town.arrives(Buffer.concat([Buffer.from(result), bytes]));
}

test('a sealed letter asks for answers to the address that the team’s key names, since programs look for the key of the very address', async () => {
  const letters = await reported(true);
  const { office } = town;
  expect(office.key.certificate.emails).toContain(team);
  for (const to of [people.reporter, people.lead]) {
    const letter = letterTo(letters, to);
    expect(letter).toMatchObject({ sealed: true, replyTo: team });
    // Neither the outside nor the protected header has another one.
    expect(letter.bytes.toString()).not.toMatch(/security\+/);
    expect(letter.opened.protectedFields.filter(({ value }) => /security\+/.test(value))).toEqual([]);
  }
});

test('a letter in clear asks for answers to the address that names its incident', async () => {
  const letters = await reported(false, 'plain@example.net');
  const acknowledgement = letterTo(letters, 'plain@example.net');
  expect(acknowledgement.sealed).toBe(false);
  expect(addressed([acknowledgement.replyTo], town.office, town.office.mac)).toEqual({ incident });
  // Whoever encrypts an answer by hand reads which address the key is for.
  expect(acknowledgement.text).toMatch(/To write encrypted, send your answer to security@example\.org/);
});

test('an answer to a sealed letter finds its incident by what it cites, of a reporter too', async () => {
  const acknowledgement = letterTo(await reported(true), people.reporter);
  const answer = await town.writes('reporter', {
    answers: acknowledgement,
    subject: 'Re: ...',
    text: 'It also loops on an empty file.',
    encrypted: true,
  });
  expect(answer).toMatchObject({ kind: 'follow-up', incident });
});

test('the reporter who starts a new thread joins the incident that the subject names, if our mail server vouches for them', async () => {
  await reported(true);
  const taken = await apart(people.reporter, `Fwd: [${incident}] ...`, true);
  expect(taken).toMatchObject({ kind: 'follow-up', incident });
  const relayed = (await town.post()).filter(({ kind }) => kind === 'relay');
  expect(relayed.map(({ to }) => to).sort()).toEqual([people.lead, people.second, people.third].sort());
});

test.each([
  ['the reporter’s address, which nobody vouches for', people.reporter, false],
  ['somebody else, whom our mail server vouches for', 'stranger@example.net', true],
])('threat: %s does not join by a subject, nothing is lost, and the team hears which incident it names', async (_, from, vouched) => {
  await reported(true);
  const taken = await apart(from, `Re: [${incident}] We have your report`, vouched);
  expect(taken.kind).toBe('report');
  expect(taken.incident).not.toBe(incident);
  const report = (await town.post()).find(({ kind }) => kind === 'report');
  expect(report?.text).toContain('It also loops on an empty file');
  expect(report?.text.replace(/\s+/g, ' ')).toContain(
    `This opened an incident of its own, because it names ${incident}, but answers no letter of it, and nothing proves that it is from its reporter.`,
  );
});

test('an id that no incident has, or several ids, say nothing', async () => {
  await reported(true);
  const first = incident;
  await reported(true);
  for (const subject of ['[SRC-000000] hello', `[${first}] and [${incident}]`]) {
    expect((await apart(people.reporter, subject, true)).kind).toBe('report');
    expect((await town.post()).find(({ kind }) => kind === 'report')?.text).not.toContain('incident of its own');
  }
});

test('a member’s new thread joins by the signed id in the subject', async () => {
  await reported(true);
  const taken = await town.writes('lead', { subject: `[${incident}] the parser`, text: '/take', signed: true });
  expect(taken).toMatchObject({ kind: 'team', incident });
  expect(taken.transcript.map(({ outcome }) => outcome)).toEqual(['done']);
});
