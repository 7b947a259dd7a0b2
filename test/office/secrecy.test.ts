// What people with two roles, guests at the table and late comers read: never what is not theirs, and never in clear what came encrypted.
import { afterEach, expect, test } from 'vitest';
import type { Letter } from '#letter/letter.ts';
import { type Changes, openTown, type Person, people, type Received, type Town } from '#test/town.ts';

let town: Town;
afterEach(() => town.close());

const person = (handle: string, roles: string[], address = `${handle}@example.org`) => ({
  handle,
  name: `${handle} example`,
  addresses: [address],
  roles,
});
const members = ['lead', 'second', 'third'].map((handle) => person(handle, ['member']));
const inClear = { team: { seal: 'may' }, 'fix-team': { seal: 'may' }, 'release-managers': { seal: 'may' } };

async function open({ with: more = [], policy, ...rest }: Changes & { with?: readonly object[] }, certificates?: readonly Person[]) {
  town = await openTown({
    policy: { proof: 'domain', audiences: inClear, ...policy },
    roster: { members: [...members, ...more] },
    ...(certificates && { certificates }),
    ...rest,
  });
}

/** What was decided by the last of these mails. */
let decided: readonly Letter[] = [];
const answer = () => decided.filter(({ kind }) => kind === 'transcript').map(({ audience, seal }) => [audience, seal]);

/** A mail that our mail server vouches for; without a letter it goes to the team. */
async function vouched(address: string, text: string, about?: Received, encrypted = false): Promise<Received[]> {
  const id = /SRC-\w+/.exec(about?.subject ?? '')?.[0];
  const bytes = await town.bytesOf(address, { text, subject: id ? `Re: [${id}]` : 'a question', encrypted });
  const domain = address.split('@')[1];
  const head = `Authentication-Results: mx.example.org; dmarc=pass header.from=${domain}\r\n`;
  decided = (await town.arrives(Buffer.concat([Buffer.from(head), bytes]))).letters;
  return town.post();
}
const to = (letters: readonly Received[], address: string, kind?: string) =>
  letters.filter((letter) => letter.to === address && (kind === undefined || letter.kind === kind));
function only(letters: readonly Received[]): Received {
  const [one] = letters;
  if (!one || letters.length !== 1) throw new Error(`${letters.length} letters: ${letters.map(({ kind }) => kind).join(', ')}`);
  return one;
}
async function report(subject: string, more: object = {}): Promise<Received> {
  await town.writes('reporter', { subject, text: `The parser of ${subject} loops.`, ...more });
  return only(to(await town.post(), people.lead, 'report'));
}
const says = async (who: Person, text: string, answers: Received) => {
  await town.writes(who, { text, answers, signed: true });
  return town.post();
};

test('threat: the list of all incidents does not leave in clear with the title of one that came encrypted', async () => {
  await open({}, ['lead', 'acme']);
  await report('TITLEWORD', { encrypted: true });
  const clear = (letters: readonly Received[]) =>
    letters
      .filter(({ sealed, bytes }) => !sealed && bytes.toString().includes('TITLEWORD'))
      .map(({ kind, to: address }) => [kind, address]);
  expect(clear(await vouched(people.second, '/list'))).toEqual([]);
  const other = await report('another');
  const answered = await vouched(people.second, '/list', other);
  expect(clear(answered)).toEqual([]);
  const listed = await vouched(people.lead, '/list');
  expect(only(to(listed, people.lead, 'transcript')).text).toContain('TITLEWORD');
});

test('threat: a guest who leads one incident reads nothing of another in what the commands of a member answered (S2-32, S2-33)', async () => {
  await open({ with: [person('guest', ['associate'])], policy: { parts: { associatesLead: 'public' } } });
  const other = await report('OTHERWORD');
  const otherId = /SRC-\w+/.exec(other.subject)?.[0] ?? 'none';
  await says('lead', '/cve CVE-1900-0001', other);
  const here = await report('here');
  await says('lead', '/public because it is in the tracker\n/lead guest', here);
  const said = [
    ...(await says('second', '/list\n\nLook at this.', here)),
    ...(await says('second', '/note no\n/cve CVE-1900-0001', here)),
    ...(await says('second', `/duplicate ${otherId}`, here)),
    ...(await vouched('guest@example.org', '/timeline', here)),
    ...(await vouched('guest@example.org', '/status', here)),
  ];
  const read = to(said, 'guest@example.org');
  expect(read.length).toBeGreaterThan(3);
  expect(read.filter(({ text }) => text.includes('OTHERWORD')).map(({ kind, text }) => [kind, text])).toEqual([]);
  expect(read.filter(({ text }) => text.includes(otherId)).map(({ kind, text }) => [kind, text])).toEqual([]);
});

test('threat: whoever has two parts is answered as sealed as what they may ask for, not as in the other part (S1-35, S1-55, S1-89)', async () => {
  await open({
    with: [person('both', ['engineer', 'release-manager']), person('maintainer', ['engineer'])],
    policy: { audiences: { ...inClear, 'fix-team': { seal: 'must' } } },
  });
  const letter = await report('TITLEWORD');
  await says('lead', '/accept\n/fix-team invite both maintainer\n/handoff maintainer', letter);
  await toldOfRelease(letter, 'both');
  const inTheOpen = (letters: readonly Received[]) => letters.filter(({ sealed, text }) => !sealed && text.includes('TITLEWORD'));
  const engineer = await vouched('both@example.org', '/status', letter);
  expect(answer()).toEqual([['fix-team', 'must']]);
  expect(to(inTheOpen(engineer), 'both@example.org').map(({ kind }) => kind)).toEqual([]);
  // Whoever sits with the team asks for what the team knows.
  town.change({
    roster: town.office.roster,
    policy: { proof: 'domain', audiences: { ...inClear, team: { seal: 'must' } } },
  });
  await vouched('maintainer@example.org', '/accept-handoff', letter);
  const commander = await vouched('maintainer@example.org', '/timeline\n/who-knows', letter);
  expect(answer()).toEqual([['team', 'must']]);
  expect(to(commander, 'maintainer@example.org', 'transcript').map(({ kind }) => kind)).toEqual([]);
});

async function toldOfRelease({ subject: about }: Received, who: string): Promise<void> {
  const id = /SRC-\w+/.exec(about)?.[0] ?? '';
  await town.store.turn(async (turn) => {
    const subject = await turn.subject(id);
    if (subject?.kind !== 'incident') throw new Error('no incident');
    await turn.commit({
      subject: { id, stage: 'fixing' },
      events: [{ type: 'step-told', step: 'merge', to: [who] }],
      letters: [],
      now: town.now(),
    });
  });
}

test('threat: what was told to the fix team before somebody was invited in the same mail is older than the invitation (S1-55)', async () => {
  await open({ with: [person('engineer', ['engineer'], people.engineer), person('tester', ['engineer'], people.tester)] });
  const letter = await report('a finding');
  await says('lead', '/accept\n/fix-team invite engineer', letter);
  const said = await says('lead', '/tell fix-team OLDWORD is for you alone.\n/fix-team invite tester\n/tell fix-team NEWWORD', letter);
  const read = (address: string) =>
    to(said, address, 'message')
      .map(({ text }) => /OLDWORD|NEWWORD/.exec(text)?.[0])
      .sort();
  expect(read(people.engineer)).toEqual(['NEWWORD', 'OLDWORD']);
  expect(read(people.tester)).toEqual(['NEWWORD']);
});

test('threat: what the reporter answers the team goes to the team, also when the reporter is on the fix team (S1-55)', async () => {
  await open({ with: [person('engineer', ['engineer'], people.engineer), person('tester', ['engineer'], people.tester)] });
  await town.writes('engineer', { subject: 'a finding', text: 'The parser loops.' });
  const letter = only(to(await town.post(), people.lead, 'report'));
  const invited = await says('lead', '/accept\n/fix-team invite engineer tester', letter);
  const asked = await says('lead', '/ask\nWho else knows?\n/end', letter);
  const question = only(to(asked, people.engineer, 'reply'));
  const told = await vouched(people.engineer, 'PRIVATEWORD knows, and must not be named.', question);
  expect(to(told, people.lead, 'relay').map(({ text }) => text.includes('PRIVATEWORD'))).toEqual([true]);
  expect(to(told, people.tester).map(({ kind }) => kind)).toEqual([]);
  const invitation = only(to(invited, people.engineer, 'invitation'));
  const both = await town.bytesOf('engineer', { text: 'My patch is ready.', answers: invitation, signed: false });
  await town.arrives(Buffer.concat([Buffer.from('Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\n'), both]));
  expect(to(await town.post(), people.tester).map(({ kind }) => kind)).toEqual(['message']);
});

test('threat: whoever is given the lead as a guest does not read the mail that gave it, nor what stood before it there (S2-32, S2-33)', async () => {
  await open({ with: [person('guest', ['associate'])], policy: { parts: { associatesLead: 'public' } } });
  const here = await report('here');
  await says('lead', '/public because it is in the tracker', here);
  const named = await says('lead', 'INSIDEWORD is what I think of the guest.\n/schedule 2026-03-17 because INSIDEWORD\n/lead guest', here);
  const read = to(named, 'guest@example.org');
  expect(read.map(({ kind }) => kind)).toEqual(['part']);
  expect(read.filter(({ text }) => text.includes('INSIDEWORD')).map(({ kind }) => kind)).toEqual([]);
  expect(to(await says('second', 'Welcome.', here), 'guest@example.org', 'relay')).toHaveLength(1);
});
