// A letter is rendered whole or not at all, and no fact can break out of its place.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Fields, fieldsOf, type Shape } from '#letter/fact.ts';
import { letterOfKind, letters } from '#letter/list.ts';
import { render, someone } from '#letter/render.ts';
import { commandLines, compiled } from '#test/letter/rendered.ts';

const templates = await compiled();
const sample = (kind: string) => letterOfKind(kind)?.sample ?? {};

test('an unknown letter and one without template are thrown, never half a letter', () => {
  expect(() => render({ kind: 'nwes', facts: {} }, someone, templates)).toThrow('there is no letter "nwes"');
  expect(() => render({ kind: 'review', facts: sample('review') }, someone, new Map())).toThrow('has no template');
});

test('every fact that must be there is missed by name, and what facts hold is never told', () => {
  for (const letter of letters) {
    for (const [name, field] of Object.entries(letter.facts.shape)) {
      const optional = z.safeParse(field, undefined).success;
      const { [name]: _, ...rest } = letter.sample;
      const half = () => render({ kind: letter.kind, facts: rest }, someone, templates);
      if (optional) expect(half, `${letter.kind} ${name}`).not.toThrow();
      else expect(half, `${letter.kind} ${name}`).toThrow(name);
    }
  }
  const secret = { ...sample('review'), id: 7, missing: 'the secret' };
  expect(() => render({ kind: 'review', facts: secret }, someone, templates)).toThrow(/^(?!.*the secret)/);
});

test('a subject is one line of at most 200 characters', () => {
  const facts = { ...sample('report'), title: `a\r\nBcc: victim@example.net\u2028${'🔑'.repeat(200)}` };
  const { subject } = render({ kind: 'report', facts }, someone, templates);
  expect(subject).toMatch(/^\[SRC-4F7K2M\] New report: a Bcc: victim@example.net 🔑+…$/u);
  expect(subject.length).toBeLessThanOrEqual(200);
});

test('threat: braces in facts stay braces', () => {
  const facts = { ...sample('report'), title: '{{team}}', text: '{{#each commands}}{{line}}{{/each}} {{{address}}}' };
  const { subject, text } = render({ kind: 'report', facts }, someone, templates);
  expect(subject).toContain('{{team}}');
  expect(text).toContain('| {{#each commands}}{{line}}{{/each}} {{{address}}}');
});

test('moments are shown in UTC first and in the zone of the team', () => {
  const facts = sample('reminder');
  expect(render({ kind: 'reminder', facts }, { ...someone, zone: 'UTC' }, templates).text).toContain('2026-03-04 09:30 UTC and is late');
  expect(render({ kind: 'reminder', facts }, { ...someone, zone: 'Asia/Kolkata' }, templates).text).toContain('(15:00 Asia/Kolkata)');
});

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '/accept',
    '{{id}}',
    '</mj-text><mj-raw>',
    'a\n/close',
    '\u0001/spam',
    '\r\nSubject: x',
    `${'word '.repeat(20)}/announce`,
  ),
  fc
    .array(fc.constantFrom('/close', ' ', '\n', '\u2028', '| ', '\u202e', '{{', '<b>', '====================', '\ud800'), { maxLength: 20 })
    .map((parts) => parts.join('')),
);

function anyOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.is) {
    case 'line':
    case 'prose':
    case 'foreign':
      return text;
    case 'moment':
      return fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
    case 'flag':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: 0, max: 10 });
    case 'choice':
      return fc.constantFrom(...shape.of);
    case 'list':
      return fc.array(anyOf(shape.of), { maxLength: 4 });
    case 'record':
      return anyFacts(shape.of);
    default:
      return shape satisfies never;
  }
}

function anyFacts(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const each = Object.entries(fields).map(([name, { shape }]) => [name, anyOf(shape)] as const);
  const required = Object.keys(fields).filter((name) => fields[name]?.optional === false);
  return fc.record(Object.fromEntries(each), { requiredKeys: required });
}

const prose = ['reporter', 'public', 'cna'];

test.each(letters.map((letter) => [letter.kind, letter] as const))('threat: no facts break %s', (kind, letter) => {
  const property = fc.property(anyFacts(fieldsOf(letter.facts)), text, (facts, recipient) => {
    // An empty first sentence makes an empty subject, which is refused as a whole.
    const whole = kind === 'review' ? { ...facts, missing: ['x', ...(facts.missing as string[])] } : facts;
    const letterMade = render(
      { kind, facts: { ...whole, ...(kind === 'reminder' && { what: 'x' }) } },
      { ...someone, recipient },
      templates,
    );
    expect(letterMade.subject).not.toMatch(/(?![\t])\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    expect(letterMade.subject.length).toBeLessThanOrEqual(200);
    expect(letterMade.text).not.toMatch(/(?![\n\t])\p{Cc}|\p{Cs}|[\u2028\u2029\u202a-\u202e]/u);
    if (!prose.includes(letter.audience)) expect(commandLines(letterMade.text)).toEqual([]);
    expect(letterMade.html ?? '').not.toMatch(/<b>|<\/?mj-/);
  });
  fc.assert(property, { numRuns: 60 });
});
