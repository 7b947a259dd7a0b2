// The state is the journal, folded: what each event changes, and what it leaves alone.
import { expect, test } from 'vitest';
import { codeFor } from '#incident/confirmation.ts';
import type { Event } from '#incident/event.ts';
import { evolve, incidentOf } from '#incident/incident.ts';
import {
  accepted,
  announced,
  announcementSet,
  closed,
  cve,
  drafted,
  field,
  id,
  incident,
  journal,
  now,
  ready,
  reported,
  reportedAt,
  scheduled,
} from '#test/situation.ts';

test('a journal begins with a report', () => {
  expect(incidentOf(id, [])).toBeUndefined();
  expect(incidentOf(id, [{ number: 1, at: now, event: accepted }])).toBeUndefined();
  expect(incidentOf(id, journal())).toMatchObject({ id, openedAt: reportedAt, commander: 'lead', taken: false, cve: { state: 'none' } });
});

test('the commander is whoever took it or accepted the hand-off (S1-32, S1-35)', () => {
  expect(incident({ type: 'taken', by: 'second' })).toMatchObject({ commander: 'second', taken: true });
  const offered = incident({ type: 'taken', by: 'lead' }, { type: 'handoff-offered', by: 'lead', to: 'third' });
  expect(offered).toMatchObject({ commander: 'lead', handoff: { from: 'lead', to: 'third' } });
  const taken = incident({ type: 'handoff-offered', by: 'lead', to: 'third' }, { type: 'handoff-accepted', by: 'third' });
  expect(taken).toMatchObject({ commander: 'third', taken: true });
  expect(taken).not.toHaveProperty('handoff');
  expect(incident({ type: 'handoff-offered', by: 'lead', to: 'third' }, { type: 'handoff-declined', by: 'third' })).toMatchObject({
    commander: 'lead',
  });
});

test('another reporter does not inherit the certificate of the first', () => {
  const named = incident({ ...reported, certificate: 'theirs' } as never, {
    type: 'reporter-named',
    by: 'lead',
    reporter: { address: 'b@example.net', name: '' },
  });
  expect(named.reporter?.address).toBe('b@example.net');
  expect(named).not.toHaveProperty('certificate');
});

test('a new draft is approved by nobody, and an approval of another mark counts for nothing', () => {
  expect(incident(...ready('notice')).drafts.notice?.approvedBy).toEqual(['second']);
  expect(incident(...ready('notice'), drafted('notice', 'bbbbbbbb')).drafts.notice?.approvedBy).toEqual([]);
  expect(
    incident(drafted('notice'), { type: 'approved', by: 'second', kind: 'notice', mark: 'bbbbbbbb' }).drafts.notice?.approvedBy,
  ).toEqual([]);
  const twice = { type: 'approved', by: 'second', kind: 'notice', mark: 'aaaaaaaa' } as const;
  expect(incident(drafted('notice'), twice, twice).drafts.notice?.approvedBy).toEqual(['second']);
});

test('a draft remembers the public date it was written for', () => {
  expect(incident(drafted('notice')).drafts.notice).not.toHaveProperty('publicAt');
  const known = incident(scheduled(), drafted('notice'), scheduled('2026-03-17T16:00:00.000Z'));
  expect(known.drafts.notice?.publicAt).toEqual(new Date('2026-03-16T16:00:00Z'));
});

test('a confirmation is spent when it is given or taken back', () => {
  const asked = {
    type: 'confirmation-asked',
    by: 'lead',
    action: { act: 'notify', mark: 'aaaaaaaa' },
    codes: [{ to: 'second', code: 'K7Q2ZD' }],
    expires: now.toISOString(),
  } as const;
  expect(incident(asked).pending).toMatchObject({ by: 'lead', codes: asked.codes, expires: now, missed: [] });
  expect(incident(asked, { type: 'confirmed', by: 'second', action: asked.action })).not.toHaveProperty('pending');
  expect(incident(asked, { type: 'cancelled', by: 'second', what: 'confirmation' })).not.toHaveProperty('pending');
});

test('wrong codes are counted by person, and the last one makes the confirmation void', () => {
  const asked = {
    type: 'confirmation-asked',
    by: 'lead',
    action: { act: 'notify', mark: 'aaaaaaaa' },
    codes: [],
    expires: now.toISOString(),
  } as const;
  const missed = (by: string, left: number) => ({ type: 'confirmation-missed', by, left }) as const;
  expect(incident(asked, missed('second', 4), missed('third', 4)).pending?.missed).toEqual(['second', 'third']);
  expect(incident(asked, missed('second', 4), asked).pending?.missed).toEqual([]);
  expect(incident(asked, missed('second', 0))).not.toHaveProperty('pending');
  expect(incident(missed('second', 4))).not.toHaveProperty('pending');
});

test('a journal from before codes were personal has one code for everybody', () => {
  const asked = {
    type: 'confirmation-asked',
    by: 'lead',
    action: { act: 'notify', mark: 'aaaaaaaa' },
    code: 'K7Q2ZD',
    expires: now.toISOString(),
  };
  const { pending } = incident(asked as Event);
  expect(pending).toMatchObject({ codes: [], shared: 'K7Q2ZD', missed: [] });
  expect(pending && ['second', 'third', 'constructor'].map((who) => codeFor(pending, who))).toEqual(['K7Q2ZD', 'K7Q2ZD', 'K7Q2ZD']);
});

test('threat: somebody called "constructor" is nobody before they are there (once a journal could not be read)', () => {
  const failed = (to: string) => ({ type: 'letter-failed', letter: 'l', kind: 'notice', to, how: 'unsealable' }) as const;
  const known = incident(scheduled(), failed('constructor'), failed('tostring'));
  expect([...known.keyWanted.keys()]).toEqual(['constructor', 'tostring']);
  expect(incident(scheduled()).keyWanted.get('constructor')).toBeUndefined();
  const later = evolve(known, { number: 9, at: new Date(now.getTime() + 86_400_000), event: failed('constructor') });
  expect(later.keyWanted.get('constructor')).toEqual({ at: new Date(now.getTime() + 86_400_000), letter: 'l' });
});

test('what is cancelled is gone, and nothing else', () => {
  const known = [scheduled(), announcementSet];
  expect(incident(...known, { type: 'cancelled', by: 'lead', what: 'announcement' })).toMatchObject({
    publicAt: new Date('2026-03-16T16:00:00Z'),
  });
  expect(incident(...known, { type: 'cancelled', by: 'lead', what: 'announcement' })).not.toHaveProperty('announcement');
  expect(incident(scheduled(), { type: 'cancelled', by: 'lead', what: 'schedule' })).not.toHaveProperty('publicAt');
});

test('a reopened incident keeps an acceptance and loses a declination', () => {
  const reopened = { type: 'reopened', by: 'lead' } as const;
  expect(incident(accepted, closed, reopened).verdict?.is).toBe('accepted');
  expect(incident(accepted, closed, reopened)).not.toHaveProperty('closedAt');
  expect(incident({ type: 'declined', by: 'lead', class: 'x' }, reopened)).not.toHaveProperty('verdict');
  expect(incident({ type: 'spam-marked', by: 'lead' }, reopened)).not.toHaveProperty('verdict');
});

test('fields and the CVE are the last that was written', () => {
  expect(incident(field('title', 'a'), field('title', 'b'), field('impact', 'c')).advisory).toEqual({ title: 'b', impact: 'c' });
  expect(incident({ type: 'cve-requested', by: 'lead' }, cve).cve).toMatchObject({ state: 'assigned', id: 'CVE-1900-0001' });
  expect(incident(cve, { type: 'cve-rejected', by: 'lead' }).cve).not.toHaveProperty('id');
});

test('what went wrong on the way changes no state, and the state before is not touched', () => {
  const before = incident(announced);
  const copy = structuredClone(before);
  const refused = { type: 'command-refused', claimed: 'lead', line: '/accept', why: 'x', proof: 'none' } as const;
  expect(evolve(before, { number: 9, at: now, event: refused })).toEqual(copy);
  evolve(before, { number: 9, at: now, event: closed });
  expect(before).toEqual(copy);
});

test('a word of anybody is the last word, a reminder of ours is none', () => {
  const known = incident({ type: 'noted', by: 'lead', text: 'x' });
  expect(evolve(known, { number: 9, at: now, event: { type: 'reminded', deadline: 'triage', level: 1, to: ['lead'] } }).lastWordAt).toEqual(
    known.lastWordAt,
  );
  expect(
    evolve(known, { number: 9, at: now, event: { type: 'mail-joined', by: 'outsider', message: 'm', proof: 'none' } }).lastWordAt,
  ).toEqual(now);
});
