// CVE ids: what a request needs, what an answer says, what is left behind.
import { expect, test } from 'vitest';
import { cveAdvice, cveIdsIn, requestAdvice, usedBy } from '#incident/cve.ts';
import { accepted, announced, cve, field, idOf, incident, now, policy, scheduled } from '#test/situation.ts';

test('finds well-formed ids, each once and in capitals (S2-63)', () => {
  expect(cveIdsIn('We assign cve-1900-0001. CVE-1900-0001 is yours.')).toEqual(['CVE-1900-0001']);
  expect(cveIdsIn('CVE-1900-0001 or CVE-1900-00022?')).toEqual(['CVE-1900-0001', 'CVE-1900-00022']);
  expect(cveIdsIn('CVE-1900-1, CVE-19-0001, XCVE-1900-0001')).toEqual([]);
});

test('a request lacks what the policy names, the vector among it (S3-25, S4-33)', () => {
  const rules = policy({ cve: { fields: ['impact', 'cvss'] } });
  expect(requestAdvice(incident(field('impact', 'Much')), rules, now)).toEqual(['Still missing: cvss. /severity <vector>.']);
});

test('a request on the day of release waits for a day that is set, and no longer than that (S4-32)', () => {
  const rules = policy({ cve: { when: 'release', fields: [] } });
  expect(requestAdvice(incident(), rules, now)).toEqual(['This team asks for an id on the day of release, and no day is set yet.']);
  expect(requestAdvice(incident(scheduled('2026-03-03T16:00:00.000Z')), rules, now)).toEqual([]);
  expect(requestAdvice(incident(announced), rules, now)).toEqual([]);
});

test('one id names one vulnerability', () => {
  const other = { ...incident(cve), id: idOf('SRC-0THER7') };
  expect(usedBy('CVE-1900-0001', incident(), [incident(cve), other])?.id).toBe('SRC-0THER7');
  expect(usedBy('CVE-1900-0002', incident(), [other])).toBeUndefined();
});

test('closing asks about an id that is left behind, an answer that is awaited, a request that is missing (S4-34)', () => {
  const every = policy({ cve: { every: true } });
  expect(cveAdvice(incident(cve), policy())[0]).toContain('CVE-1900-0001 would not be used');
  expect(cveAdvice(incident({ type: 'cve-requested', by: 'lead' }), policy())[0]).toContain('still requested');
  expect(cveAdvice(incident(accepted, announced), every)).toEqual(['No CVE id was requested: /cve request.']);
  expect(cveAdvice(incident(accepted, announced), policy())).toEqual([]);
  expect(cveAdvice(incident(accepted, cve, announced), every)).toEqual([]);
});
