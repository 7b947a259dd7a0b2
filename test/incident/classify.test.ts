// The severity catalogue: cells, circumstances that change a rating, and words.
import { expect, test } from 'vitest';
import { explain, rate, vocabulary } from '#incident/classify.ts';
import { Catalogue } from '#team/catalogue.ts';
import { shippedPolicy } from '#test/config/policies.ts';

const small = Catalogue.parse({
  scopes: { server: { what: 'It runs.', components: ['kubelet'] }, client: { what: 'A user starts it.', components: ['kubectl'] } },
  effects: { denial: 'It stops.', elevation: 'More than was allowed.' },
  actors: { anonymous: 'Nobody knows who.', authenticated: 'Logged in.' },
  circumstances: {
    persistent: 'Until somebody mends it.',
    adjacent: 'Near.',
    local: 'There.',
    easy: 'A switch.',
    rare: 'Odd.',
    ui: 'A click.',
  },
  cells: [
    { scope: 'server', effect: 'denial', actor: 'anonymous', level: 'high', text: 'easy to stop' },
    { scope: 'server', effect: 'denial', actor: 'authenticated', scenario: 'persistent', level: 'high', text: 'for good' },
    { scope: 'server', effect: 'elevation', level: 'critical', text: 'whoever' },
    { scope: 'server', effect: 'elevation', actor: 'authenticated', level: 'high', text: 'logged in' },
    { scope: 'client', effect: 'denial', level: 'low', text: 'start it again' },
  ],
  moves: [{ when: 'ui', from: 'server', to: 'client', text: 'a client then' }],
  changes: [
    { when: 'ui', scope: 'server', from: 'critical', to: 'high', may: true, text: 'only by a click' },
    { when: 'adjacent', from: 'critical', to: 'high', text: 'near' },
    { when: 'local', from: 'high', to: 'medium', text: 'there' },
    { when: 'easy', and: 'rare', from: 'high', to: 'low', text: 'both' },
  ],
});
const level = (place: string, effect: string, ...words: string[]) => {
  const rating = rate({ place, effect, words }, small);
  return 'unknown' in rating ? rating.unknown : rating.is.level;
};

test('a component has the rules of its scope (S2-71, S2-91)', () => {
  expect(level('kubelet', 'elevation')).toBe('critical');
  expect(level('kubectl', 'denial')).toBe('low');
});

test('the cell that says most about the flaw counts: its actor, its scenario (S2-82, S2-83)', () => {
  expect(level('server', 'elevation', 'authenticated')).toBe('high');
  expect(level('server', 'denial', 'authenticated', 'persistent')).toBe('high');
  expect(level('server', 'denial', 'authenticated')).toBe(
    'The catalogue has no rating for server denial authenticated. It has: server denial anonymous; server denial authenticated persistent.',
  );
});

test('a circumstance changes the level once, and never adds up (S2-78, S2-87)', () => {
  expect(level('server', 'elevation', 'adjacent')).toBe('high');
  expect(level('server', 'elevation', 'adjacent', 'local')).toBe('high');
  expect(level('server', 'denial', 'anonymous', 'local')).toBe('medium');
});

test('two circumstances that belong together count together only (S2-89)', () => {
  expect(level('server', 'denial', 'anonymous', 'easy')).toBe('high');
  expect(level('server', 'denial', 'anonymous', 'easy', 'rare')).toBe('low');
});

test('user interaction goes by the client where it has a rating; else the server keeps its level and a lower one is offered (S2-72, S2-73, S2-92)', () => {
  expect(level('server', 'denial', 'anonymous', 'ui')).toBe('low');
  const rating = rate({ place: 'server', effect: 'elevation', words: ['ui'] }, small);
  expect(rating).toMatchObject({
    is: { scope: 'server', level: 'critical' },
    reasons: ['a client then', 'whoever'],
    offers: ['It may be rated high instead of critical: only by a click To do so: /severity high because <reason>'],
  });
});

test('another catalogue gives other answers (S2-70)', () => {
  const { catalogue } = shippedPolicy('kubernetes-pst');
  if (!catalogue) throw new Error('this policy has a catalogue');
  expect(rate({ place: 'kubelet', effect: 'elevation', words: ['remote-anonymous'] }, catalogue)).toMatchObject({
    is: { level: 'critical' },
  });
  expect(rate({ place: 'kubelet', effect: 'elevation', words: ['remote-anonymous', 'adjacent'] }, catalogue)).toMatchObject({
    is: { level: 'high' },
  });
  expect(rate({ place: 'kubelet', effect: 'denial', words: [] }, small)).toHaveProperty('unknown');
});

test('says what its words mean (S2-104)', () => {
  expect(explain('anonymous', small)).toBe('anonymous: Nobody knows who.');
  expect(explain('client', small)).toBe('client: A user starts it.');
  expect(explain('kubectl', small)).toBe('kubectl is a component of the scope client: A user starts it.');
  expect(explain('toString', small)).toBeUndefined();
  expect(vocabulary(small)).toContain('persistent');
});

test('threat: names that every object has are no words of the catalogue', () => {
  expect(level('constructor', 'denial')).toMatch(/is no component or scope/);
  expect(level('server', 'toString')).toMatch(/is no effect/);
  expect(level('server', 'denial', 'valueOf')).toMatch(/is no actor and no circumstance/);
});
