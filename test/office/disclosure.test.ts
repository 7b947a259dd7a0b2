// The whole way of telling: heads-up, final notice, announcement and update, patches, release managers, the answer of the CNA.
import { afterEach, expect, test } from 'vitest';
import { of, to } from '#test/office/keys.ts';
import { releaseTown } from '#test/office/release.ts';
import { type openTown, people, type Received, type Town } from '#test/town.ts';

const list = 'announce@lists.example.org';
const cna = 'cna@example.org';
const open: Town[] = [];
afterEach(async () => {
  for (const town of open.splice(0)) await town.close();
});

async function accepted(options: Parameters<typeof openTown>[0] = {}) {
  const ready = await releaseTown(options);
  open.push(ready.town);
  return ready;
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
  const [announcement] = to(list, [...(await town.pass('12d', '6h')), ...(await town.pass('3d'))]);
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

test('release managers hear on the day of the release, not earlier, and so early that their binaries are there when it leaves at its hour (S1-89, S1-91, S1-97, S3-36, S3-37, S4-48)', async () => {
  const { town, asked } = await toldToMerge();
  expect(town.now()).toEqual(new Date('2026-03-16T10:00:00Z'));
  expect(to(list, await town.pass('4h'))).toEqual([]);
  await town.writes('engineer', { text: '/done merge\n/done binaries\n', signed: true, answers: asked });
  expect(of('transcript', to(people.engineer, await town.post()))?.text).toContain('Done: binaries.');
  expect(to(list, await town.pass('1h'))).toEqual([]);
  const [out, ...more] = to(list, await town.pass('1h'));
  expect([out?.kind, more.length]).toEqual(['announcement', 0]);
  expect(town.now()).toEqual(new Date('2026-03-16T16:00:00Z'));
  expect(out?.text).toContain('Published: 2026-03-16 16:00 UTC');
});

test('what the binaries held back says when it really became public, on every way; else it is the approved text (S1-91, S1-94, S1-98)', async () => {
  const { town, asked } = await toldToMerge();
  const held = await town.pass('8h');
  expect(to(list, held)).toEqual([]);
  const reminded = of('reminder', to(people.lead, held));
  expect(reminded?.text.replaceAll('\n', ' ')).toContain('is held: not done: binaries');
  expect(reminded?.text).toContain('/done binaries');
  expect(reminded?.text).toContain('/announce because <reason>');
  await town.writes('engineer', { text: '/done merge\n/done binaries\n', signed: true, answers: asked });
  await town.post();
  const left = await town.pass('1h');
  expect(town.now()).toEqual(new Date('2026-03-16T19:00:00Z'));
  const texts = [...to(list, left), ...left.filter(({ kind }) => kind === 'paste' || kind === 'resolution')].map(({ text }) => text);
  expect(texts).toHaveLength(3);
  for (const text of texts) {
    expect(text).toContain('Published: 2026-03-16 19:00 UTC');
    expect(text).not.toContain('16:00 UTC');
  }
});

/** A town on the day of release: the final notice has left, and the release manager has just been told to merge. */
async function toldToMerge() {
  const members = [
    ...(['lead', 'second', 'third'] as const).map((handle) => ({ handle, name: handle, addresses: [people[handle]] })),
    { handle: 'engineer', name: 'Builder', addresses: [people.engineer], roles: ['release-manager'] },
  ];
  const { town, release } = await accepted({ roster: { members }, certificates: ['lead', 'second', 'third', 'acme', 'beta', 'engineer'] });
  await release('announcement', '/announce');
  const before = [...(await town.pass('12d', '6h')), ...(await town.pass('2d'))];
  expect(before.filter(({ kind }) => kind === 'step')).toEqual([]);
  const [asked, ...more] = to(people.engineer, await town.pass('1h'));
  if (!asked) throw new Error('the release manager was not told');
  expect([asked.kind, asked.sealed, more.length]).toEqual(['step', true, 0]);
  return { town, asked };
}

test('patches go along with the notice byte for byte, also to those who approve it (S1-79, S2-69e, S1-86)', async () => {
  const { say, release } = await accepted();
  const content = Buffer.from('--- a\n+++ b\r\n\u0000 bytes as they are');
  await say('lead', '/patch', { attachments: [{ filename: '0001.patch', contentType: 'application/octet-stream', content }] });
  await say('second', '/lgtm');
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
