// A daemon that slept over the moments of a release, and dates that are taken back after distributors heard them: the whole way.
import { afterEach, expect, test } from 'vitest';
import { kindsTo, of, to } from '#test/office/keys.ts';
import { releaseTown } from '#test/office/release.ts';
import { people, type Received } from '#test/town.ts';

const list = 'announce@lists.example.org';
const managers = [
  ...(['lead', 'second', 'third'] as const).map((handle) => ({ handle, name: handle, addresses: [people[handle]] })),
  { handle: 'engineer', name: 'Builder', addresses: [people.engineer], roles: ['release-manager'] },
];
const withKeys = ['lead', 'second', 'third', 'acme', 'beta', 'engineer'] as const;
let open: Awaited<ReturnType<typeof releaseTown>>;
afterEach(() => open.town.close());

const ofKind = (letters: readonly Received[], kind: string) => letters.filter((letter) => letter.kind === kind);
const flat = (text = '') => text.replace(/\s+/g, ' ');
const calendarOf = (letter: Received | undefined) =>
  letter?.opened.attachments.find(({ contentType }) => contentType === 'text/calendar')?.content.toString() ?? '';
const field = (file: string, name: string) => new RegExp(`^${name}:(.*)\\r$`, 'm').exec(file)?.[1];

/** A confirmed announcement for Monday 16 March, 16:00 UTC; it is Sunday 15 March, 15:00 UTC, an hour before the final notice. */
async function confirmed(policy: object = { steps: [] }) {
  open = await releaseTown({ policy: { ...policy }, roster: { members: managers }, certificates: withKeys });
  await open.release('announcement', '/announce');
  await open.town.pass('12d', '6h');
  await open.town.pass('30h');
  expect(open.town.now()).toEqual(new Date('2026-03-15T15:00:00Z'));
  return open;
}

test('who slept over the final notice and the release sends neither: the team hears why, once, and goes on by a decision (S1-93, S1-94, S1-97)', async () => {
  const { town, release } = await confirmed();
  const woken = await town.pass('49h', '49h');
  expect([...ofKind(woken, 'final-notice'), ...to(list, woken)]).toEqual([]);
  const alarms = ofKind(woken, 'alarm');
  expect(alarms.map((letter) => letter.to)).toEqual([people.lead, people.second, people.third]);
  expect(flat(alarms[0]?.text)).toContain('the service was away when the final notice had to leave');
  expect(flat(alarms[0]?.text)).toContain('/announce because <reason>');
  const later = await town.pass('5h');
  expect([...ofKind(later, 'final-notice'), ...ofKind(later, 'alarm'), ...to(list, later)]).toEqual([]);
  expect(flat(of('reminder', to(people.lead, later))?.text)).toContain('no announcement is confirmed');

  const decided = [...(await release('announcement', '/announce because it cannot wait')), ...(await town.pass('1h'))];
  const finals = ofKind(decided, 'final-notice');
  expect(finals.map((letter) => letter.to).sort()).toEqual([people.beta, people.acme].sort());
  for (const { subject, text } of finals) {
    expect(subject).toContain('[public now]');
    expect(flat(text)).toContain('The embargo ends now.');
    expect(flat(text)).not.toMatch(/becomes public|EMBARGOED until/);
  }
  expect(to(list, decided).map(({ kind }) => kind)).toEqual(['announcement']);
});

test('who slept half a day does not give distributors half their time (S1-93)', async () => {
  const { town } = await confirmed();
  const woken = await town.pass('13h', '13h');
  expect(ofKind(woken, 'alarm')).toHaveLength(3);
  expect(to(list, await town.pass('24h'))).toEqual([]);
});

test('who slept after the final notice announces on waking, with the moment it is: distributors had their time (S1-93, S1-94)', async () => {
  const { town } = await confirmed();
  expect(ofKind(await town.pass('1h'), 'final-notice')).toHaveLength(2);
  const woken = await town.pass('72h', '72h');
  expect(ofKind(woken, 'alarm')).toEqual([]);
  const [out, ...more] = to(list, woken);
  expect([out?.kind, more.length]).toEqual(['announcement', 0]);
  expect(out?.text).toContain('Published: 2026-03-18 16:00 UTC');
  expect(out?.text).not.toContain('2026-03-16');
});

test('steps of the release are told and reminded of once after a sleep, however long it was (S1-49, S1-89)', async () => {
  const { town } = await confirmed({});
  await town.pass('1h');
  const woken = await town.pass('169h', '169h');
  expect(kindsTo(people.engineer, woken)).toEqual(['step']);
  expect(ofKind(woken, 'reminder').map((letter) => [letter.to, flat(letter.text).includes('is held: not done: binaries')])).toEqual([
    [people.lead, true],
  ]);
  expect(ofKind(await town.pass('5h'), 'step')).toEqual([]);
});

test('a removal that nobody answered is asked for once and reminded of once after a sleep, however long it was (S1-92, S2-69l)', async () => {
  const administrator = { name: 'Admin', address: people.administrator };
  const members = managers.map((one) => (one.handle === 'engineer' ? { ...one, roles: ['engineer'] } : one));
  open = await releaseTown({
    policy: { steps: [], fixTeam: { removal: 'release', access: 'may' }, notice: { duty: 'never' } },
    roster: { members, administrator },
    certificates: withKeys,
  });
  const { town, say, release } = open;
  await say('lead', '/fix-team invite engineer\n/access grant engineer\n/answer 1 done');
  await release('announcement', '/announce');
  await town.pass('13d', '6h');
  await town.pass('31h');
  const asked = to(people.administrator, await town.pass('1h'));
  const woken = await town.pass('240h', '240h');
  const requests = [...asked, ...to(people.administrator, woken)].filter(({ kind }) => kind === 'access-request');
  expect(requests).toHaveLength(1);
  const said = woken.filter(({ kind, text }) => (kind === 'digest' || kind === 'reminder') && text.includes('Request 2'));
  expect(said.map((letter) => letter.to)).toEqual([people.lead]);
  expect(to(people.administrator, await town.pass('5h'))).toEqual([]);
});

test('an announcement that is taken back ends the final notice: distributors and whoever was told to release hear it, calendars too (S1-50, S1-94)', async () => {
  const { town, say, release } = await confirmed({});
  await town.pass('20h');
  const letters = await say('lead', '/cancel announcement because the release does not build');
  const ended = ofKind(letters, 'date-moved');
  expect(ended.map((letter) => letter.to).sort()).toEqual([people.beta, people.engineer, people.acme].sort());
  const [first] = to(people.acme, ended);
  expect(first?.subject).toContain('The end of the embargo is open again');
  expect(flat(first?.text)).toContain('The reason: the release does not build');
  expect(flat(first?.text)).toContain('The final notice you have holds no longer: do not publish at the moment it names.');
  expect([field(calendarOf(first), 'STATUS'), field(calendarOf(first), 'SEQUENCE')]).toEqual(['CANCELLED', '1']);
  expect(flat(of('date-moved', to(people.engineer, letters))?.text)).toContain(
    'do nothing that makes the fix public until you are asked again',
  );

  // The same text at the same moment is promised anew, and told anew.
  await release('announcement', '/announce because it builds again');
  const again = await town.pass('1h');
  const corrected = of('final-notice', to(people.acme, again));
  expect(corrected?.subject).toContain('Corrected final notice');
  expect([field(calendarOf(corrected), 'STATUS'), field(calendarOf(corrected), 'SEQUENCE')]).toEqual(['CONFIRMED', '2']);
  expect(kindsTo(people.engineer, [...again, ...(await town.pass('1h'))])).toEqual(['step']);
});
