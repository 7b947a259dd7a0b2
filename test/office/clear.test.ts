// In clear only where it may be: every kind of letter, for every audience and seal, to people with and without a certificate.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatch } from '#dispatch.ts';
import type { Event } from '#incident/event.ts';
import type { AnyLetter } from '#letter/define.ts';
import type { Letter, Recipient } from '#letter/letter.ts';
import { letters } from '#letter/list.ts';
import { parse } from '#mail/parse.ts';
import type { Audience, Seal } from '#team/policy.ts';
import { keyOf, openTown, people, type Town } from '#test/town.ts';
import { after } from '#time.ts';

const members = ['lead', 'second'].map((handle) => ({
  handle,
  name: `${handle} example`,
  addresses: [`${handle}@example.org`],
  roles: ['member', 'steering', 'release-manager'],
}));
const fixers = ['engineer', 'tester'].map((handle) => ({
  handle,
  name: `${handle} example`,
  addresses: [`${handle}@example.com`],
  roles: ['engineer'],
}));
const roster = {
  members: [...members, ...fixers],
  administrator: { name: 'Administrator', address: people.administrator },
  oncall: { from: '2026-03-02', order: ['lead'] },
  operator: { address: 'operator@example.org' },
};
const person = (who: string, address: string): Recipient => ({ who, address, name: '' });
const onTeam = { with: person('lead', people.lead), without: person('second', people.second) };
/** Of each audience somebody with a certificate, and somebody without. */
const readers: Readonly<Record<Audience, { with?: Recipient; without?: Recipient }>> = {
  team: onTeam,
  steering: onTeam,
  'release-managers': onTeam,
  'fix-team': { with: person('engineer', people.engineer), without: person('tester', people.tester) },
  distributors: { with: person('acme', people.acme), without: person('gamma', 'security@gamma.example.net') },
  reporter: { with: person('reporter', people.reporter) },
  cna: { without: person('cna', 'cna@example.org') },
  administrator: { without: person('administrator', people.administrator) },
  operator: { without: person('operator', 'operator@example.org') },
  public: { without: person('announce', 'announce@lists.example.org') },
};

const every = Object.keys(readers) as Audience[];

let town: Town;
let incident: string;
beforeAll(async () => {
  // A policy that asks for nothing: each letter has its own seal here (stricter policies: test/office/stricter.test.ts).
  const audiences = Object.fromEntries(every.map((audience) => [audience, { seal: 'never' }]));
  town = await openTown({ roster, certificates: ['lead', 'acme', 'engineer'], policy: { audiences } });
  const certificate = (await keyOf(people.reporter)).certificate.armored;
  incident =
    (
      await town.writes('reporter', {
        text: 'The parser loops.',
        attachments: [{ filename: 'key.asc', contentType: 'application/pgp-keys', content: Buffer.from(certificate) }],
      })
    ).incident ?? '';
  await town.post();
  const released: Event = { type: 'notice-released', by: 'lead', mark: 'aaaaaaaa', distributors: ['acme', 'gamma'], unreachable: [] };
  const headsUp: Event = {
    type: 'heads-up-released',
    by: 'lead',
    mark: 'aaaaaaaa',
    channels: ['announce'],
    publicAt: town.now().toISOString(),
  };
  const invited: Event = { type: 'fix-team-invited', by: 'lead', people: ['engineer', 'tester'] };
  const asked: Event = { type: 'step-told', step: 'merge', to: ['lead', 'second'] };
  const requested: Event = { type: 'access-requested', by: 'lead', number: 1, what: 'grant', person: 'engineer' };
  await put(
    [],
    [
      { type: 'accepted', by: 'lead' },
      invited,
      requested,
      asked,
      headsUp,
      released,
      { type: 'announced', mark: 'aaaaaaaa', channels: ['announce'] },
    ],
  );
});
afterAll(() => town.close());

async function put(rows: readonly { id: string; letter: Letter }[], events: readonly Event[] = []): Promise<void> {
  await town.store.turn(async (turn) => {
    const subject = await turn.subject(incident);
    if (!subject) throw new Error('the incident is gone');
    const letters = rows.map(({ id, letter }) => ({
      id,
      cause: `test ${id}`,
      messageId: `${id.replaceAll(' ', '.')}@example.org`,
      letter,
      nextAt: town.now(),
    }));
    await turn.commit({ subject: { id: subject.id, stage: subject.stage }, events, letters, now: town.now() });
  });
}

/** What leaves for one letter: "sealed", "clear" or "nothing". */
async function leaves(rows: readonly { id: string; letter: Letter }[]): Promise<Map<string, string>> {
  await put(rows);
  const left = new Map(rows.map(({ id }) => [id, 'nothing']));
  for (;;) {
    const leased = await town.store.outbox.lease({ now: town.now(), holder: 'test', most: 50, until: after(town.now(), '5m') });
    if (leased.length === 0) return left;
    for (const row of leased) {
      const hand = async ({ bytes }: { bytes: Buffer }) => {
        const message = await parse(bytes);
        if ('unreadable' in message) throw new Error(message.unreadable);
        if (left.has(row.id)) left.set(row.id, message.root.contentType === 'multipart/encrypted' ? 'sealed' : 'clear');
        return { outcome: 'accepted' as const, response: '250 2.0.0 Ok' };
      };
      await dispatch(row, town.office, { hand, close: async () => undefined }, town.world);
    }
  }
}

/** The operator is told no contents, whatever the seal. */
const audiencesOf = ({ audience, contents }: AnyLetter) =>
  (audience === 'any' ? every : [audience]).filter((one) => one !== 'operator' || !contents);

const wanted: Readonly<Record<Seal, Readonly<Record<'with' | 'without', string>>>> = {
  must: { with: 'sealed', without: 'nothing' },
  may: { with: 'sealed', without: 'clear' },
  never: { with: 'clear', without: 'clear' },
};

test.each(letters.map((letter) => [letter.kind, letter] as const))(
  '%s leaves in clear only where its seal allows it',
  async (kind, definition) => {
    const expected: Record<string, string> = {};
    const rows: { id: string; letter: Letter }[] = [];
    for (const audience of audiencesOf(definition)) {
      for (const [has, to] of Object.entries(readers[audience]) as ['with' | 'without', Recipient][]) {
        for (const seal of ['must', 'may', 'never'] as const) {
          const id = `${kind} ${audience} ${has} ${seal}`;
          expected[id] = wanted[seal][has];
          rows.push({ id, letter: { kind, audience, to, seal, facts: definition.sample } });
        }
      }
    }
    expect(rows.length).toBeGreaterThan(0);
    expect(Object.fromEntries(await leaves(rows))).toEqual(expected);
  },
);
