// Earlier incidents that a report resembles.
import { expect, test } from 'vitest';
import type { Event } from '#incident/event.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import { similarTo } from '#incident/similar.ts';
import { cost } from '#test/cost.ts';
import { accepted, field, idOf, journal, reported } from '#test/situation.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function earlier(number: number, title: string, ...events: readonly Event[]): Incident {
  const id = `SRC-${[4, 3, 2, 1, 0].map((place) => alphabet[Math.floor(number / 32 ** place) % 32]).join('')}0`;
  const found = incidentOf(idOf(id), journal({ ...reported, title } as Event, ...events));
  if (!found) throw new Error('a journal begins with a report');
  return found;
}

test('shows an incident with three words of its title, and says which', () => {
  const others = [earlier(1, 'Archive importer follows links', accepted), earlier(2, 'Login page shows the version')];
  expect(similarTo({ title: 'The archive importer follows symbolic links', text: '' }, others)).toEqual([
    {
      id: 'SRC-000010',
      title: 'Archive importer follows links',
      stage: 'accepted',
      confidential: false,
      why: 'words of both titles: archive, importer, follows, links',
    },
  ]);
});

test('compares the advisory title, ids and components too, in the text as well', () => {
  const others = [
    earlier(1, 'something', { type: 'cve-assigned', by: 'lead', cve: 'CVE-1900-0001' }),
    earlier(2, 'else', field('title', 'Kubelet CWE-22')),
    earlier(3, 'nothing'),
  ];
  const found = similarTo({ title: 'report', text: 'As in CVE-1900-0001. It is CWE-22 in kubelet.' }, others, ['kubelet']);
  expect(found.map(({ id, why }) => [id, why])).toEqual([
    ['SRC-000010', 'both name CVE-1900-0001'],
    ['SRC-000020', 'both name CWE-22; both in kubelet'],
  ]);
});

test('two words are not enough, nor words that every report has', () => {
  const others = [earlier(1, 'security vulnerability report: importer archive')];
  expect(similarTo({ title: 'security vulnerability report about the importer', text: 'archive' }, others)).toEqual([]);
});

test('words that a quarter of many incidents have say nothing', () => {
  const same = Array.from({ length: 12 }, (_, index) => earlier(index, 'archive importer links'));
  expect(similarTo({ title: 'archive importer links', text: '' }, same)).toEqual([]);
});

test('shows three at most, the most alike first, then the newest', () => {
  const others = [
    earlier(1, 'archive importer links'),
    earlier(2, 'archive importer links folder'),
    earlier(3, 'archive importer links'),
    earlier(4, 'archive importer links'),
  ];
  expect(similarTo({ title: 'archive importer links folder', text: '' }, others).map(({ id }) => id)).toEqual([
    'SRC-000020',
    'SRC-000010',
    'SRC-000030',
  ]);
});

test('says whether an incident came encrypted, so that its title stays where it is', () => {
  const [found] = similarTo({ title: 'archive importer links', text: '' }, [
    earlier(1, 'archive importer links', { type: 'mail-joined', by: 'reporter', message: 'm', proof: 'none', encrypted: true }),
  ]);
  expect(found?.confidential).toBe(true);
});

test('compares with two thousand incidents in less than a second', async () => {
  const others = Array.from({ length: 2000 }, (_, index) =>
    earlier(index, `flaw ${index} in part ${index % 97} of the ${index % 13} tool`),
  );
  const report = { title: 'flaw in part 12 of the tool', text: 'x '.repeat(50_000) };
  expect(await cost(() => similarTo(report, others, ['apiserver', 'kubelet']))).toBeLessThan(1000);
});
