// The case: its state, and how each event of the journal changes it. The state is only ever the journal, folded.
import { missedBy, type Pending, pendingOf } from '#incident/confirmation.ts';
import { answeredNow, type Course, evolveCourse, setAgainstUpstream } from '#incident/course.ts';
import { announcementTakenBack, type Disclosed, evolveDisclosure, nothingDisclosed } from '#incident/disclosure.ts';
import { approve, type Draft, draftOf } from '#incident/draft.ts';
import type { DraftKind, Outsider, Priority, Recorded, Who } from '#incident/event.ts';
import { type FacetEvent, isCourseEvent, isDisclosureEvent, isFixEvent, isPartEvent } from '#incident/facet.ts';
import { evolveFix, type Fix, noFix } from '#incident/fix.ts';
import type { IncidentId } from '#incident/id.ts';
import { letterFailed, reached, released } from '#incident/notice.ts';
import { evolvePart, type Parts } from '#incident/part.ts';
import type { Level } from '#incident/severity.ts';
import type { Span } from '#time.ts';

export interface Incident extends Course, Fix, Parts, Disclosed {
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
  readonly broughtBy?: Who;
  /** Message-ID of the report. */
  readonly messageId?: string;
  readonly commander?: Who;
  /** True once the commander has said so; whoever is on call is commander by default and may not know it yet. */
  readonly taken: boolean;
  readonly handoff?: { readonly from: Who; readonly to: Who; readonly at: Date };
  readonly lead?: Who;
  readonly leadAt?: Date;
  readonly verdict?: { readonly is: 'accepted' | 'declined' | 'spam'; readonly at: Date; readonly by: Who };
  readonly priority?: Priority;
  /** When the reporter last heard from us, the acknowledgement not counted. */
  readonly answeredAt?: Date;
  /** When they first heard from a person. */
  readonly firstAnsweredAt?: Date;
  /** When the reporter last wrote, the report not counted. */
  readonly reporterWroteAt?: Date;
  readonly severity?: {
    readonly level: Level;
    readonly vector?: string;
    readonly score?: number;
    readonly because?: string;
    readonly provisional?: true;
  };
  readonly cve: { readonly state: 'none' | 'requested' | 'assigned' | 'rejected'; readonly id?: string; readonly at?: Date };
  readonly advisory: Readonly<Record<string, string>>;
  readonly publicAt?: Date;
  readonly scheduledAt?: Date;
  /** How often the public date was set, moved or taken back, and the last one there was before that. */
  readonly dates: { readonly changes: number; readonly last?: Date };
  readonly drafts: Readonly<Partial<Record<DraftKind, Draft>>>;
  readonly pending?: Pending;
  /** `unreached`: those of the distributors whose copy could not be delivered. */
  readonly notice?: {
    readonly mark: string;
    readonly at: Date;
    readonly distributors: readonly string[];
    readonly unreached: readonly string[];
    /** Lists whose own limit lets them hear later, and how long before the public date. */
    readonly later: readonly { readonly who: Who; readonly longest: Span }[];
    /** What was said and attached of patches when it was released, as one text to compare (S1-90). */
    readonly patches: string;
  };
  /** `despite`: the open steps that do not hold it, for a reason. `since`: when it was confirmed, or freed from what froze it. */
  readonly announcement?: { readonly mark: string; readonly at: Date; readonly since: Date; readonly despite: readonly string[] };
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
    dates: { changes: 0 },
    drafts: {},
    decisions: {},
    parts: {},
    ...noFix,
    ...nothingDisclosed,
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
        ...(event.by && { broughtBy: event.by }),
        ...(event.messageId && { messageId: event.messageId }),
        ...(event.commander && { commander: event.commander }),
        ...(event.commander && event.turnEnds && { turn: { who: event.commander, ends: new Date(event.turnEnds) } }),
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
        ...(event.by === 'reporter' && { reporterWroteAt: at }),
        lastWordAt: at,
      };
    case 'noted':
      return { ...incident, lastWordAt: at };
    case 'replied':
      return { ...incident, ...answeredNow(incident, at), lastWordAt: at };
    case 'taken':
      return { ...without(incident, 'handoff'), commander: event.by, taken: true, lastWordAt: at };
    case 'handoff-offered':
      return { ...incident, handoff: { from: event.by, to: event.to, at }, lastWordAt: at };
    case 'handoff-accepted':
      return { ...without(incident, 'handoff'), commander: event.by, taken: true, lastWordAt: at };
    case 'handoff-declined':
      return { ...without(incident, 'handoff'), lastWordAt: at };
    case 'lead-chosen':
      return { ...incident, lead: event.lead, leadAt: at, lastWordAt: at };
    case 'accepted':
      return {
        ...without(incident, 'duplicateOf'),
        verdict: { is: 'accepted', at, by: event.by },
        ...(event.priority && { priority: event.priority }),
        ...(incident.reporter && answeredNow(incident, at)),
        lastWordAt: at,
      };
    case 'declined':
      return {
        ...incident,
        verdict: { is: 'declined', at, by: event.by },
        ...(incident.reporter && answeredNow(incident, at)),
        lastWordAt: at,
      };
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
          ...(event.provisional && { provisional: true }),
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
      return {
        ...incident,
        advisory: { ...incident.advisory, [event.field]: event.text },
        ...(event.field === 'patches' && { patchedAt: at }),
        lastWordAt: at,
      };
    case 'scheduled':
      return {
        ...setAgainstUpstream(incident, new Date(event.publicAt), event.because),
        publicAt: new Date(event.publicAt),
        scheduledAt: at,
        dates: changed(incident),
        lastWordAt: at,
      };
    case 'drafted':
      return { ...incident, drafts: { ...incident.drafts, [event.kind]: draftOf(event, incident.publicAt, at) }, lastWordAt: at };
    case 'approved':
      return { ...incident, drafts: approve(incident.drafts, event.kind, event.mark, event.by), lastWordAt: at };
    case 'confirmation-asked':
      return { ...incident, pending: pendingOf(event) };
    case 'confirmation-missed':
      return event.left === 0 ? without(incident, 'pending') : { ...incident, ...missedBy(event.by, incident) };
    case 'confirmed':
      return { ...without(incident, 'pending'), lastWordAt: at };
    case 'cancelled':
      return { ...cancelled(incident, event.what, at), lastWordAt: at };
    case 'notice-released':
      return { ...incident, notice: released(incident, event, at), lastWordAt: at };
    case 'announcement-set':
      return {
        ...incident,
        announcement: { mark: event.mark, at: new Date(event.at), since: at, despite: event.despite ?? [] },
        lastWordAt: at,
      };
    case 'announced':
      return { ...incident, announcedAt: at, lastWordAt: at };
    case 'critique-given':
      return { ...incident, critiques: [...incident.critiques, { by: event.by, text: event.text }], lastWordAt: at };
    case 'retrospective-released':
      return { ...incident, reviewedAt: at, lastWordAt: at };
    case 'closed':
      return { ...incident, closedAt: at, lastWordAt: at };
    case 'reopened':
      return {
        ...without(incident, 'closedAt', ...(incident.verdict?.is === 'accepted' ? [] : (['verdict', 'duplicateOf'] as const))),
        lastWordAt: at,
      };
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
      return ofFacet(incident, at, event);
  }
}

function ofFacet(incident: Incident, at: Date, event: FacetEvent): Incident {
  if (isPartEvent(event)) return evolvePart(incident, at, event);
  // That somebody was told of a step is the daemon's word and nobody's.
  if (event.type === 'step-told') return evolveFix(incident, at, event);
  if (isFixEvent(event)) return { ...evolveFix(incident, at, event), lastWordAt: at };
  if (isCourseEvent(event)) return { ...evolveCourse(incident, at, event), lastWordAt: at };
  if (isDisclosureEvent(event)) return { ...evolveDisclosure(incident, at, event), lastWordAt: at };
  return event satisfies never;
}

function changed({ dates, publicAt }: Incident): Incident['dates'] {
  return { changes: dates.changes + 1, ...(publicAt && { last: publicAt }) };
}

function cancelled(incident: Incident, what: 'confirmation' | 'announcement' | 'schedule', at: Date): Incident {
  if (what === 'announcement') return announcementTakenBack(incident, at);
  return what === 'schedule' ? { ...without(incident, 'publicAt'), dates: changed(incident) } : without(incident, 'pending');
}

function without<Key extends keyof Incident>(incident: Incident, ...keys: Key[]): Omit<Incident, Key> {
  const rest = { ...incident };
  for (const key of keys) delete rest[key];
  return rest;
}
