// The course of an incident the whole way: public already, YES and NO by mail, duplicates, second chances, a broken embargo, upstream.
import { expect, test } from 'vitest';
import { keyOf, openTown, type Person, type Received, type Town } from '#test/town.ts';

const report = { subject: 'path traversal in the importer', text: 'An archive with .. in it writes outside.' };
const finder = 'finder@example.com';

/** A report that the team has, and the letters of the first post. */
async function reported(town: Town, writing: { subject?: string; text: string } = report) {
  const { incident: id = '' } = await town.writes('reporter', writing);
  return { id, letters: await town.post() };
}

/** A member answers the incident with signed commands; what left after it. */
async function orders(town: Town, id: string, text: string, who: Person = 'lead'): Promise<Received[]> {
  const { transcript } = await town.writes(who, { subject: `about ${id}`, text: `${id}\n${text}`, signed: true, encrypted: true });
  expect(transcript.filter(({ outcome }) => outcome !== 'done')).toEqual([]);
  return town.post();
}

/** A text with its lines put together. */
const flat = (text: string) => text.replace(/\s+/g, ' ');
const only = (letters: readonly Received[], kind: string) => letters.filter((letter) => letter.kind === kind);
const toWhom = (letters: readonly Received[], kind: string) => only(letters, kind).map(({ to }) => to);
const members = ['lead@example.org', 'second@example.org', 'third@example.org'];

async function status(town: Town, id: string): Promise<string> {
  const letters = await orders(town, id, '/status\n/timeline');
  return only(letters, 'transcript')[0]?.text ?? '';
}

test('a report that says it is public is only suggested to be; marked so, the whole team hears at once and everything is due (S1-42, S1-51)', async () => {
  const town = await openTown();
  const { id, letters } = await reported(town, { subject: 'path traversal', text: 'It is already public, see the tracker.' });
  expect(only(letters, 'report')[0]?.text.replace(/\s+/g, ' ')).toContain('it says "already public"');
  expect(await status(town, id)).not.toContain('Due ASAP');
  const after = await orders(town, id, '/public because it is in the tracker');
  expect(toWhom(after, 'public-path')).toEqual(members);
  expect(only(after, 'public-path').every(({ sealed }) => sealed)).toBe(true);
  expect(toWhom(after, 'ask-private')).toEqual([]);
  expect(await status(town, id)).toContain('Due ASAP, since ');
  await town.close();
});

test('the reporter is asked to go on in private; NO in their reply is taken as it stands, waives the window, and the team hears what is due (S1-43, S1-44, S2-48, S2-49)', async () => {
  const town = await openTown();
  const { id } = await reported(town);
  const [ask] = only(await orders(town, id, '/accept\n/cve CVE-1900-0001\n/public\n/privacy ask'), 'ask-private');
  expect(ask?.to).toBe('reporter@example.net');
  await town.writes('reporter', { text: 'No.\n\nThey did not answer me for a year.', ...(ask && { answers: ask }) });
  const letters = await town.post();
  expect(toWhom(letters, 'relay')).toEqual(members);
  expect(only(letters, 'public-path')[0]?.text).toContain('declined to go on in private');
  const told = await status(town, id);
  expect(told).toContain('declined to go on in private.');
  expect(told.replace(/\s+/g, ' ')).toContain('Waived: the 7 days of the distributors that they were owed');
  expect(told).not.toContain('Distributors must hear');
  await town.close();
});

test('YES brings the usual dates back; what is not plain is passed on, reminded of, and recorded by the team (S1-43)', async () => {
  const town = await openTown();
  const { id } = await reported(town);
  const [ask] = only(await orders(town, id, '/public\n/privacy ask'), 'ask-private');
  await town.writes('reporter', { text: 'No problem, but only until Friday.', ...(ask && { answers: ask }) });
  expect(toWhom(await town.post(), 'public-path')).toEqual([]);
  expect(
    (await town.pass('26h'))
      .filter(({ kind }) => kind === 'reminder')
      .map(({ text }) => flat(text))
      .join(),
  ).toContain('has not answered');
  await town.writes('reporter', { text: '> asked\n\nYES', ...(ask && { answers: ask }) });
  expect(only(await town.post(), 'public-path')[0]?.subject).toContain('They go on in private');
  expect(await status(town, id)).not.toContain('Due ASAP');
  await town.close();
});

test('whoever published it may be somebody else: they get the question in clear and nothing more, and only their own answer counts (S4-06)', async () => {
  const town = await openTown();
  const { id } = await reported(town);
  const letters = await orders(town, id, `/public\n/privacy ask ${finder}`);
  const [ask] = only(letters, 'ask-private');
  expect(letters.filter(({ to }) => to === finder)).toHaveLength(1);
  expect(ask?.text).not.toContain('importer');
  await town.writes('stranger@example.com', { text: 'YES', ...(ask && { answers: ask }) });
  expect(toWhom(await town.post(), 'public-path')).toEqual([]);
  await town.writes(finder, { text: 'yes.', ...(ask && { answers: ask }) });
  expect(toWhom(await town.post(), 'public-path')).toEqual(members);
  expect((await town.pass('48h')).filter(({ to }) => to === finder)).toEqual([]);
  await town.close();
});

test('whoever published it gets the question in clear also where the reporter has a key: that key is not theirs (S4-06)', async () => {
  const town = await openTown();
  const { incident: id = '' } = await town.writes('reporter', { ...report, autocrypt: await keyOf('reporter@example.net') });
  await town.post();
  const [ask] = only(await orders(town, id, `/public\n/privacy ask ${finder}`), 'ask-private');
  expect([ask?.to, ask?.sealed]).toEqual([finder, false]);
  expect(flat(ask?.text ?? '')).toContain('YES');
  await town.close();
});

test('threat: a NO in the reporter’s name that cites only their public report decides nothing, the team reads it (S1-43, S1-44)', async () => {
  const town = await openTown();
  const bytes = await town.bytesOf('reporter', report);
  const { incident: id = '' } = await town.arrives(bytes);
  await town.post();
  await orders(town, id, '/accept\n/public\n/privacy ask');
  const messageId = /^Message-ID: <(.*)>/im.exec(bytes.toString())?.[1] ?? '';
  const forged = await town.bytesOf('reporter', { subject: 'Re: path traversal', text: 'No.' });
  await town.arrives(Buffer.concat([Buffer.from(`In-Reply-To: <${messageId}>\r\n`), forged]));
  const letters = await town.post();
  expect(toWhom(letters, 'relay')).toEqual(members);
  expect(toWhom(letters, 'public-path')).toEqual([]);
  expect(await status(town, id)).not.toContain('declined to go on in private');
  await town.close();
});

test('a similar report is shown to the team, linked, told to its reporter without a word of the other, and both journals know (2.12)', async () => {
  const town = await openTown();
  const { id: first } = await reported(town);
  const { incident: second = '' } = await town.writes('other@example.com', {
    subject: 'importer: path traversal by links',
    text: 'A link in an archive leads outside.',
  });
  const [shown] = only(await town.post(), 'report');
  expect(shown?.text).toContain(`${first} (reported): path traversal in the importer`);
  expect(shown?.text.replace(/\s+/g, ' ')).toContain('words of both titles: importer, path, traversal');
  const letters = await orders(town, second, `/duplicate ${first}`);
  const [told] = only(letters, 'duplicate');
  expect(told?.to).toBe('other@example.com');
  expect(`${told?.subject}${told?.text}`).not.toContain(first);
  expect(toWhom(letters, 'relay')).toEqual(['second@example.org', 'third@example.org']);
  expect(await status(town, first)).toContain(`Repeated in: ${second}`);
  expect(await status(town, second)).toContain(`Repeats: ${first}`);
  expect((await town.pass('5d', '6h')).filter(({ kind, text }) => kind === 'reminder' && text.includes(second))).toEqual([]);
  await town.close();
});

test('who answers a decline rings again until somebody does, and hears that we looked again (S4-03, S2-25)', async () => {
  const town = await openTown();
  const { id } = await reported(town);
  const [no] = only(await orders(town, id, '/decline cannot-reproduce'), 'verdict-negative');
  expect((await town.pass('4d', '6h')).filter(({ kind }) => kind === 'reminder')).toEqual([]);
  await town.writes('reporter', { text: 'Here are the steps.', ...(no && { answers: no }) });
  await town.post();
  expect((await town.pass('4d', '6h')).filter(({ kind }) => kind === 'reminder')[0]?.text).toContain(
    'wrote again after the report was declined',
  );
  const [yes] = only(await orders(town, id, '/accept'), 'verdict-positive');
  expect(yes?.text).toContain('we looked at your report again');
  await town.close();
});

test('noise is suggested with its class, and nothing is done (S1-36)', async () => {
  const town = await openTown();
  const { id, letters } = await reported(town, { subject: 'SPF and DMARC', text: 'Your domain has no SPF, no DMARC. p=none!' });
  expect(only(letters, 'report')[0]?.text.replace(/\s+/g, ' ')).toContain(
    'it looks like "mail-records" (spf, dmarc, p=none). If it is that: /decline out-of-scope',
  );
  expect(toWhom(letters, 'verdict-negative')).toEqual([]);
  expect(await status(town, id)).toContain('Stage: reported');
  await town.close();
});

/** An incident whose announcement is confirmed and whose notice acme and beta have; the notice that acme holds. */
async function confirmed(town: Town): Promise<{ id: string; notice: Received | undefined }> {
  const { id } = await reported(town);
  const told = await orders(
    town,
    id,
    '/accept\n/lead me\n/cve CVE-1900-0001\n/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n/set title A flaw\n/set impact Bad\n/set affected 1\n/set fixed 2\n/set mitigation none\n/schedule 2026-03-16\n/draft notice because the rest follows\n/draft announcement because the rest follows',
  );
  const marks = Object.fromEntries(only(told, 'review').map(({ text }) => /\/approve (\S+) ([0-9a-f]{8})/.exec(text)?.slice(1) ?? []));
  await orders(town, id, `/approve notice ${marks.notice}\n/approve announcement ${marks.announcement}`, 'second');
  const asked = await orders(town, id, '/notify because nobody may wait');
  const code = (letters: readonly Received[]) =>
    /\/confirm (\S+)/.exec(only(letters, 'preview').find(({ to }) => to === 'second@example.org')?.text ?? '')?.[1];
  const notices = await orders(town, id, `/confirm ${code(asked)}`, 'second');
  const again = await orders(town, id, '/announce because the steps are done elsewhere');
  await orders(town, id, `/confirm ${code(again)}`, 'second');
  return { id, notice: only(notices, 'notice').find(({ to }) => to === 'security@acme.example.net') };
}

test('a distributor breaks the news with a signed /breach: the team is alarmed, the plan waits, reminders name the default; to go on keeps the date and tells distributors (S1-83, S1-84, S1-85)', async () => {
  const town = await openTown();
  const { id, notice } = await confirmed(town);
  await town.writes('acme', {
    text: `${id}\n/breach the patch is in a public repository`,
    signed: true,
    ...(notice && { answers: notice }),
  });
  const letters = await town.post();
  expect(toWhom(letters, 'breach')).toEqual(members);
  expect(only(letters, 'breach')[0]?.text).toContain('| the patch is in a public repository');
  const thanks = only(letters, 'transcript');
  expect(thanks.map(({ to }) => to)).toEqual(['security@acme.example.net']);
  expect(thanks[0]?.text).not.toMatch(/2026-03-16|confirmed|\/decide/);
  const reminders = only(await town.pass('6h'), 'reminder');
  expect(reminders.map(({ text }) => flat(text)).join()).toContain('in doubt, publish now');
  expect(toWhom(await town.pass('16d', '12h'), 'announcement')).toEqual([]);
  const after = await orders(town, id, '/decide breach continue because only the title leaked');
  expect(toWhom(after, 'decision')).toEqual(members);
  expect(toWhom(after, 'embargo-holds')).toEqual(['security@acme.example.net', 'psirt@beta.example.net']);
  await town.close();
});

test('to publish after a breach takes a second person, then moves the date, tells distributors, and the confirmed announcement leaves (S1-84, S1-85)', async () => {
  const town = await openTown();
  const { id } = await confirmed(town);
  await orders(town, id, '/breach it is on a public list');
  const asked = await orders(town, id, '/decide breach publish because everybody has it');
  expect(toWhom(asked, 'date-moved')).toEqual([]);
  expect(toWhom(await town.pass('1h', '10m'), 'announcement')).toEqual([]);
  const preview = only(asked, 'preview').find(({ to }) => to === 'second@example.org');
  const [line = ''] = /\/confirm [0-9A-Z]{6}/.exec(preview?.text ?? '') ?? [];
  const after = await orders(town, id, line, 'second');
  expect(toWhom(after, 'date-moved')).toEqual(['security@acme.example.net', 'psirt@beta.example.net']);
  expect(only(after, 'date-moved')[0]?.text).toContain('the embargo was broken');
  expect(only(after, 'date-moved')[0]?.text).not.toContain('everybody has it');
  expect(toWhom(await town.pass('1h', '10m'), 'announcement')).toEqual(['announce@lists.example.org']);
  await town.close();
});

test('a later date of upstream holds the confirmed announcement and the team is told (S1-52, S3-20, S4-15)', async () => {
  const town = await openTown();
  const { id } = await confirmed(town);
  const letters = await orders(town, id, '/upstream 2026-03-25 because the parser is theirs');
  expect(toWhom(letters, 'relay')).toEqual(['second@example.org', 'third@example.org']);
  const later = await town.pass('16d', '12h');
  expect(toWhom(later, 'announcement')).toEqual([]);
  expect(
    only(later, 'reminder')
      .map(({ text }) => text.replace(/\s+/g, ' '))
      .join(),
  ).toContain('is held: upstream publishes at 2026-03-25 16:00 UTC.');
  await town.close();
});
