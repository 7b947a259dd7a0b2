// What holds for every letter: its definition, its sample, the page about it.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fieldsOf } from '#letter/fact.ts';
import { always } from '#letter/filling.ts';
import { letters } from '#letter/list.ts';
import { lettersPage } from '#letter/page.ts';
import { specimen } from '#letter/specimen.ts';
import { compiled } from '#test/letter/rendered.ts';

const templates = await compiled();

test('every letter has its file, its template and its test, and no template is left over', () => {
  const wanted = letters.flatMap((letter) => [`${letter.kind}.txt`, ...(letter.html ? [`${letter.kind}.mjml`] : [])]).sort();
  expect(readdirSync('templates').sort()).toEqual(wanted);
  const [files, tests] = [readdirSync('src/letter'), readdirSync('test/letter')];
  for (const { kind } of letters) {
    expect(files).toContain(`${kind}.ts`);
    expect(tests).toContain(`${kind}.test.ts`);
  }
});

test('no kind is defined twice, and no fact hides what every template has', () => {
  expect(new Set(letters.map((letter) => letter.kind)).size).toBe(letters.length);
  for (const letter of letters) for (const name of always) expect(Object.keys(fieldsOf(letter.facts)), letter.kind).not.toContain(name);
});

test('letters without contents have no fact that could hold any', () => {
  const harmless = ['id', 'nextSteps', 'triageBy', 'link', 'fingerprint', 'acceptsEncryption', 'what', 'advice', 'audienceWords', 'why'];
  // Words about keys: fingerprints, names of holders, when and by whom.
  const ofKeys = [
    'key',
    'keys',
    'code',
    'expires',
    'who',
    'name',
    'from',
    'before',
    'challenged',
    'exposed',
    'compared',
    'commands',
    'yours',
    'ours',
    'counts',
    'way',
    'by',
    'because',
    'replaces',
    'website',
  ];
  const bare = letters.filter((letter) => !letter.contents);
  expect(bare.map((letter) => letter.kind)).toEqual([
    'acknowledgement',
    'alarm',
    'unread',
    'key-wanted',
    'ask-private',
    'invitation-ended',
    'key-received',
    'key-challenge',
    'key-offered',
    'key-changed',
    'key-ending',
    'team-key-changed',
  ]);
  for (const letter of bare)
    for (const name of Object.keys(fieldsOf(letter.facts))) expect([...harmless, ...ofKeys], letter.kind).toContain(name);
});

test('every sample gives a whole letter that raises its voice to nobody', () => {
  for (const { kind } of letters) {
    const letter = specimen(kind, templates);
    expect(letter?.text.length, kind).toBeGreaterThan(60);
    expect(`${letter?.subject}${letter?.text}`, kind).not.toMatch(/!|undefined|\[object|\{\{/);
  }
  expect(specimen('nwes', templates)).toBeUndefined();
});

test('docs/letters.md says what the definitions say (write it anew with vitest -u)', async () => {
  await expect(lettersPage(templates)).toMatchFileSnapshot(`${process.cwd()}/docs/letters.md`);
});
