// Real mail under each of the shipped processes: what makes it that process and no other.
import { afterEach, expect, test } from 'vitest';
import { of, to } from '#test/office/keys.ts';
import { openTown, type Person, people, type Received, type Town } from '#test/town.ts';

const list = 'announce@lists.example.org';
const open: Town[] = [];
afterEach(async () => {
  for (const town of open.splice(0)) await town.close();
});

/** A town that works by a shipped process, with a report in it; `say` gives signed commands in answer to it. */
async function under(
  process: string,
  over: Record<string, unknown> = {},
  roster: Record<string, unknown> = {},
  certificates?: readonly Person[],
) {
  const town = await openTown({ policy: { extends: process, ...over }, roster, ...(certificates && { certificates }) });
  open.push(town);
  await town.writes('reporter', { subject: 'path traversal', text: 'It writes outside.' });
  const arrived = await town.post();
  const [report] = to(people.lead, arrived);
  const say = async (who: 'lead' | 'second' | 'third', text: string): Promise<Received[]> => {
    await town.writes(who, { text: `${text}\n`, signed: true, ...(report && { answers: report }) });
    return town.post();
  };
  /** What the one who commands is answered. */
  const told = async (who: 'lead' | 'second' | 'third', text: string) =>
    of('transcript', to(people[who], await say(who, text)))?.text ?? '';
  const release = async (kind: string, line: string): Promise<Received[]> => {
    const drafted = of('review', await say('lead', `/draft ${kind}`));
    await say('second', `/approve ${kind} ${/\/approve \S+ ([0-9a-f]{8})/.exec(drafted?.text ?? '')?.[1]}`);
    const preview = to(people.second, await say('lead', line)).find((letter) => letter.kind === 'preview');
    return say('second', `/confirm ${/\/confirm (\S+)/.exec(preview?.text ?? '')?.[1]}`);
  };
  return { town, arrived, say, told, release };
}

test('karmada: the acknowledgement names the recommended way, and the whole team hears of the report (S3-06, S3-12)', async () => {
  const { arrived } = await under('karmada');
  const acknowledgement = of('acknowledgement', to(people.reporter, arrived));
  expect(acknowledgement?.text).toContain('https://github.com/karmada-io/community/blob/main/security-team/report-a-vulnerability.md');
  expect(arrived.filter(({ kind }) => kind === 'report').map((letter) => letter.to)).toEqual([people.lead, people.second, people.third]);
});

test('karmada: any member rates and schedules, vectors are of CVSS 3, any day will do (S3-19, S3-23, S3-26, S3-30, S3-39)', async () => {
  const { told } = await under('karmada');
  expect(await told('third', '/accept medium')).not.toContain('Refused');
  const refused = await told('second', '/severity CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N');
  expect(refused).toContain('Refused');
  expect(refused).toMatch(/3\.0.*3\.1/);
  expect(await told('second', '/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H')).toContain('7.5');
  expect(await told('third', '/schedule 2026-03-14 07:30')).not.toMatch(/Refused|recommended/);
});

test('karmada: an advisor from outside takes part before there is a verdict, and the reporter hears what is meant for them alone (S3-22)', async () => {
  const engineer = { handle: 'engineer', name: 'Advisor', addresses: [people.engineer], roles: ['engineer'] };
  const everybody = ['lead', 'second', 'third'] as const;
  const members = everybody.map((handle) => ({ handle, name: handle, addresses: [people[handle]] }));
  const { town, say } = await under('karmada', {}, { members: [...members, engineer] }, [...everybody, 'engineer']);
  const [invitation] = to(people.engineer, await say('lead', '/fix-team invite engineer'));
  expect(invitation).toMatchObject({ kind: 'invitation', sealed: true });
  expect(invitation?.text).not.toContain('It writes outside.');
  await say('second', 'TEAMONLY is this ours?');
  const told = await say('second', '/tell fix-team\nDoes the importer do that?\n/end\n/ask\nWhich version is it?\n/end');
  expect(to(people.engineer, told).map(({ kind }) => kind)).toEqual(['message']);
  expect(to(people.reporter, told).map(({ kind, text }) => [kind, /importer do|Which version/.exec(text)?.[0]])).toEqual([
    ['reply', 'Which version'],
  ]);
  await town.writes('engineer', { text: 'It does, since 1.2.', signed: true, ...(invitation && { answers: invitation }) });
  const answered = await town.post();
  expect(to(people.lead, answered).map(({ kind }) => kind)).toEqual(['relay']);
  expect(to(people.reporter, answered)).toEqual([]);
});

test('gardener: a roster and no more rules is enough, and what a member notes stays with the team (S4-01, S4-46, S2-07)', async () => {
  const { arrived, say } = await under('gardener', {}, { oncall: undefined, distributors: [] });
  expect(of('acknowledgement', to(people.reporter, arrived))?.text).toContain('You get a second mail from us');
  const letters = await say('third', '/note the importer trusts names');
  expect(letters.length).toBeGreaterThan(0);
  expect(letters.filter(({ audience }) => audience !== 'team')).toEqual([]);
});

test('gardener: only the lead rates and schedules, and the number is the lead’s (S4-10, S4-18, S4-47)', async () => {
  const { told } = await under('gardener');
  await told('lead', '/accept\n/lead me');
  expect(await told('second', '/severity CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H')).toContain('/severity is for: lead');
  expect(await told('second', '/schedule 2026-03-16 16:00')).toContain('/schedule is for: lead');
  expect(await told('lead', '/severity CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H')).toContain('7.5');
  const overruled = await told('lead', '/severity medium because it takes a setting that nobody uses\n/status');
  expect(overruled).toContain('medium');
});

test('gardener: release day lists the branch with nothing but the fix, and its announcement needs neither CVE nor severity (S4-28, S4-29, S4-35, S4-36)', async () => {
  const { town, say, told, release } = await under('gardener', { branches: ['v1.2'] }, { distributors: [] });
  await say('lead', '/accept\n/lead me\n/schedule 2026-03-16 16:00');
  expect(await told('lead', '/status')).toContain('with nothing but the fix');
  expect(await told('lead', '/draft announcement')).toMatch(/title.*fixed.*upgrade.*references/s);
  for (const field of [
    'title Path traversal in the importer',
    'fixed v1.2.3',
    'upgrade https://example.org/upgrade',
    'references https://example.org/pull/1',
  ])
    await say('lead', `/set ${field}`);
  await say(
    'lead',
    '/done reviewed\n/fix-ready\n/done patch-branch v1.2\n/done binaries\n/done cherry-pick v1.2\n/done approve\n/done merge',
  );
  await release('announcement', '/announce');
  const [announcement] = to(list, await town.pass('15d', '6h'));
  expect(announcement?.text).toContain('https://example.org/upgrade');
  expect(announcement?.text).toContain('https://example.org/pull/1');
  expect(announcement?.text).toContain('v1.2.3');
  expect(announcement?.text).toContain('lead example');
  expect(announcement?.replyTo).toBe('gardener@googlegroups.com');
});

test('gardener: release managers are asked two days ahead, in one letter, say what they did the day before, and are among those who know (S4-27, S4-28, S1-89, S2-24)', async () => {
  const members = [
    ...(['lead', 'second', 'third'] as const).map((handle) => ({ handle, name: `${handle} example`, addresses: [people[handle]] })),
    { handle: 'engineer', name: 'Builder Example', addresses: [people.engineer], roles: ['release-manager'] },
  ];
  const { town, say, told, release } = await under('gardener', { branches: ['v1.2'] }, { distributors: [], members }, [
    'lead',
    'second',
    'third',
    'engineer',
  ]);
  await say('lead', '/accept\n/lead me\n/schedule 2026-03-16 16:00');
  for (const field of [
    'title Path traversal in the importer',
    'fixed v1.2.3',
    'upgrade see the manual',
    'references https://example.org/1',
  ])
    await say('lead', `/set ${field}`);
  await say('lead', '/done reviewed\n/fix-ready');
  await release('announcement', '/announce because the builders come to it');
  const steps = (letters: readonly Received[]) => to(people.engineer, letters).filter(({ kind }) => kind === 'step');
  expect(steps(await town.pass('12d', '6h'))).toEqual([]);
  const [asked, ...more] = steps(await town.pass('1d', '6h'));
  expect(more).toEqual([]);
  expect(asked?.text).toContain('/done patch-branch v1.2');
  expect(asked?.text).toContain('/done binaries');
  const text = '/done patch-branch v1.2\n/done binaries\n';
  const { transcript } = await town.writes('engineer', { text, signed: true, ...(asked && { answers: asked }) });
  expect(transcript.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  await town.post();
  expect(await told('lead', '/who-knows release-managers')).toContain('engineer <engineer@example.com>: since');
});

test('kubernetes: a notice has the mitigation and the public date in UTC (S1-80)', async () => {
  const { say, release } = await under('kubernetes', { zone: 'Europe/Berlin' });
  await say('lead', '/take\n/accept\n/lead me\n/cve CVE-1900-0001\n/schedule 2026-03-16 16:00');
  for (const field of ['title Path traversal in the importer', 'impact Archives write outside', 'mitigation Import only your own archives'])
    await say('lead', `/set ${field}`);
  await say('lead', '/done reviewed\n/fix-ready');
  const [notice] = to(people.acme, await release('notice', '/notify because patches follow'));
  expect(notice?.sealed).toBe(true);
  expect(notice?.text).toContain('Import only your own archives');
  expect(notice?.text).toContain('2026-03-16 16:00 UTC');
  expect(notice?.text).toContain('17:00');
});

test('kubernetes-pst: each part has somebody in a new incident, who hears its duties; the week after somebody else (S2-21, S2-22, S2-23, S2-26, S2-27, S2-29, S2-36)', async () => {
  const order = (...who: string[]) => ({ from: '2026-03-02', order: who });
  const parts = {
    project: order('second', 'third'),
    triage: order('lead', 'second'),
    infra: order('third', 'lead'),
    disclosure: order('second', 'lead'),
  };
  const { town, arrived, told } = await under('kubernetes-pst', {}, { parts });
  const status = await told('lead', '/take\n/status');
  const held = [
    ['Release/Project Manager', 'second', 'to its end'],
    ['Triage', 'lead', 'those who must know are told'],
    ['Infra', 'third', 'the fixes can be tested'],
    ['Disclosure', 'second', 'request CVE ids'],
  ] as const;
  for (const [title, who, duty] of held) {
    expect(status).toMatch(new RegExp(`${title}[^\\n]*${who}`));
    const asked = to(people[who], arrived).filter(({ kind }) => kind !== 'report');
    expect(asked.map(({ text }) => text.replace(/\s+/g, ' ')).join('\n'), title).toContain(duty);
  }
  await town.pass('7d', '12h');
  await town.writes('reporter', { subject: 'another one', text: 'It reads outside too.' });
  const next = to(people.third, await town.post()).filter(({ kind }) => kind !== 'report');
  expect(next.map(({ text }) => text.replace(/\s+/g, ' ')).join('\n')).toContain('to its end');
});
