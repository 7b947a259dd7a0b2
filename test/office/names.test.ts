// People and distributors whose handle is a word that every object of the language knows work like anybody else.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { openTown, type Received, type Town } from '#test/town.ts';

const odd = 'constructor';
const vouched = 'Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n';

async function orders(town: Town, who: string, answers: Received, text: string) {
  const bytes = await town.bytesOf(`${who}@example.org`, { answers, text });
  return town.arrives(Buffer.concat([Buffer.from(vouched), bytes]));
}

const to = (letters: readonly Received[], who: string, kind: string) => {
  const found = letters.findLast((letter) => letter.to === `${who}@example.org` && letter.kind === kind);
  if (!found) throw new Error(`${who} has no ${kind}`);
  return found;
};

async function happened(town: Town, incident: string): Promise<string[]> {
  const subject = await town.store.subjects.peek(incident);
  return ((subject?.recorded ?? []) as readonly { event: Event }[]).map(({ event }) => event.type);
}

test('a member called "constructor" takes, leads, confirms with a code of their own, and is missed when they guess', async () => {
  const members = [odd, 'second'].map((handle) => ({ handle, name: handle, addresses: [`${handle}@example.org`] }));
  const town = await openTown({
    policy: { proof: 'domain', audiences: { team: { seal: 'may' }, distributors: { seal: 'may' } } },
    roster: { members, oncall: { from: '2026-03-02', order: [odd, 'second'] } },
    certificates: [],
  });
  const { incident = '' } = await town.writes('reporter', { text: 'The parser loops.' });
  const report = to(await town.post(), odd, 'report');
  const prepared = `/accept\n/lead second\n/handoff second\n/set title t\n/set impact i\n/schedule 2026-03-16\n/draft notice`;
  expect((await orders(town, odd, report, prepared)).transcript.map(({ outcome }) => outcome)).toEqual(Array(7).fill('done'));
  const review = to(await town.post(), 'second', 'review');
  const mark = /\/approve notice ([0-9a-f]{8})/.exec(review.text)?.[1];
  expect(
    (await orders(town, 'second', review, `/approve notice ${mark}\n/notify because they fix it with us`)).transcript.at(-1)?.outcome,
  ).toBe('done');
  const preview = to(await town.post(), odd, 'preview');
  const code = /\/confirm ([0-9A-Z]{6})/.exec(preview.text)?.[1];
  expect((await orders(town, odd, preview, '/confirm 000000')).transcript[0]?.text).toContain('Tries left: 4.');
  expect((await orders(town, odd, preview, `/confirm ${code}`)).transcript[0]?.outcome).toBe('done');
  expect((await orders(town, odd, report, '/status\n/timeline\n/list\n/keys')).transcript.map(({ outcome }) => outcome)).toEqual(
    Array(4).fill('done'),
  );
  expect(await happened(town, incident)).toEqual(expect.arrayContaining(['confirmation-missed', 'notice-released']));
  await town.close();
});

/** What happens to a member and a distributor without certificates, told with their names taken out. */
async function withoutKeys(handle: string, id: string): Promise<unknown> {
  const members = ['lead', 'second', handle].map((who) => ({ handle: who, name: who, addresses: [`${who}@example.org`] }));
  const distributors = [{ id, name: 'Odd Linux', addresses: ['security@odd.example.net'] }];
  const oncall = { from: '2026-03-02', order: ['lead'] };
  const town = await openTown({ roster: { members, distributors, oncall }, certificates: ['lead', 'second'] });
  const { incident = '' } = await town.writes('reporter', { text: 'The parser loops.' });
  const letters = await town.post();
  const told = (text: string) => town.writes('lead', { signed: true, answers: to(letters, 'lead', 'report'), text });
  const first = await told('/accept\n/lead me\n/set title t\n/set impact i\n/schedule 2026-03-16\n/draft notice');
  const review = to(await town.post(), 'second', 'review');
  const mark = /\/approve notice ([0-9a-f]{8})/.exec(review.text)?.[1];
  await town.writes('second', { signed: true, answers: review, text: `/approve notice ${mark}` });
  const second = await told('/notify because they fix it with us');
  const preview = to(await town.post(), 'second', 'preview');
  const code = /\/confirm ([0-9A-Z]{6})/.exec(preview.text)?.[1];
  const third = await town.writes('second', { signed: true, answers: preview, text: `/confirm ${code}` });
  const left = [...letters, ...(await town.post()), ...(await town.pass('25h'))];
  const last = await told('/status\n/timeline\n/keys');
  const events = await happened(town, incident);
  await town.close();
  return {
    outcomes: [first, second, third, last].flatMap(({ transcript }) => transcript.map(({ outcome }) => outcome)),
    events,
    letters: left.map((letter) => `${letter.kind} to ${letter.to.replace(handle, 'the member')}`).sort(),
  };
}

test('a member or a distributor called "constructor" without a certificate is asked for one like anybody else, and nothing stops', async () => {
  const usual = await withoutKeys('third', 'gamma');
  expect(usual).toMatchObject({ outcomes: Array(11).fill('done'), events: expect.arrayContaining(['notice-released', 'letter-failed']) });
  expect(await withoutKeys(odd, 'gamma')).toEqual(usual);
  expect(await withoutKeys('third', odd)).toEqual(usual);
});
