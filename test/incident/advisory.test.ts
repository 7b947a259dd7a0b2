// The fields of an advisory, and what is missing of those that must be there.
import { expect, test } from 'vitest';
import { isAdvisoryField, missingFields } from '#incident/advisory.ts';
import { cve, field, incident } from '#test/situation.ts';

test('knows its fields, and not what every object has', () => {
  expect(isAdvisoryField('mitigation')).toBe(true);
  expect(isAdvisoryField('severity')).toBe(false);
  for (const name of ['constructor', '__proto__', 'toString']) expect(isAdvisoryField(name)).toBe(false);
});

test('names what is missing, blanks among it (S1-95, S1-96)', () => {
  const known = incident(field('title', 'A flaw'), field('impact', '  '));
  expect(missingFields(known, ['title', 'impact', 'mitigation'])).toEqual(['impact', 'mitigation']);
});

test('severity and CVE come from the incident itself', () => {
  expect(missingFields(incident(), ['severity', 'cve'])).toEqual(['severity', 'cve']);
  expect(missingFields(incident(cve, { type: 'severity-set', by: 'lead', level: 'low', because: 'x' }), ['severity', 'cve'])).toEqual([]);
  expect(missingFields(incident({ type: 'cve-requested', by: 'lead' }), ['cve'])).toEqual(['cve']);
});
