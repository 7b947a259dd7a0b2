// The case: its state, and how each event of the journal changes it. The state is only ever the journal, folded.
import { type Pending, pendingOf } from '#incident/confirmation.ts';
import type { DraftKind, DraftText, Outsider, Recorded, Who } from '#incident/event.ts';
import type { IncidentId } from '#incident/id.ts';
import type { Level } from '#incident/severity.ts';

/** A draft as it stands: who may have approved it, and whether people wrote its text themselves. */
export interface Draft extends DraftText {
  readonly mark: string;
  readonly by: Who;
  readonly own: boolean;
  readonly approvedBy: readonly Who[];
  /** The public date it was written for: its text may name it. */
  readonly publicAt?: Date;
}

export interface Incident {
  readonly id: IncidentId;
  readonly openedAt: Date;
  readonly lastWordAt: Date;
  readonly title: string;
  readonly reporter?: Outsider;
  readonly certificate?: string;
  /** Another certificate that the reporter brought, until they prove that it is theirs. */
  readonly offeredKey?: { readonly fingerprint: string; readonly certificate: string; readonly code: string; readonly expires: Date };
  /** Something in it came encrypted to us: what the team is told of it never leaves in clear. */
  readonly confidential?: true;
  /** The reporter wrote encrypted: so do we. */
  readonly reporterEncrypts?: true;
  readonly via?: string;
  /** Message-ID of the report. */
  readonly messageId?: string;
  readonly commander?: Who;
  /** True once the commander has said so; the on-call is commander by default and may not know it yet. */
  readonly taken: boolean;
  readonly handoff?: { readonly from: Who; readonly to: Who; readonly at: Date };
  readonly lead?: Who;
  readonly verdict?: { readonly is: 'accepted' | 'declined' | 'spam'; readonly at: Date; readonly by: Who };
  readonly severity?: { readonly level: Level; readonly vector?: string; readonly score?: number; readonly because?: string };
  readonly cve: { readonly state: 'none' | 'requested' | 'assigned' | 'rejected'; readonly id?: string; readonly at?: Date };
  readonly advisory: Readonly<Record<string, string>>;
  readonly publicAt?: Date;
  readonly scheduledAt?: Date;
  readonly drafts: Readonly<Partial<Record<DraftKind, Draft>>>;
  readonly pending?: Pending;
  /** `unreached`: those of the distributors whose copy could not be delivered. */
  readonly notice?: {
    readonly mark: string;
    readonly at: Date;
    readonly distributors: readonly string[];
    readonly unreached: readonly string[];
  };
  readonly announcement?: { readonly mark: string; readonly at: Date };
  readonly announcedAt?: Date;
  readonly critiques: readonly { readonly by: Who; readonly text: string }[];
  readonly reviewedAt?: Date;
  readonly closedAt?: Date;
  readonly reminded: Readonly<Record<string, { readonly level: number; readonly at: Date }>>;
  /** When each person without a usable key was last asked for one, and by which letter that could not leave: once a day is enough. */
  readonly keyWanted: ReadonlyMap<Who, { readonly at: Date; readonly letter: string }>;
}

/** The state of an incident from its whole journal, oldest event first; undefined for a journal without a report. */
export function incidentOf(id: IncidentId, recorded: readonly Recorded[]): Incident | undefined {
  const first = recorded[0];
  if (first?.event.type !== 'reported') return undefined;
  const blank: Incident = {
    id,
    openedAt: first.at,
    lastWordAt: first.at,
    title: first.event.title,
    taken: false,
    cve: { state: 'none' },
    advisory: {},
    drafts: {},
    critiques: [],
    reminded: {},
    keyWanted: new Map(),
  };
  return recorded.reduce(evolve, blank);
}

/** The state after one more event. */
export function evolve(incident: Incident, { at, event }: Recorded): Incident {
  switch (event.type) {
    case 'reported':
      return {
        ...incident,
        ...(event.reporter && { reporter: event.reporter }),
        ...(event.certificate && { certificate: event.certificate }),
        ...(event.via && { via: event.via }),
        ...(event.messageId && { messageId: event.messageId }),
        ...(event.commander && { commander: event.commander }),
        ...(event.encrypted && { confidential: true }),
        // Whoever only passed a report on says nothing of how its reporter writes.
        ...(event.encrypted && event.reporter && !event.via && { reporterEncrypts: true }),
      };
    case 'reporter-named':
      return { ...without(incident, 'certificate', 'offeredKey', 'reporterEncrypts'), reporter: event.reporter };
    case 'mail-joined':
      return {
        ...incident,
        ...(event.encrypted && { confidential: true }),
        ...(event.encrypted && event.by === 'reporter' && { reporterEncrypts: true }),
        lastWordAt: at,
      };
    case 'noted':
    case 'replied':
      return { ...incident, lastWordAt: at };
    case 'taken':
      return { ...without(incident, 'handoff'), commander: event.by, taken: true, lastWordAt: at };
    case 'handoff-offered':
      return { ...incident, handoff: { from: event.by, to: event.to, at }, lastWordAt: at };
    case 'handoff-accepted':
      return { ...without(incident, 'handoff'), commander: event.by, taken: true, lastWordAt: at };
    case 'handoff-declined':
      return { ...without(incident, 'handoff'), lastWordAt: at };
    case 'lead-chosen':
      return { ...incident, lead: event.lead, lastWordAt: at };
    case 'accepted':
      return { ...incident, verdict: { is: 'accepted', at, by: event.by }, lastWordAt: at };
    case 'declined':
      return { ...incident, verdict: { is: 'declined', at, by: event.by }, lastWordAt: at };
    case 'spam-marked':
      return { ...incident, verdict: { is: 'spam', at, by: event.by }, closedAt: at, lastWordAt: at };
    case 'severity-set':
      return {
        ...incident,
        severity: {
          level: event.level,
          ...(event.vector !== undefined && { vector: event.vector }),
          ...(event.score !== undefined && { score: event.score }),
          ...(event.because !== undefined && { because: event.because }),
        },
        lastWordAt: at,
      };
    case 'cve-requested':
      return { ...incident, cve: { state: 'requested', at }, lastWordAt: at };
    case 'cve-assigned':
      return { ...incident, cve: { state: 'assigned', id: event.cve, at }, lastWordAt: at };
    case 'cve-rejected':
      return { ...incident, cve: { state: 'rejected', at }, lastWordAt: at };
    case 'field-set':
      return { ...incident, advisory: { ...incident.advisory, [event.field]: event.text }, lastWordAt: at };
    case 'scheduled':
      return { ...incident, publicAt: new Date(event.publicAt), scheduledAt: at, lastWordAt: at };
    case 'drafted':
      return { ...incident, drafts: { ...incident.drafts, [event.kind]: draftOf(event, incident.publicAt) }, lastWordAt: at };
    case 'approved':
      return { ...incident, drafts: approve(incident.drafts, event.kind, event.mark, event.by), lastWordAt: at };
    case 'confirmation-asked':
      return { ...incident, pending: pendingOf(event) };
    case 'confirmation-missed':
      return event.left === 0 ? without(incident, 'pending') : missed(incident, event.by);
    case 'confirmed':
      return { ...without(incident, 'pending'), lastWordAt: at };
    case 'cancelled':
      return { ...without(incident, cancels[event.what]), lastWordAt: at };
    case 'notice-released':
      return { ...incident, notice: released(incident.notice, event.mark, event.distributors, at), lastWordAt: at };
    case 'announcement-set':
      return { ...incident, announcement: { mark: event.mark, at: new Date(event.at) }, lastWordAt: at };
    case 'announced':
      return { ...incident, announcedAt: at, lastWordAt: at };
    case 'critique-given':
      return { ...incident, critiques: [...incident.critiques, { by: event.by, text: event.text }], lastWordAt: at };
    case 'retrospective-released':
      return { ...incident, reviewedAt: at, lastWordAt: at };
    case 'closed':
      return { ...incident, closedAt: at, lastWordAt: at };
    case 'reopened':
      return { ...without(incident, 'closedAt', ...(incident.verdict?.is === 'accepted' ? [] : (['verdict'] as const))), lastWordAt: at };
    case 'reminded':
      return { ...incident, reminded: { ...incident.reminded, [event.deadline]: { level: event.level, at } } };
    case 'letter-failed':
      return letterFailed(incident, event, at);
    case 'reporter-key-offered': {
      const { fingerprint, certificate, code, expires } = event;
      return { ...incident, offeredKey: { fingerprint, certificate, code, expires: new Date(expires) } };
    }
    case 'reporter-key-proved':
      return { ...without(incident, 'offeredKey'), certificate: event.certificate };
    case 'letters-released':
      return reached(incident, event.to);
    case 'command-refused':
      return incident;
    default:
      return event satisfies never;
  }
}

type Failed = Extract<Recorded['event'], { type: 'letter-failed' }>;

function missed(incident: Incident, by: Who): Incident {
  const { pending } = incident;
  return pending ? { ...incident, pending: { ...pending, missed: [...pending.missed, by] } } : incident;
}

function letterFailed(incident: Incident, { how, to, kind, letter }: Failed, at: Date): Incident {
  const asks = how === 'unsealable' && asksAgain(incident.keyWanted.get(to)?.at, at);
  const { notice } = incident;
  const missed = kind === 'notice' && notice && !notice.unreached.includes(to);
  return {
    ...incident,
    ...(asks && { keyWanted: new Map([...incident.keyWanted, [to, { at, letter }]]) }),
    ...(missed && { notice: { ...notice, unreached: [...notice.unreached, to] } }),
  };
}

// The same notice may be released again to those it did not reach; the first moment counts for the window.
function released(before: Incident['notice'], mark: string, distributors: readonly string[], at: Date): NonNullable<Incident['notice']> {
  if (before?.mark !== mark) return { mark, at, distributors, unreached: [] };
  return {
    ...before,
    distributors: [...new Set([...before.distributors, ...distributors])],
    unreached: before.unreached.filter((id) => !distributors.includes(id)),
  };
}

function reached(incident: Incident, who: Who): Incident {
  const { notice } = incident;
  if (!notice?.unreached.includes(who)) return incident;
  return { ...incident, notice: { ...notice, unreached: notice.unreached.filter((id) => id !== who) } };
}

const oneDay = 86_400_000;

function asksAgain(last: Date | undefined, at: Date): boolean {
  return !last || at.getTime() - last.getTime() >= oneDay;
}

const cancels = { confirmation: 'pending', announcement: 'announcement', schedule: 'publicAt' } as const;

function draftOf(event: DraftText & { mark: string; by: Who; own: boolean }, publicAt: Date | undefined): Draft {
  const { subject, text, html, mark, by, own } = event;
  return { subject, text, ...(html !== undefined && { html }), mark, by, own, approvedBy: [], ...(publicAt && { publicAt }) };
}

function approve(drafts: Incident['drafts'], kind: DraftKind, mark: string, by: Who): Incident['drafts'] {
  const draft = drafts[kind];
  if (draft?.mark !== mark || draft.approvedBy.includes(by)) return drafts;
  return { ...drafts, [kind]: { ...draft, approvedBy: [...draft.approvedBy, by] } };
}

function without<Key extends keyof Incident>(incident: Incident, ...keys: Key[]): Omit<Incident, Key> {
  const rest = { ...incident };
  for (const key of keys) delete rest[key];
  return rest;
}
