// The whole way of telling: heads-up, final notice, announcement and update, patches, release managers, the answer of the CNA.
import { afterAll, expect, test } from 'vitest';
import { of, to } from '#test/office/keys.ts';
import { openTown, people, type Received, type Town, type Writing } from '#test/town.ts';

const list = 'announce@lists.example.org';
const cna = 'cna@example.org';
const open: Town[] = [];
afterAll(async () => {
  for (const town of open) await town.close();
});

/** A town with an accepted report whose fix is ready and whose public date is Monday 16 March, 16:00 UTC; `say` gives signed commands. */
async function accepted(options: Parameters<typeof openTown>[0] = {}) {
  const town = await openTown(options);
  open.push(town);
  await town.writes('reporter', { subject: 'path traversal', text: 'It writes outside.' });
  const [report] = to(people.lead, await town.post());
  const say = async (who: 'lead' | 'second', text: string, more: Partial<Writing> = {}): Promise<Received[]> => {
    await town.writes(who, { text: `${text}\n`, signed: true, ...(report && { answers: report }), ...more });
    return town.post();
  };
  const known = [
    'title Path traversal in the importer',
    'impact Archives can write outside of it',
    'affected 1.0',
    'fixed 1.1',
    'mitigation Import only your own archives',
    'upgrade https://example.org/1.1',
  ];
  await say(
    'lead',
    `/take\n/accept\n/lead me\n${known.map((field) => `/set ${field}`).join('\n')}\n/severity high because it is\n/schedule 2026-03-16 16:00`,
  );
  await say('lead', '/done reviewed');
  await say('lead', '/fix-ready because it is');
  /** Approves a draft, releases it with this line and confirms it; answers with what left on the confirmation. */
  const release = async (kind: string, line: string): Promise<Received[]> => {
    const drafted = of('review', await say('lead', `/draft ${kind} because this is what is known`));
    const mark = /\/approve \S+ ([0-9a-f]{8})/.exec(drafted?.text ?? '')?.[1];
    await say('second', `/approve ${kind} ${mark}`);
    const preview = to(people.second, await say('lead', line)).find((letter) => letter.kind === 'preview');
    const code = /\/confirm (\S+)/.exec(preview?.text ?? '')?.[1];
    return say('second', `/confirm ${code}`);
  };
  return { town, say, release };
}

const referencesOf = ({ opened }: Received): readonly string[] => opened.cites;

test('the public hears that a fix will come and not what it fixes; the announcement answers that mail, the update too (S4-24 to S4-26, S4-35, S4-45, S4-49, S1-71)', async () => {
  const advisory = { notice: ['title'], announcement: ['title'], replyTo: 'users@lists.example.org', signedBy: 'lead' };
  const { town, say, release } = await accepted({ policy: { headsUp: {}, advisory, steps: [] } });
  const early = await release('heads-up', '/heads-up');
  const [headsUp, ...none] = to(list, early);
  expect(none).toEqual([]);
  expect(headsUp?.kind).toBe('heads-up');
  expect(headsUp?.sealed).toBe(false);
  expect(headsUp?.text).toContain('2026-03-16 16:00 UTC');
  expect(headsUp?.text).toContain('Import only your own archives');
  expect(headsUp?.text).toContain('lead example, for');
  for (const secret of ['Path traversal', 'write outside', 'high', 'SRC-'])
    expect(`${headsUp?.subject}${headsUp?.text}`).not.toContain(secret);
  expect(headsUp?.replyTo).toBe('users@lists.example.org');
  expect(headsUp && referencesOf(headsUp)).toEqual([]);

  await release('announcement', '/announce');
  const [announcement] = to(list, await town.pass('15d', '6h'));
  expect(announcement?.kind).toBe('announcement');
  expect(announcement && referencesOf(announcement)).toContain(headsUp?.messageId);
  expect(announcement?.replyTo).toBe('users@lists.example.org');

  await say('lead', '/cve CVE-1900-0001');
  const [update] = to(list, await release('announcement', '/announce'));
  expect(update?.subject).toContain('updated] CVE-1900-0001');
  expect(update && referencesOf(update)).toContain(headsUp?.messageId);
});

test('distributors get exactly the public text a day before, and again when it changes; then it leaves unchanged (S1-93, S1-94, S2-69h, S3-38)', async () => {
  const { town, say, release } = await accepted({ policy: { steps: [] } });
  await release('announcement', '/announce');
  const quiet = await town.pass('12d', '6h');
  expect(quiet.filter(({ kind }) => kind === 'final-notice')).toEqual([]);
  const day = await town.pass('32h', '1h');
  const finals = day.filter(({ kind }) => kind === 'final-notice');
  expect(finals.map((letter) => letter.to).sort()).toEqual([people.acme, people.beta].sort());
  expect(finals.every(({ sealed }) => sealed)).toBe(true);
  // The third has no key: they are asked for one, without contents.
  expect(to('security@gamma.example.net', day).map(({ kind }) => kind)).toEqual(['key-wanted']);

  await say('lead', '/cancel announcement because of a typo\n/set impact Archives can write outside of the folder');
  await release('announcement', '/announce because the text only lost a typo');
  const again = (await town.pass('2h')).filter(({ kind }) => kind === 'final-notice');
  expect(again.map(({ subject }) => subject.includes('Corrected final notice'))).toEqual([true, true]);

  const [announcement] = to(list, await town.pass('1d'));
  const said = (text = '') => /={40,}\n([\s\S]*)\n={40,}/.exec(text)?.[1];
  expect(announcement?.text.trim()).toBe(said(again[0]?.text)?.trim());
  expect(announcement?.text.trim()).not.toBe(said(finals[0]?.text)?.trim());
});

test('release managers hear at the moment of the release, not earlier, and what they say lets it out (S1-89, S1-91, S3-36, S3-37, S4-48)', async () => {
  const members = [
    ...(['lead', 'second', 'third'] as const).map((handle) => ({ handle, name: handle, addresses: [people[handle]] })),
    { handle: 'engineer', name: 'Builder', addresses: [people.engineer], roles: ['release-manager'] },
  ];
  const { town, release } = await accepted({ roster: { members }, certificates: ['lead', 'second', 'third', 'acme', 'beta', 'engineer'] });
  await release('announcement', '/announce');
  const before = await town.pass('14d', '1h');
  const told = to(people.engineer, before);
  expect(told).toEqual([]);
  const [asked, ...more] = to(people.engineer, await town.pass('8h', '1h'));
  expect(more).toEqual([]);
  expect(asked?.kind).toBe('step');
  expect(asked?.sealed).toBe(true);
  expect(to(list, await town.pass('2h', '1h'))).toEqual([]);
  await town.writes('engineer', { text: '/done merge\n/done binaries\n', signed: true, ...(asked && { answers: asked }) });
  expect(of('transcript', to(people.engineer, await town.post()))?.text).toContain('Done: binaries.');
  const out = to(list, await town.pass('1h', '1h'));
  expect(out.map(({ kind }) => kind)).toEqual(['announcement']);
});

test('patches go along with the notice byte for byte, also to those who approve it (S1-79, S2-69e, S1-86)', async () => {
  const { say, release } = await accepted();
  const content = Buffer.from('--- a\n+++ b\r\n\u0000 bytes as they are');
  await say('lead', '/patch', { attachments: [{ filename: '0001.patch', contentType: 'application/octet-stream', content }] });
  const notices = (await release('notice', '/notify')).filter(({ kind }) => kind === 'notice');
  expect(notices.map((letter) => letter.to).sort()).toEqual([people.acme, people.beta].sort());
  for (const { opened } of notices) {
    expect(opened.attachments.map(({ filename }) => filename)).toContain('0001.patch');
    expect(opened.attachments.find(({ filename }) => filename === '0001.patch')?.content.equals(content)).toBe(true);
  }
});

test('the id is taken from the words of the CNA, once, and told to the reporter (S2-63)', async () => {
  const { town, say } = await accepted({ policy: { cve: { fields: ['title'], proof: 'signed' } } });
  const [request] = to(cna, await say('lead', '/cve request'));
  expect(request?.kind).toBe('cve-request');
  const answer = (text: string) => town.writes(cna, { text, ...(request && { answers: request }) });
  await answer('CVE-1900-0001 is yours.\n');
  const shown = of('relay', to(people.lead, await town.post()));
  expect(shown?.text.replaceAll('\n', ' ')).toContain(
    'It names CVE-1900-0001, and nothing proves that it is from Example CNA. If it is: /cve CVE-1900-0001',
  );

  town.change({ policy: { cve: { fields: ['title'], proof: 'domain' } } });
  /** The CNA answers, vouched for by our own mail server; what the lead is shown, and all that left. */
  const vouched = async (text: string) => {
    const bytes = await town.bytesOf(cna, { text, ...(request && { answers: request }) });
    await town.arrives(
      Buffer.concat([Buffer.from('Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n'), bytes]),
    );
    const letters = await town.post();
    return { letters, shown: of('relay', to(people.lead, letters))?.text.replaceAll('\n', ' ') };
  };
  const quoted = await vouched('No id yet.\n\nOn 1 March you wrote:\n> CVE-1900-0009\n');
  expect(quoted.shown).toContain('It names no CVE id.');
  expect((await vouched('CVE-1900-0001 or CVE-1900-0002?\n')).shown).toContain('It names CVE-1900-0001, CVE-1900-0002.');
  const taken = await vouched('We assign CVE-1900-0001 to this.\n');
  expect(taken.shown).toContain('CVE-1900-0001 was taken from this mail.');
  expect(of('cve-assigned', to(people.reporter, taken.letters))?.text).toContain('CVE-1900-0001');
  const late = await vouched('Or rather CVE-1900-0007.\n');
  expect(late.shown).not.toContain('CVE-1900-0007 was taken');
  expect(to(people.reporter, late.letters)).toEqual([]);
});

test('threat: an id that another incident has is not taken, and the mail that is shown around does not name that incident (S2-63, S2-32)', async () => {
  const { town, say } = await accepted({ policy: { cve: { fields: ['title'], proof: 'domain' } } });
  const { incident: other = '' } = await town.writes('reporter', { subject: 'something else', text: 'Another one.' });
  await town.writes('lead', { subject: other, text: `${other}\n/cve CVE-1900-0001`, signed: true, encrypted: true });
  await town.post();
  const [request] = to(cna, await say('lead', '/cve request'));
  const bytes = await town.bytesOf(cna, { text: 'We assign CVE-1900-0001 to this.\n', ...(request && { answers: request }) });
  const vouched = 'Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n';
  await town.arrives(Buffer.concat([Buffer.from(vouched), bytes]));
  const letters = await town.post();
  expect(letters.filter(({ kind }) => kind === 'cve-assigned')).toEqual([]);
  const shown = of('relay', to(people.lead, letters))?.text.replaceAll('\n', ' ') ?? '';
  expect(shown).toContain('which another incident has already');
  expect(shown).not.toContain(other);
});
