// Which letters follow from the register: everybody who must hear of a change hears of it once, and nobody of what is no change.
import { describe, expect, test } from 'vitest';
import { exposedKey, type KeyOccasion, keyFollowUp, keyMissing, unusableKey } from '#letter/key-follow-up.ts';
import type { Letter } from '#letter/letter.ts';
import { letterOfKind } from '#letter/list.ts';
import type { RegisterEvent } from '#team/register-event.ts';
import { policy, roster } from '#test/situation.ts';

const [A, B] = ['A'.repeat(40), 'B'.repeat(40)];
const occasion: KeyOccasion = {
  policy: policy(),
  roster: roster(),
  fingerprint: 'F'.repeat(40),
  before: [{ who: 'acme', fingerprint: A }],
  files: { certificates: [{ who: 'acme', fingerprint: A }], teamKey: 'F'.repeat(40) },
};
const toldOf = (letters: readonly Letter[]) => letters.map(({ kind, to }) => `${kind} to ${to.who}`).sort();
const told = (events: readonly RegisterEvent[], bent: Partial<KeyOccasion> = {}) => toldOf(keyFollowUp(events, { ...occasion, ...bent }));
const team = (kind: string, ...except: string[]) =>
  ['lead', 'second', 'third'].filter((who) => !except.includes(who)).map((who) => `${kind} to ${who}`);

const offered = (who: string, from: 'attached' | 'wkd' = 'attached', code?: string): RegisterEvent => ({
  type: 'certificate-offered',
  ...{ who, fingerprint: B, armored: 'ARMOR', from },
  ...(code !== undefined && { challenge: { code, expires: '2026-03-09T09:00:00.000Z' } }),
});
const accepted = (who: string): RegisterEvent => ({
  type: 'certificate-accepted',
  ...{ who, fingerprint: B, by: who, way: 'old-key', replaces: [A] },
});
const ending = (who: string, fingerprint: string): RegisterEvent => ({
  type: 'end-warned',
  ...{ who, fingerprint, ends: '2026-03-09T09:00:00.000Z', step: 14 },
});
const files = (teamKey: string, ...who: string[]): RegisterEvent => ({
  type: 'files-read',
  certificates: who.map((one) => ({ who: one, fingerprint: A })),
  teamKey,
});

test.each<[string, RegisterEvent[], string[]]>([
  ['an offer: owner and team', [offered('acme')], ['key-received to acme', ...team('key-offered')]],
  [
    'an offer that is challenged: the owner by two mails',
    [offered('acme', 'attached', 'CODE')],
    ['key-challenge to acme', 'key-received to acme', ...team('key-offered')],
  ],
  ["a member's offer: the other members", [offered('lead')], ['key-received to lead', ...team('key-offered', 'lead')]],
  ['a key found in a directory: the team alone', [offered('acme', 'wkd')], team('key-offered')],
  [
    'what the old key signed: of the change and not of the offer',
    [offered('acme'), accepted('acme')],
    ['key-changed to acme', ...team('key-changed')],
  ],
  ["a member's change: each once", [accepted('lead')], [...team('key-changed')]],
  [
    'a withdrawal',
    [{ type: 'certificate-withdrawn', who: 'acme', fingerprint: A, by: 'lead', because: 'lost' }],
    ['key-changed to acme', ...team('key-changed')],
  ],
  ['newer words: nobody', [{ type: 'certificate-refreshed', who: 'acme', fingerprint: A, armored: 'ARMOR', from: 'autocrypt' }], []],
  ['a no: nobody', [{ type: 'certificate-declined', who: 'acme', fingerprint: B, by: 'lead' }], []],
  [
    'ends: each owner theirs, the team all in one',
    [ending('acme', A), ending('gamma', B)],
    ['key-ending to acme', 'key-ending to gamma', ...team('key-ending')],
  ],
  ['files as before: nobody', [files('F'.repeat(40), 'acme')], []],
  ['somebody who is not on the roster: nobody', [offered('constructor'), accepted('nobody')], []],
])('%s', (_, events, wanted) => {
  expect(told(events)).toEqual([...wanted].sort());
});

describe('what they say', () => {
  test('a challenge is sealed to the new key alone, and its code stands nowhere else', () => {
    const letters = keyFollowUp([offered('acme', 'attached', 'SECRETCODE')], occasion);
    const [challenge, ...more] = letters.filter(({ facts }) => JSON.stringify(facts).includes('SECRETCODE'));
    expect(challenge).toMatchObject({ kind: 'key-challenge', seal: 'must', certificate: 'ARMOR' });
    expect(more).toEqual([]);
  });

  test('whoever cannot be written to encrypted hears of their end from their own letter alone', () => {
    const unusable = new Map([[A, 'the key has expired']]);
    expect(told([ending('lead', A)], { unusable })).toEqual(['key-ending to lead', 'key-ending to second', 'key-ending to third']);
    expect(
      keyFollowUp([ending('lead', A)], { ...occasion, unusable }).filter(({ to, facts }) => to.who === 'lead' && !facts.yours),
    ).toEqual([]);
  });

  test('the first look at the files is no news; a file that comes or goes is named, the rest is counted', () => {
    const { files: _, ...first } = occasion;
    expect(keyFollowUp([files('F'.repeat(40), 'acme')], first)).toEqual([]);
    const [alarm] = keyFollowUp([files('F'.repeat(40), 'gamma')], occasion);
    expect(alarm?.facts.what).toBe(`The operator changed the files with OpenPGP certificates: gamma has ${A}; acme no longer has ${A}.`);
    const many = Array.from({ length: 20 }, (_, index) => `d${index}`);
    expect(keyFollowUp([files('F'.repeat(40), 'acme', ...many)], occasion)[0]?.facts.what).toContain('; and 10 more.');
  });

  test('an answer of the team is asked a key for without contents, and alarms nobody; what waits alarms the others', () => {
    const to = { who: 'third', address: 'third@example.org', name: 'Third' };
    const answer = keyMissing({ kind: 'transcript', to }, 'expired', false, occasion);
    expect(answer.map(({ kind, seal, facts }) => [kind, seal, facts.audienceWords])).toEqual([
      ['key-wanted', 'may', 'the answer to your mail'],
    ]);
    expect(toldOf(keyMissing({ kind: 'desk', to }, 'expired', true, occasion)).filter((one) => one.startsWith('alarm'))).toEqual(
      expect.arrayContaining(['alarm to lead', 'alarm to second']),
    );
    expect(toldOf(keyMissing({ kind: 'desk', to }, 'expired', true, occasion))).not.toContain('alarm to third');
  });

  test('every letter has exactly the facts its kind asks for, and none has contents', () => {
    const letters = [
      ...keyFollowUp([offered('acme', 'attached', 'CODE'), ending('acme', A), ending('team', B)], occasion),
      ...keyFollowUp([accepted('gamma'), files('E'.repeat(40), 'gamma')], occasion),
      ...unusableKey('acme', A, 'the key has expired', occasion),
      ...exposedKey('acme', A, occasion),
    ];
    expect(new Set(letters.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(7);
    for (const { kind, facts } of letters) {
      const definition = letterOfKind(kind);
      expect(definition?.contents).toBe(false);
      const checked = definition?.facts.safeParse(facts);
      expect(checked?.success ? '' : `${kind}: ${JSON.stringify(checked?.error?.issues)}`).toBe('');
    }
  });
});
