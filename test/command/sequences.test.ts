// Whatever is ordered by whomever in whichever order, under every shipped process: nothing breaks, nothing leaks, everything can be shown.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DraftKind, Event } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import type { Role } from '#team/policy.ts';
import type { Sender } from '#team/sender.ts';
import { orders } from '#test/command/places.ts';
import { sound, soundRefusal } from '#test/command/sound.ts';
import { begun, type Step, situationOf, type Wandered, wander } from '#test/command/wandering.ts';
import { shipped, shippedPolicy } from '#test/config/policies.ts';
import { member, reported, roster, stranger } from '#test/situation.ts';
import { after, day } from '#time.ts';

const person = (handle: string, ...roles: Role[]) => ({
  handle,
  name: `${handle} example`,
  addresses: [`${handle}@example.org`],
  roles,
});
const weeks = { from: '2026-03-02', order: ['lead', 'second', 'third'] };
const people = roster({
  members: [
    ...['lead', 'second', 'third'].map((handle) => person(handle, 'member')),
    person('engineer', 'engineer'),
    person('helper', 'associate'),
    person('releaser', 'release-manager'),
  ],
  distributors: [
    { id: 'acme', name: 'Acme Linux', addresses: ['security@acme.example.net'] },
    { id: 'gamma', name: 'Gamma Cloud', addresses: ['security@gamma.example.net'], longest: '14d' },
  ],
  administrator: { name: 'Administrator', address: 'administrator@example.org' },
  parts: { project: weeks, triage: weeks, infra: weeks, disclosure: weeks },
});

const [lead, second, third] = ['lead', 'second', 'third'].map((who) => member(who)) as [Sender, Sender, Sender];
const anybody: readonly Sender[] = [
  ...[lead, second, third],
  member('lead', { proof: 'none' }),
  member('engineer', { roles: ['engineer'] }),
  member('helper', { roles: ['associate'] }),
  member('releaser', { roles: ['release-manager'] }),
  { who: 'acme', name: 'Acme Linux', address: 'security@acme.example.net', roles: ['distributor'], proof: 'signed' },
  { who: 'administrator', name: 'Administrator', address: 'administrator@example.org', roles: ['administrator'], proof: 'domain' },
  { ...stranger, address: 'reporter@example.net' },
];

const marked = (kind: DraftKind) => (incident: Incident) => `/approve ${kind} ${incident.drafts[kind]?.mark ?? 'aaaaaaaa'}`;
const confirms: Step['order'] = ({ pending }, _, { who }) => `/confirm ${pending?.codes.find(({ to }) => to === who)?.code ?? '000000'}`;
const dated = (days: number) => (_: Incident, now: Date) => `/schedule ${day(after(now, days * 86_400_000))} because so`;
const says = (line: string) => () => line;
const binaries = says('/done binaries');
const goneBy = says('/status');

/** The way of an incident from its report to its end, an order at a time. */
const way: readonly Step['order'][] = [
  ...['/take', '/accept high', '/lead me', '/severity high because so', '/cve CVE-1900-0001', '/set title A title'].map(says),
  ...['/set impact What it does', '/set mitigation Switch it off', '/fix-team invite engineer', '/fix-ready because so'].map(says),
  ...['/decide distributors yes anyway because so', '/patch 1a2b3c4'].map(says),
  dated(10),
  ...[says('/draft heads-up because so'), marked('heads-up'), says('/heads-up because so'), confirms],
  ...[says('/draft notice because so'), marked('notice'), says('/notify because so'), confirms],
  ...[says('/draft announcement because so'), marked('announcement'), says('/announce because so'), confirms],
  ...[binaries, says('/done merge'), goneBy],
  ...[says('/retrospective'), marked('retrospective'), says('/retrospective send'), confirms],
  says('/close because so'),
];

const aside: readonly Step['order'][] = [
  ...Object.values(orders).flatMap((all) => all.map(({ order }) => says(order))),
  ...['/breach it leaked', '/decide breach publish because so', '/decide breach continue because so', '/upstream none because so'].map(
    says,
  ),
  ...['/decide early yes anyway because so', '/decide emergency yes anyway because so', '/decide sensitivity low because so'].map(says),
  ...['/lead helper because so', '/handoff engineer', '/accept-handoff', '/fix-team remove engineer because so', '/access remove all'].map(
    says,
  ),
  ...['/cancel', '/announce because so', '/done merge', '/done binaries', '/set patches a link', '/accept\n/decline hardening'].map(says),
  ...[dated(1), dated(3), dated(30), confirms, marked('announcement'), marked('notice')],
];

const minutes = fc.constantFrom(0, 1, 30, 60 * 5, 60 * 24, 60 * 24 * 8);
const step: fc.Arbitrary<Step> = fc.record({
  minutes,
  by: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(lead, second, third) }, { weight: 1, arbitrary: fc.constantFrom(...anybody) }),
  order: fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...way) }, { weight: 2, arbitrary: fc.constantFrom(...aside) }),
});
const anonymous: Event = { type: 'reported', title: 'path traversal', message: 'mail-1', proof: 'none' };

/** What happens before it is public or not at all; and that it becomes public once. */
const beforehand: readonly Event['type'][] = [
  ...(['notice-released', 'heads-up-released', 'final-notice-released', 'announcement-set', 'announced', 'scheduled'] as const),
  ...(['declined', 'duplicate-linked', 'spam-marked', 'exposed', 'embargo-broken', 'decided', 'fix-team-invited'] as const),
];

/** What a closed incident takes until it is reopened. */
const afterwards: readonly Event['type'][] = [
  ...(['reopened', 'noted', 'replied', 'reporter-named', 'fix-team-told', 'fix-team-left', 'access-requested', 'access-answered'] as const),
  ...(['cve-rejected', 'cve-published', 'confirmation-missed'] as const),
];

/** The events that come too late in a journal: of the time before it was public, or in a closed incident. */
function late({ recorded }: Pick<Wandered, 'recorded'>): Event['type'][] {
  let [isPublic, isClosed] = [false, false];
  const found: Event['type'][] = [];
  for (const { type } of recorded.map(({ event }) => event)) {
    if ((isPublic && beforehand.includes(type)) || (isClosed && !afterwards.includes(type))) found.push(type);
    isPublic ||= type === 'announced';
    isClosed = type === 'closed' || type === 'spam-marked' || (isClosed && type !== 'reopened');
  }
  return found;
}

test.each(shipped)(
  'under the policy of %s thirty orders of anybody, from anywhere on the way, break nothing, leak nothing and come too late nowhere (S1-86)',
  (name) => {
    const team = { policy: shippedPolicy(name), roster: people };
    fc.assert(
      fc.property(
        fc.oneof(fc.nat(way.length), fc.integer({ min: way.length - 8, max: way.length })),
        fc.constantFrom(reported, { ...reported, encrypted: true as const }, anonymous),
        fc.array(step, { minLength: 30, maxLength: 30 }),
        (from, report, steps) => {
          let here = begun(report);
          for (const order of way.slice(0, from))
            here = wander(here, { minutes: order === goneBy ? 60 * 24 * 11 : 5, by: order === confirms ? second : lead, order }, team);
          for (const one of steps) here = wander(here, one, team);
          expect([here.leaked, late(here)]).toEqual([[], []]);
          for (const refusal of new Set(here.refused)) soundRefusal(refusal);
          expect(sound(here.recorded, situationOf(here, lead, team))).toEqual(here.incident);
        },
      ),
      { numRuns: 12 },
    );
  },
);
