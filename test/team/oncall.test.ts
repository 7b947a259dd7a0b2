// Whose turn it is, from the roster and the day alone.
import { expect, test } from 'vitest';
import { nextLead, onCall, onLeave } from '#team/oncall.ts';
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

test('the lead rotates over five incidents: first, second, third, first, second (S1-48)', () => {
  const order: string[] = [];
  for (let last: string | undefined; order.length < 5; last = order.at(-1))
    order.push(nextLead(roster(), last, at('2026-03-03T12:00:00Z'))?.handle ?? '');
  expect(order).toEqual(['lead', 'second', 'third', 'lead', 'second']);
});

test('with the second on leave it is first, third, first (S1-48)', () => {
  const away = with3({ second: [{ from: '2026-03-01', to: '2026-03-31' }] });
  expect(nextLead(away, 'lead', at('2026-03-03T12:00:00Z'))?.handle).toBe('third');
  expect(nextLead(away, 'third', at('2026-03-03T12:00:00Z'))?.handle).toBe('lead');
});

test('a last lead who left the team does not stop the turns', () => {
  expect(nextLead(roster(), 'gone', at('2026-03-03T12:00:00Z'))?.handle).toBe('lead');
});

test('leave is read in UTC days', () => {
  const [lead] = with3({ lead: [{ from: '2026-03-03', to: '2026-03-03' }] }).members;
  expect(lead && onLeave(lead, at('2026-03-03T00:00:00Z'))).toBe(true);
  expect(lead && onLeave(lead, at('2026-03-02T23:59:59Z'))).toBe(false);
  expect(lead && onLeave(lead, at('2026-03-04T00:00:00Z'))).toBe(false);
});
