// Whose turn it is, from the roster and the day alone.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leadOrder, lineAt, onCall, onLeave, present, queueOf, turnEnds } from '#team/oncall.ts';
import type { Roster } from '#team/roster.ts';
import { roster } from '#test/situation.ts';

const at = (text: string) => new Date(text);
const with3 = (leave: Record<string, { from: string; to: string }[]>, oncall?: object) =>
  roster({
    members: ['lead', 'second', 'third'].map((handle) => ({
      handle,
      name: handle,
      addresses: [`${handle}@example.org`],
      leave: leave[handle] ?? [],
    })),
    ...(oncall && { oncall }),
  });

test.each([
  ['2026-03-02T00:00:00Z', 'lead'],
  ['2026-03-08T23:59:59Z', 'lead'],
  ['2026-03-09T00:00:00Z', 'second'],
  ['2026-03-16T12:00:00Z', 'third'],
  ['2026-03-23T12:00:00Z', 'lead'],
  ['2026-03-01T23:59:59Z', 'third'],
  ['2025-03-03T12:00:00Z', 'third'],
])('at %s it is %s (S1-34)', (moment, handle) => {
  expect(onCall(roster(), at(moment))?.handle).toBe(handle);
});

test('turns can be days', () => {
  const daily = with3({}, { from: '2026-03-02', every: 'day', order: ['lead', 'second'] });
  expect(['2026-03-02', '2026-03-03', '2026-03-04'].map((day) => onCall(daily, at(`${day}T12:00:00Z`))?.handle)).toEqual([
    'lead',
    'second',
    'lead',
  ]);
});

test('whoever is on leave is passed over, both days included (S1-23)', () => {
  const away = with3({ lead: [{ from: '2026-03-03', to: '2026-03-04' }] });
  expect(['02', '03', '04', '05'].map((day) => onCall(away, at(`2026-03-${day}T23:00:00Z`))?.handle)).toEqual([
    'lead',
    'second',
    'second',
    'lead',
  ]);
});

test('nobody is on call when all are away or there is no rotation', () => {
  const week = [{ from: '2026-03-01', to: '2026-03-31' }];
  expect(onCall(with3({ lead: week, second: week, third: week }), at('2026-03-03T12:00:00Z'))).toBeUndefined();
  expect(onCall(roster({ oncall: undefined }), at('2026-03-03T12:00:00Z'))).toBeUndefined();
});

test('a handle of the order that nobody has is passed over', () => {
  expect(onCall(with3({}, { from: '2026-03-02', order: ['gone', 'third'] }), at('2026-03-03T12:00:00Z'))?.handle).toBe('third');
});

/** Whose turn it is to lead, where all have as much to do. */
const nextLead = (of: Roster, led: readonly string[], now: Date) => present(queueOf(leadOrder(of), led), of, now)[0];

/** Who leads incident after incident, where nobody volunteers. */
function leading(of: Roster, count: number, before: readonly string[] = []): string[] {
  const led = [...before];
  for (let number = 0; number < count; number++) led.unshift(nextLead(of, led, at('2026-03-03T12:00:00Z'))?.handle ?? 'nobody');
  return led.slice(0, count).reverse();
}

test('the lead rotates over five incidents: first, second, third, first, second (S1-48, S2-52, S4-11)', () => {
  expect(leading(roster(), 5)).toEqual(['lead', 'second', 'third', 'lead', 'second']);
});

test('with the second on leave it is first, third, first, third (S1-48)', () => {
  const away = with3({ second: [{ from: '2026-03-01', to: '2026-03-31' }] });
  expect(leading(away, 4)).toEqual(['lead', 'third', 'lead', 'third']);
});

test('a volunteer has had a turn and stands at the end (S1-48)', () => {
  // After the first the third volunteers: the second is not passed over because of it.
  expect(leading(roster(), 3, ['third', 'lead'])).toEqual(['second', 'lead', 'third']);
});

test('whoever comes back from leave has waited longest (S1-48)', () => {
  expect(leading(roster(), 1, ['third', 'lead', 'third', 'lead'])).toEqual(['second']);
});

test('a last lead who left the team does not stop the turns', () => {
  expect(leading(roster(), 1, ['gone'])).toEqual(['lead']);
});

test('property: over any volunteers and leave, nobody is in front of somebody who has waited longer and is there (S1-48)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('lead', 'second', 'third'), { maxLength: 12 }),
      fc.subarray(['lead', 'second', 'third'], { maxLength: 2 }),
      (led, absent) => {
        const month = [{ from: '2026-03-01', to: '2026-03-31' }];
        const next = nextLead(with3(Object.fromEntries(absent.map((who) => [who, month]))), led, at('2026-03-03T12:00:00Z'))?.handle ?? '';
        const names: readonly string[] = led;
        const waited = (who: string) => (names.includes(who) ? names.indexOf(who) : Number.POSITIVE_INFINITY);
        expect(absent).not.toContain(next);
        for (const who of ['lead', 'second', 'third'].filter((one) => !absent.includes(one)))
          expect(waited(next)).toBeGreaterThanOrEqual(waited(who));
      },
    ),
  );
});

test('over any nine incidents without volunteers everybody leads three times (S1-48, C25)', () => {
  const counts = leading(roster(), 9);
  for (const who of ['lead', 'second', 'third']) expect(counts.filter((one) => one === who)).toHaveLength(3);
});

const berlin = { from: '2026-03-02', zone: 'Europe/Berlin', hour: '09:00', order: ['lead', 'second', 'third'] };
test.each([
  ['2026-03-09T07:59:59Z', 'lead'],
  ['2026-03-09T08:00:00Z', 'second'],
  // After the clock change nine in Berlin is an hour earlier in UTC.
  ['2026-03-30T06:59:59Z', 'lead'],
  ['2026-03-30T07:00:00Z', 'second'],
])("turns change at their hour in the rotation's own zone, to the second: at %s it is %s (S1-34)", (moment, handle) => {
  expect(onCall(with3({}, berlin), at(moment))?.handle).toBe(handle);
});

test('the end of a turn is when somebody else is on call', () => {
  expect(turnEnds(with3({}, berlin), at('2026-03-04T12:00:00Z'))?.toISOString()).toBe('2026-03-09T08:00:00.000Z');
  const alone = with3({}, { from: '2026-03-02', order: ['lead'] });
  expect(turnEnds(alone, at('2026-03-04T12:00:00Z'))).toBeUndefined();
  const away = with3({ second: [{ from: '2026-03-01', to: '2026-03-31' }], third: [{ from: '2026-03-01', to: '2026-03-31' }] });
  expect(turnEnds(away, at('2026-03-04T12:00:00Z'))).toBeUndefined();
});

test('the line of a week has the first, the second and whoever follows, without who is away (S2-35)', () => {
  const line = (away: Parameters<typeof with3>[0], moment: string) => {
    const of = with3(away, { from: '2026-03-02', order: ['lead', 'second', 'third'] });
    return of.oncall ? lineAt(of.oncall, of, at(moment)).map(({ handle }) => handle) : [];
  };
  expect(line({}, '2026-03-10T00:00:00Z')).toEqual(['second', 'third', 'lead']);
  expect(line({ second: [{ from: '2026-03-10', to: '2026-03-10' }] }, '2026-03-10T00:00:00Z')).toEqual(['third', 'lead']);
});

test('nobody who is no member is ever on call or leads (S2-32)', () => {
  const mixed = roster({
    members: [
      { handle: 'newcomer', name: 'n', addresses: ['newcomer@example.org'], roles: ['associate'] },
      { handle: 'lead', name: 'l', addresses: ['lead@example.org'] },
    ],
    oncall: { from: '2026-03-02', order: ['newcomer', 'lead'] },
  });
  expect(onCall(mixed, at('2026-03-03T12:00:00Z'))?.handle).toBe('lead');
  expect(leading(mixed, 2)).toEqual(['lead', 'lead']);
});

test('leave is read in UTC days', () => {
  const [lead] = with3({ lead: [{ from: '2026-03-03', to: '2026-03-03' }] }).members;
  expect(lead && onLeave(lead, at('2026-03-03T00:00:00Z'))).toBe(true);
  expect(lead && onLeave(lead, at('2026-03-02T23:59:59Z'))).toBe(false);
  expect(lead && onLeave(lead, at('2026-03-04T00:00:00Z'))).toBe(false);
});
