// The register of certificates: what counts for whom, after any order of events.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  challenged,
  counting,
  emptyRegister,
  objectionTo,
  offerOf,
  type Register,
  registered,
  registerOf,
  wasDeclined,
} from '#team/register.ts';
import type { Named, RegisterEvent } from '#team/register-event.ts';

const now = new Date('2026-03-02T09:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const [A = '', B = '', C = '', D = '', E = ''] = ['A', 'B', 'C', 'D', 'E'].map((letter) => letter.repeat(40));

const offered = (who: string, fingerprint: string, code?: string): RegisterEvent => ({
  type: 'certificate-offered',
  ...{ who, fingerprint, armored: `armor of ${fingerprint}`, from: 'attached' },
  ...(code !== undefined && { challenge: { code, expires: at(60).toISOString() } }),
});
const accepted = (who: string, fingerprint: string, ...replaces: string[]): RegisterEvent => ({
  type: 'certificate-accepted',
  ...{ who, fingerprint, by: 'lead', way: 'second-person', replaces },
});
const declined = (who: string, fingerprint: string): RegisterEvent => ({ type: 'certificate-declined', who, fingerprint, by: 'lead' });
const withdrawn = (who: string, fingerprint: string): RegisterEvent => ({
  type: 'certificate-withdrawn',
  ...{ who, fingerprint, by: 'lead', because: 'lost' },
});
const files = (...certificates: Named[]): RegisterEvent => ({ type: 'files-read', certificates, teamKey: 'F'.repeat(40) });
const of = (who: string, fingerprint: string): Named => ({ who, fingerprint });

const folded = (...events: RegisterEvent[]): Register => registerOf(events.map((event, index) => ({ at: at(index), event })));
const counts = (register: Register, filed: readonly Named[] = register.files?.certificates ?? []) =>
  counting(register, filed).map(({ who, fingerprint }) => `${who} ${fingerprint[0]}`);

describe('what counts', () => {
  test.each<[string, RegisterEvent[], string[]]>([
    ['nothing, where nothing is on file', [], []],
    ['what is on file', [files(of('acme', A), of('beta', B))], ['acme A', 'beta B']],
    ['nothing that was only offered', [offered('acme', A)], []],
    [
      'what was offered and accepted, in the place of the file',
      [files(of('acme', A)), offered('acme', B), accepted('acme', B, A)],
      ['acme B'],
    ],
    ['nothing that was accepted without an offer', [accepted('acme', B)], []],
    ['nothing that was offered by another', [offered('beta', B), accepted('acme', B)], []],
    ['the one accepted last', [offered('acme', A), accepted('acme', A), offered('acme', B), accepted('acme', B)], ['acme B']],
    ['not what was withdrawn', [files(of('acme', A)), withdrawn('acme', A)], []],
    [
      'not what was withdrawn and is offered again',
      [files(of('acme', A)), withdrawn('acme', A), offered('acme', A), accepted('acme', A)],
      [],
    ],
    [
      'not a file that was replaced, however often it is read',
      [files(of('acme', A)), offered('acme', B), accepted('acme', B, A), files(of('acme', A))],
      ['acme B'],
    ],
    [
      'a file that was away and is put there again',
      [files(of('acme', A)), withdrawn('acme', A), files(), files(of('acme', A))],
      ['acme A'],
    ],
    ['one key for one holder: the first', [files(of('acme', A)), offered('beta', A), accepted('beta', A)], ['acme A']],
    ['not what was declined', [offered('acme', A), declined('acme', A), accepted('acme', A)], []],
    ['what somebody called constructor brings', [offered('constructor', A), accepted('constructor', A)], ['constructor A']],
  ])('%s', (_, events, wanted) => {
    expect(counts(folded(...events))).toEqual(wanted);
  });

  test('an acceptance ends the other offers of its holder and of nobody else', () => {
    const register = folded(offered('acme', A), offered('acme', B), offered('beta', C), accepted('acme', B));
    expect(register.offers.map(({ who }) => who)).toEqual(['beta']);
  });

  test('who accepts while another acceptance is on its way replaces that one too', () => {
    const register = folded(files(of('acme', A)), offered('acme', B), accepted('acme', B, A), offered('acme', C), accepted('acme', C, A));
    expect(counts(register)).toEqual(['acme C']);
    expect(register.out.get(B)).toMatchObject({ who: 'acme', how: 'replaced' });
  });
});

describe('an offer', () => {
  test('the fourth of one person takes the place of the oldest, and of nobody else’s', () => {
    const register = folded(offered('beta', E), ...[A, B, C, D].map((fingerprint) => offered('acme', fingerprint)));
    expect(register.offers.map(({ fingerprint }) => fingerprint[0])).toEqual(['E', 'B', 'C', 'D']);
  });

  test('made again stands last, with its new code alone', () => {
    const register = folded(offered('acme', A, 'first'), offered('acme', B), offered('acme', A, 'second'));
    expect(register.offers.map(({ fingerprint }) => fingerprint[0])).toEqual(['B', 'A']);
    expect(challenged(register, 'first', now)).toBeUndefined();
    expect(challenged(register, 'second', now)?.fingerprint).toBe(A);
  });

  test('is challenged until its moment and not at it', () => {
    const register = folded(offered('acme', A, 'code'));
    expect(challenged(register, 'code', at(59.9))?.who).toBe('acme');
    expect(challenged(register, 'code', at(60))).toBeUndefined();
    expect(challenged(folded(offered('acme', A)), '', now)).toBeUndefined();
  });

  test('that was declined is known as such, of this person alone', () => {
    const register = folded(offered('acme', A), declined('acme', A));
    expect([of('acme', A), of('acme', B), of('beta', A)].map((named) => wasDeclined(register, named))).toEqual([true, false, false]);
    expect(offerOf(register, of('acme', A))).toBeUndefined();
  });

  test.each<[string, RegisterEvent[], string | undefined]>([
    ['nobody made', [], 'nobody offered it'],
    ['was withdrawn', [files(of('acme', A)), withdrawn('acme', A), offered('acme', A)], 'it was withdrawn before'],
    ['was replaced', [files(of('acme', A)), offered('acme', B), accepted('acme', B, A), offered('acme', A)], 'it was replaced before'],
    ['is on file of another', [files(of('beta', A)), offered('acme', A)], 'it is that of beta'],
    ['can count', [offered('acme', A)], undefined],
  ])('that %s: %s', (_, events, wanted) => {
    expect(objectionTo(folded(...events), of('acme', A))).toBe(wanted);
  });
});

const person = fc.constantFrom('acme', 'beta', 'constructor');
const print = fc.constantFrom(A, B, C, D);
const named = fc.record({ who: person, fingerprint: print });
const anyEvent: fc.Arbitrary<RegisterEvent> = fc.oneof(
  named.map(({ who, fingerprint }) => offered(who, fingerprint)),
  fc.tuple(named, fc.array(print, { maxLength: 2 })).map(([{ who, fingerprint }, replaces]) => accepted(who, fingerprint, ...replaces)),
  named.map(({ who, fingerprint }) => declined(who, fingerprint)),
  named.map(({ who, fingerprint }) => withdrawn(who, fingerprint)),
  fc.uniqueArray(named, { maxLength: 3, selector: ({ fingerprint }) => fingerprint }).map((certificates) => files(...certificates)),
);

describe('whatever happens in whatever order', () => {
  test('a certificate counts for one holder at most, and only after it was on file or offered to count for them', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let register = emptyRegister;
        const known = new Set<string>();
        events.forEach((event, index) => {
          register = registered(register, event, at(index));
          if (event.type === 'files-read') for (const { who, fingerprint } of event.certificates) known.add(`${who} ${fingerprint[0]}`);
          if (event.type === 'certificate-offered') known.add(`${event.who} ${event.fingerprint[0]}`);
          const all = counts(register);
          expect(new Set(all.map((one) => one.at(-1))).size).toBe(all.length);
          expect(all.filter((one) => !known.has(one))).toEqual([]);
        });
      }),
    );
  });

  test('what was withdrawn or replaced counts no more until the operator files it anew', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
        let register = emptyRegister;
        const out = new Set<string>();
        events.forEach((event, index) => {
          const before = register;
          register = registered(register, event, at(index));
          if (event.type === 'files-read') {
            const filed = before.files?.certificates;
            const anew = event.certificates.filter(
              (one) => filed && !filed.some((two) => two.who === one.who && two.fingerprint === one.fingerprint),
            );
            for (const { fingerprint } of anew) out.delete(fingerprint);
          }
          if (event.type === 'certificate-withdrawn') out.add(event.fingerprint);
          for (const fingerprint of out)
            expect(counting(register, register.files?.certificates ?? []).map((one) => one.fingerprint)).not.toContain(fingerprint);
          for (const [fingerprint, { how }] of register.out) if (how === 'replaced') out.add(fingerprint);
        });
      }),
    );
  });

  test('nobody has more than three open offers and one accepted certificate', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        const { offers, accepted: all } = folded(...events);
        for (const who of ['acme', 'beta', 'constructor']) {
          expect(offers.filter((one) => one.who === who).length).toBeLessThanOrEqual(3);
          expect(all.filter((one) => one.who === who).length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
