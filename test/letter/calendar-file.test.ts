// The public date as a calendar file: what RFC 5545 and 5546 ask of it, read back by rules written apart from the code that writes it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarFile, type Dated, dated } from '#letter/calendar-file.ts';
import { incident, now, scheduled } from '#test/situation.ts';

const about = {
  id: 'SRC-4F7K2M',
  audience: 'team',
  team: 'Example Security Response Committee',
  address: 'security@example.org',
  domain: 'example.org',
  now,
};
const date: Dated = { at: '2026-03-16T16:00:00.000Z', change: 1 };

/** Content lines by name (RFC 5545 §3.1): unfolded, parameters apart. Throws for bytes that are no content lines. */
function read(content: Buffer): Map<string, { value: string; params: string }[]> {
  const found = new Map<string, { value: string; params: string }[]>();
  const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  if (!text.endsWith('\r\n') || /(?<!\r)\n|\r(?!\n)/.test(text)) throw new Error('lines end with CRLF');
  for (const physical of text.slice(0, -2).split('\r\n'))
    if (Buffer.byteLength(physical) > 75) throw new Error(`a line of more than 75 octets: ${physical}`);
  for (const line of text
    .slice(0, -2)
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')) {
    const match = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"\p{Cc}]*"|[^";:,\p{Cc}]*))*):([^\p{Cc}]*)$/u.exec(line);
    const [, name = '', params = '', value = ''] = match ?? [];
    if (!match) throw new Error(`no content line: ${line}`);
    found.set(name, [...(found.get(name) ?? []), { value, params }]);
  }
  return found;
}
const only = (content: Buffer, name: string) => {
  const values = read(content).get(name) ?? [];
  if (values.length !== 1) throw new Error(`${name} stands there ${values.length} times`);
  return values[0]?.value;
};

test('holds what a published event must hold, once, and no attendee (RFC 5546 §3.2.1)', () => {
  const { content, contentType, filename, method } = calendarFile(date, about);
  expect([contentType, filename, method]).toEqual(['text/calendar', 'SRC-4F7K2M.ics', 'PUBLISH']);
  expect(only(content, 'VERSION')).toBe('2.0');
  expect(only(content, 'METHOD')).toBe('PUBLISH');
  expect(only(content, 'UID')).toBe('src-4f7k2m.team.public-date@example.org');
  expect(only(content, 'SEQUENCE')).toBe('0');
  expect(only(content, 'DTSTAMP')).toBe('20260303T120000Z');
  expect(only(content, 'DTSTART')).toBe('20260316T160000Z');
  expect(only(content, 'STATUS')).toBe('CONFIRMED');
  expect(only(content, 'ORGANIZER')).toBe('mailto:security@example.org');
  expect(read(content).has('ATTENDEE')).toBe(false);
  expect(content.toString()).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*BEGIN:VEVENT\r\n[\s\S]*END:VEVENT\r\nEND:VCALENDAR\r\n$/);
});

test('says nothing of the incident but its id', () => {
  expect(only(calendarFile(date, about).content, 'SUMMARY')).toBe('SRC-4F7K2M: public date');
  expect(read(calendarFile(date, about).content).has('DESCRIPTION')).toBe(false);
});

test('is the same event after each change, with a number that rises, and is cancelled with its last date (S1-50)', () => {
  const files = [date, { ...date, change: 2 }, { ...date, change: 3, cancelled: true as const }].map((one) => calendarFile(one, about));
  expect(new Set(files.map(({ content }) => only(content, 'UID'))).size).toBe(1);
  expect(files.map(({ content }) => only(content, 'SEQUENCE'))).toEqual(['0', '1', '2']);
  expect(files.map(({ content }) => only(content, 'STATUS'))).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
  expect(only(calendarFile(date, { ...about, audience: 'distributors' }).content, 'UID')).not.toBe(
    only(files[0]?.content ?? Buffer.of(), 'UID'),
  );
});

test('whatever a team is called, the lines are folded within characters and nothing of it is read as another line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (team) => {
      const { content } = calendarFile(date, { ...about, team: `Sicherheit ${team}\r\nATTENDEE:x` });
      expect(only(content, 'UID')).toBe('src-4f7k2m.team.public-date@example.org');
      expect(read(content).has('ATTENDEE')).toBe(false);
    }),
  );
});

test('an incident without a date has no file, one whose date was taken back has a cancelled one, and a new date begins again', () => {
  const cancelled = { type: 'cancelled', by: 'lead', what: 'schedule' } as const;
  expect(dated(incident())).toEqual({});
  expect(dated(incident(scheduled()))).toEqual({ calendar: date });
  expect(dated(incident(scheduled(), cancelled))).toEqual({ calendar: { ...date, change: 2, cancelled: true } });
  expect(dated(incident(scheduled(), cancelled, scheduled()))).toEqual({ calendar: { ...date, change: 3 } });
});
