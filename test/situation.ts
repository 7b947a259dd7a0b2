// A plain Tuesday: one report, a team of three, the shipped policy. Most tests of the core bend this one fixture.
import { type Carried, carryOut } from '#command/carry-out.ts';
import type { Situation } from '#command/command.ts';
import type { DraftKind, Event, Recorded } from '#incident/event.ts';
import { type IncidentId, readId } from '#incident/id.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import type { Standing } from '#team/certificate-watch.ts';
import type { Policy } from '#team/policy.ts';
import { emptyRegister, type Register } from '#team/register.ts';
import { Roster } from '#team/roster.ts';
import type { Sender } from '#team/sender.ts';
import { policySaid } from '#test/config/policies.ts';

/** Tuesday noon, UTC. */
export const now = new Date('2026-03-03T12:00:00Z');
/** When the report came: a day before. */
export const reportedAt = new Date('2026-03-02T12:00:00Z');
export const id = idOf('SRC-4F7K2M');

/** The id a text names. Throws for one that names none. */
export function idOf(text: string): IncidentId {
  const found = readId(text, 'SRC');
  if (!found) throw new Error(`${text} is no id`);
  return found;
}

/** The shipped policy of Kubernetes with top-level keys changed. */
export function policy(changes: Readonly<Record<string, unknown>> = {}): Policy {
  return made(policies, changes, policySaid);
}

const policies = new Map<string, Policy>();
const rosters = new Map<string, Roster>();

// Most tests ask for the same few a thousand times, and to check one takes longer than the test.
function made<Made>(before: Map<string, Made>, changes: object, make: (changes: Readonly<Record<string, unknown>>) => Made): Made {
  const key = JSON.stringify(changes, (_, value: unknown) => (value === undefined ? 'undefined' : value));
  const found = before.get(key) ?? make({ ...changes });
  before.set(key, found);
  return found;
}

/** Three members, two distributors, a list and a place to paste, a CNA; with top-level keys changed. */
export function roster(changes: Readonly<Record<string, unknown>> = {}): Roster {
  return made(rosters, changes, rosterSaid);
}

function rosterSaid(changes: Readonly<Record<string, unknown>>): Roster {
  return Roster.parse({
    members: ['lead', 'second', 'third'].map((handle) => ({ handle, name: `${handle} example`, addresses: [`${handle}@example.org`] })),
    oncall: { from: '2026-03-02', order: ['lead', 'second', 'third'] },
    distributors: [
      { id: 'acme', name: 'Acme Linux', addresses: ['security@acme.example.net'] },
      { id: 'gamma', name: 'Gamma Cloud', addresses: ['security@gamma.example.net'] },
    ],
    channels: [
      { kind: 'mail', name: 'announce', address: 'announce@lists.example.org' },
      { kind: 'paste', name: 'chat', where: '#announcements' },
    ],
    retrospective: ['announce'],
    cna: { name: 'Example CNA', address: 'cna@example.org' },
    ...changes,
  });
}

/** A member who signed. */
export function member(who = 'lead', changes: Partial<Sender> = {}): Sender {
  return { who, name: `${who} example`, address: `${who}@example.org`, roles: ['member'], proof: 'signed', ...changes };
}

/** Somebody nobody knows. */
export const stranger: Sender = { who: 'outsider', name: 'Stranger', address: 'stranger@example.com', roles: [], proof: 'none' };

export const reported: Event = {
  type: 'reported',
  reporter: { address: 'reporter@example.net', name: 'Reporter' },
  title: 'path traversal',
  message: 'mail-1',
  messageId: 'report-1@example.net',
  proof: 'none',
  commander: 'lead',
};

/** A report whose sender nobody can answer. */
export const anonymous: Event = { type: 'reported', title: 'path traversal', message: 'mail-1', proof: 'none', commander: 'lead' };

/** A journal: the report a day ago, then these events an hour later, a minute apart. */
export function journal(...events: readonly Event[]): Recorded[] {
  const first = events[0]?.type === 'reported' ? events : [reported, ...events];
  return first.map((event, index) => ({
    number: index + 1,
    at: index === 0 ? reportedAt : new Date(reportedAt.getTime() + 3_600_000 + index * 60_000),
    event,
  }));
}

/** The incident after these events. */
export function incident(...events: readonly Event[]): Incident {
  const found = incidentOf(id, journal(...events));
  if (!found) throw new Error('a journal begins with a report');
  return found;
}

export const accepted: Event = { type: 'accepted', by: 'lead' };
export const closed: Event = { type: 'closed', by: 'lead' };
export const cve: Event = { type: 'cve-assigned', by: 'lead', cve: 'CVE-1900-0001' };
export const noticed: Event = { type: 'notice-released', by: 'second', mark: 'aaaaaaaa', distributors: ['acme', 'gamma'], unreachable: [] };
export const announcementSet: Event = { type: 'announcement-set', by: 'second', mark: 'aaaaaaaa', at: '2026-03-16T16:00:00.000Z' };
export const announced: Event = { type: 'announced', mark: 'aaaaaaaa', channels: ['announce'] };
export const reviewed: Event = { type: 'retrospective-released', by: 'lead', mark: 'aaaaaaaa' };

/** A fix is ready and its commits are reviewed. */
export const fixed: readonly Event[] = [
  { type: 'fix-ready', by: 'lead', what: 'fix' },
  { type: 'step-done', by: 'lead', step: 'reviewed' },
];

export function stepDone(step: string, branch?: string): Event {
  return { type: 'step-done', by: 'lead', step, ...(branch !== undefined && { branch }) };
}

export function scheduled(publicAt = '2026-03-16T16:00:00.000Z'): Event {
  return { type: 'scheduled', by: 'lead', publicAt };
}

export function field(name: string, text: string): Event {
  return { type: 'field-set', by: 'lead', field: name, text };
}

export function drafted(kind: DraftKind, mark = 'aaaaaaaa', own = false): Event {
  return { type: 'drafted', by: 'lead', kind, mark, own, subject: `the ${kind}`, text: `the text of the ${kind}\n` };
}

/** A draft and its approval. */
export function ready(kind: DraftKind, mark = 'aaaaaaaa'): Event[] {
  return [drafted(kind, mark), { type: 'approved', by: 'second', kind, mark }];
}

/** What can be bent about a situation. */
export interface Bent {
  readonly by?: Sender;
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly roster?: Readonly<Record<string, unknown>>;
  readonly now?: Date;
  readonly others?: readonly Incident[];
  readonly letters?: Situation['letters'];
  readonly filed?: Situation['filed'];
  readonly register?: Register;
  readonly standing?: readonly Standing[];
  readonly owners?: Situation['owners'];
  readonly attached?: Situation['attached'];
}

/** The situation after these events. Drafts are rendered by a stub: `aaaaaaaa`, or `ffffffff` for a text of the team's own. */
export function situation(events: readonly Event[], bent: Bent = {}): Situation {
  const recorded = journal(...events);
  return {
    incident: incidentOf(id, recorded),
    recorded,
    by: bent.by ?? member(),
    register: bent.register ?? emptyRegister,
    standing: bent.standing ?? [],
    policy: policy(bent.policy),
    roster: roster(bent.roster),
    now: bent.now ?? now,
    others: bent.others ?? [],
    letters: bent.letters ?? [],
    filed: bent.filed ?? [],
    ...(bent.attached && { attached: bent.attached }),
    draw: drawn(),
    write: (kind, _, own) => ({ mark: own ? 'ffffffff' : 'aaaaaaaa', subject: `the ${kind}`, text: own ?? `the text of the ${kind}\n` }),
    owners: bent.owners ?? (() => ({ why: 'nobody looked' })),
    reach: ({ id: who }) => (who === 'gamma' ? { why: 'no certificate on the roster' } : { sealed: 'encrypted to AAAA1111BBBB2222' }),
  };
}

/** Codes as they are drawn in tests, a new one each time: `K7Q2ZD` first. */
function drawn(): () => string {
  const codes = ['K7Q2ZD', 'M4X8TN', 'P9W3RB', 'Q0V1HS'];
  return () => codes.shift() ?? 'no code is left';
}

/** Carries out a mail whose own words are this text. */
export function obey(text: string, at: Situation): Carried {
  return carryOut({ lines: text.split('\n').map((line) => ({ text: line, code: false })), ignored: [] }, at);
}
