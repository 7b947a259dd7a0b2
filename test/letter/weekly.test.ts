// The weekly digest, in text and as a picture.
import { expect, test } from 'vitest';
import type { Facts } from '#letter/letter.ts';
import { weekly as definition } from '#letter/weekly.ts';
import { weekLetters } from '#letter/weekly-gathered.ts';
import { commandLines, renderer } from '#test/letter/rendered.ts';
import { accepted, incident, noticed, now, policy, roster, scheduled } from '#test/situation.ts';

const weekly = await renderer('weekly');
const [sample] = definition.sample.incidents;
const gathered = (...open: ReturnType<typeof incident>[]) => weekLetters(open, { policy: policy(), roster: roster() }, now);

test('shows each incident with stage, people, countdown, dates and its line, readable as text alone', () => {
  const { subject, text } = weekly();
  expect(subject).toBe('The week: 2 open incidents, 1 with something late');
  for (const words of [
    'SRC-4F7K2M: notified, high (CVSS 7.5), LATE by 1 day 4 hours',
    'Public in 7 days 8 hours.',
    '  12======3=======4==5----6......................................7\n',
    '  6  2026-03-16 16:00 UTC (17:00 Europe/Berlin)  public date\n',
    'On call: second; in a week: third',
  ])
    expect(text).toContain(words);
  expect(commandLines(text)).toEqual([]);
});

test('no line of the text is longer than a mail program shows', () => {
  for (const line of weekly().text.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
});

test('the picture says in words and numbers whatever it says in colours', () => {
  const { html = '' } = weekly();
  const cells = [...html.matchAll(/<td class="mark-(?:past|now|ahead)"[^>]*>(\d)<\/td>/g)].map(([, number]) => number);
  expect(cells).toEqual(['1', '2', '3', '4', '5', '6', '7', '1', '2', '3']);
  for (const { what } of sample?.marks ?? []) expect(html).toContain(`>${what}</td>`);
  expect(html).toContain('LATE by 1 day 4 hours');
});

test('every pair of colours in the picture has a contrast of 4.5 at least, light and dark (WCAG 1.4.3)', () => {
  const pairs = [
    ['#1c2430', '#ffffff'],
    ['#57616e', '#ffffff'],
    ['#57616e', '#eef1f4'],
    ['#a3152b', '#ffffff'],
    ['#ffffff', '#3c4653'],
    ['#e4e8ed', '#1b2128'],
    ['#a3adb9', '#1b2128'],
    ['#ff9aa8', '#1b2128'],
    ['#12161b', '#c5ccd5'],
    ['#12161b', '#ff9aa8'],
  ] as const;
  const { html = '' } = weekly();
  for (const [one, other] of pairs) {
    expect(html).toContain(one);
    expect(contrast(one, other), `${one} on ${other}`).toBeGreaterThanOrEqual(4.5);
  }
});

/** Contrast of two colours as WCAG 2.2 counts it. */
function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

test('HTML loads nothing from elsewhere, runs nothing, and has a dark dress', () => {
  const { html = '' } = weekly();
  expect(html).not.toMatch(/<(?:img|link|script|iframe|object)\b|@import|url\(|\bsrc=/i);
  expect(html).toContain('prefers-color-scheme: dark');
});

test('threat: no title becomes markup, and none is a line that would be a command', () => {
  const title = '</td></table><script>alert(1)</script>" onload="x\n/accept';
  const { html = '', text } = weekly({ incidents: [{ ...sample, title }] } as Facts);
  expect(html).not.toMatch(/<script|onload="/);
  expect(commandLines(text)).toEqual([]);
});

test('widths of the cells fit into the picture', () => {
  const found = gathered(incident(accepted, scheduled(), noticed))[0]?.facts.incidents as (typeof definition.sample)['incidents'];
  const cells = found[0]?.cells ?? [];
  expect(cells.filter(({ shows }) => shows.startsWith('mark-')).map(({ label }) => label)).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(cells.reduce((sum, { width }) => sum + width, 0)).toBeLessThanOrEqual(102);
  expect(cells.every(({ width }) => width > 0)).toBe(true);
});

test('what is late stands first, with every member the same letter; where nothing is open there is none', () => {
  const fine = incident(accepted, { type: 'lead-chosen', by: 'lead', lead: 'lead', how: 'named' });
  const late = { ...incident(), openedAt: new Date('2026-02-20T12:00:00Z') };
  const letters = gathered(fine, late);
  expect(letters.map(({ to }) => to.who)).toEqual(['lead', 'second', 'third']);
  const shown = letters[0]?.facts.incidents as (typeof definition.sample)['incidents'];
  expect(shown.map(({ late: by }) => by !== '')).toEqual([true, false]);
  expect(letters[0]?.facts.inShort).toBe('2 open incidents, 1 with something late');
  expect(gathered()).toEqual([]);
  expect(letters[0]?.seal).toBe('must');
});

test('what came encrypted makes the digest sealed, whatever the policy says of the team', () => {
  const secret = { ...incident(), confidential: true as const };
  const rules = policy({ audiences: { team: { seal: 'may' } } });
  const seals = (open: typeof secret | ReturnType<typeof incident>) =>
    weekLetters([open], { policy: rules, roster: roster() }, now)[0]?.seal;
  expect([seals(incident()), seals(secret)]).toEqual(['may', 'must']);
});

test('who is on call this week and next stands in it', () => {
  expect(gathered(incident())[0]?.facts).toMatchObject({ onCall: 'lead', onCallNext: 'second' });
});
