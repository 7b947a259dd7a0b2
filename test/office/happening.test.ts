// What a mail itself makes happen: who reported, who is on call, and when a refusal is worth an event.
import { expect, test } from 'vitest';
import type { Carried } from '#command/carry-out.ts';
import { reportedEvent, senderEvents } from '#office/happening.ts';
import type { Office } from '#office/office.ts';
import type { Mail } from '#office/read.ts';
import { incident, member, now, policy, roster, stranger } from '#test/situation.ts';

const mail = (changes: object = {}) =>
  ({
    message: { messageId: 'r1@example.net' },
    opened: { from: { address: 'reporter@example.net', name: 'Reporter' }, subject: 'a finding', attachments: [] },
    reporter: { kind: 'direct' },
    ...changes,
  }) as unknown as Mail;
const office = { roster: roster(), policy: policy() } as Office;
const report = (at: string, changes: object = {}) => reportedEvent(mail(changes), stranger, 'row', 'cert', office, new Date(at));

test('the member on call at the moment of the report commands (S1-34)', () => {
  expect(report('2026-03-08T23:59:00Z')).toMatchObject({ commander: 'lead' });
  expect(report('2026-03-09T00:01:00Z')).toMatchObject({ commander: 'second' });
});

test('the end of the turn that made somebody commander is kept (S1-33)', () => {
  expect(report('2026-03-08T23:59:59Z')).toMatchObject({ commander: 'lead', turnEnds: '2026-03-09T00:00:00.000Z' });
  expect(report('2026-03-09T00:00:00Z')).toMatchObject({ commander: 'second', turnEnds: '2026-03-16T00:00:00.000Z' });
});

test('a process without a commander gives a report to nobody, whoever is on call (S3-06)', () => {
  const none = { roster: roster(), policy: policy({ parts: { commander: 'none' } }) } as Office;
  const event = reportedEvent(mail(), stranger, 'row', undefined, none, new Date('2026-03-03T12:00:00Z'));
  expect(event).not.toHaveProperty('commander');
  expect(event).not.toHaveProperty('turnEnds');
});

test('the author of a direct report is its reporter, with their certificate and thread', () => {
  expect(report('2026-03-03T12:00:00Z')).toEqual({
    type: 'reported',
    reporter: { address: 'reporter@example.net', name: 'Reporter' },
    certificate: 'cert',
    title: 'a finding',
    message: 'row',
    messageId: 'r1@example.net',
    proof: 'none',
    commander: 'lead',
    turnEnds: '2026-03-09T00:00:00.000Z',
  });
});

test("a forwarder is not the reporter, and their certificate and thread are not the report's (S4-04)", () => {
  const forwarded = report('2026-03-03T12:00:00Z', {
    reporter: { kind: 'forwarded', reporter: { address: 'finder@example.com', name: '' } },
  });
  expect(forwarded).toMatchObject({ reporter: { address: 'finder@example.com' }, via: 'a forward by Stranger' });
  expect(forwarded).not.toHaveProperty('certificate');
  expect(forwarded).not.toHaveProperty('messageId');
});

test('nobody is the reporter of an ambiguous forward or a no-reply address', () => {
  expect(report('2026-03-03T12:00:00Z', { reporter: { kind: 'ambiguous', why: 'x' } })).not.toHaveProperty('reporter');
  const silent = { message: {}, opened: { subject: 'a finding', from: { address: 'noreply@example.net', name: '' } } };
  expect(report('2026-03-03T12:00:00Z', silent)).not.toHaveProperty('reporter');
});

test('threat: who signed a report is its reporter, under the address on file, whatever From was written around the signature', () => {
  const changed = mail({ opened: { from: { address: 'thief@example.com', name: 'Lead' }, subject: 'a finding' } });
  const { proof, ...by } = member();
  expect(reportedEvent(changed, { ...by, proof }, 'row', undefined, office, now)).toMatchObject({
    reporter: { address: by.address, name: by.name },
  });
  expect(reportedEvent(changed, { ...by, proof: 'none' }, 'row', undefined, office, now)).toMatchObject({
    reporter: { address: 'thief@example.com' },
  });
});

const carried = (outcome?: 'done' | 'refused', remarks = ''): Carried => ({
  incident: undefined,
  events: [],
  register: [],
  remarks,
  transcript: outcome ? [{ line: '/accept', outcome, text: 'why' }] : [],
});
const types = (...[by, what, wanted = 'signed']: [ReturnType<typeof member>, Carried, ('signed' | 'domain')?]) =>
  senderEvents(mail(), by, incident(), what, 'row', wanted).map(({ type }) => type);

test('a refused command with less proof than the team wants is an event, so that the team hears of it (S1-01)', () => {
  expect(types(member('lead', { proof: 'none' }), carried('refused'))).toEqual(['mail-joined', 'command-refused']);
  expect(types(member('lead', { proof: 'domain' }), carried('refused'))).toEqual(['mail-joined', 'command-refused']);
  expect(types(member('lead', { proof: 'domain' }), carried('refused'), 'domain')).toEqual([]);
});

test('a mistake of a proved member is between them and the transcript', () => {
  expect(types(member(), carried('refused'))).toEqual([]);
});

test('a member who only asks leaves no trace, one who says something does', () => {
  expect(types(member(), carried('done'))).toEqual([]);
  expect(types(member(), carried('done', 'by the way'))).toEqual(['mail-joined']);
});

test('whatever somebody outside writes joins the incident', () => {
  expect(types(stranger, carried())).toEqual(['mail-joined']);
  expect(types(stranger, carried('refused'))).toEqual(['mail-joined']);
});

test('the reporter is told apart from somebody else outside', () => {
  const { reporter } = incident();
  const from = { ...stranger, address: reporter?.address ?? '' };
  expect(senderEvents(mail(), from, incident(), carried(), 'row', 'signed')).toMatchObject([{ type: 'mail-joined', by: 'reporter' }]);
  expect(senderEvents(mail(), stranger, incident(), carried(), 'row', 'signed')).toMatchObject([{ type: 'mail-joined', by: 'outsider' }]);
});

test('the reporter is told from anybody else outside by the address on file', () => {
  const by = (sender: typeof stranger) => senderEvents(mail(), sender, incident(), carried(), 'row', 'signed')[0];
  expect(by({ ...stranger, address: 'reporter@example.net' })).toMatchObject({ by: 'reporter' });
  expect(by(stranger)).toMatchObject({ by: 'outsider' });
});
