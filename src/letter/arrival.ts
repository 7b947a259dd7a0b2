// A mail that arrived, as letters to the team show it: who, how well known, what was said and what its commands did.

import { withoutCodes } from '#incident/confirmation.ts';
import { seemsPublic } from '#incident/exposure.ts';
import type { Incident } from '#incident/incident.ts';
import { noiseIn } from '#incident/noise.ts';
import type { Similar } from '#incident/similar.ts';
import { answersTo, suggestions, usable } from '#letter/commands-shown.ts';
import type { FactsByKind } from '#letter/list.ts';
import { lapsed } from '#team/calendar.ts';
import type { Policy, Proof } from '#team/policy.ts';
import type { Sender } from '#team/sender.ts';

/** What follow-up may tell of a mail; made by intake from the opened mail. */
export interface Arrival {
  readonly by: Sender;
  /** The sender's part in this incident: reporter, member, distributor, somebody outside … */
  readonly role: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** The readable text: whole for a report, the own words beside the commands for a member's mail. */
  readonly text: string;
  readonly proof: Proof;
  /** Results of our own mail server (RFC 8601), one line. */
  readonly origin: string;
  /** What verification found, one sentence. */
  readonly signature: string;
  readonly encrypted: boolean;
  readonly attachments: readonly string[];
  /**
   * What of it may go on to others than the team: text and attachments, or the text alone; absent: nothing. Whoever is no member may have put
   * somebody's captured ciphertext into a mail of their own, and we opened it for them.
   */
  readonly passable?: 'all' | 'text';
  /** Row id of the mail, for letters that carry its attachments. */
  readonly message?: string;
  /** Its first words, or the commands it gave, short enough for a subject. */
  readonly gist: string;
  /** What the commands in the mail did. */
  readonly done: readonly string[];
  /** Something about the mail that the team must not overlook. */
  readonly warning?: string;
  /** A question to the team, when the real reporter could not be told from the mail. */
  readonly question?: string;
}

interface Shown {
  readonly incident: Incident;
  readonly policy: Policy;
  readonly arrival?: Arrival;
  readonly similar?: readonly Similar[];
}

/** The facts of the letter `report`. */
export function reportFacts({ incident, policy, arrival, similar = [] }: Shown): FactsByKind['report'] {
  return {
    id: incident.id,
    title: incident.title,
    triageBy: lapsed(incident.openedAt, policy.spans.triage, policy).toISOString(),
    commands: usable(suggestions(incident), policy),
    encrypted: arrival?.encrypted ?? false,
    from: arrival?.from ?? { name: '', address: '' },
    ...common(arrival),
    ...(incident.via && { via: incident.via }),
    ...(incident.commander && { commander: incident.commander }),
    ...(arrival?.question && { question: arrival.question }),
    ...(arrival && suspected(arrival, policy)),
    ...(similar.length > 0 && { similar: similar.map((one) => likeness(one, incident)) }),
  };
}

// Only words of the policy and of our own rules are repeated: the report itself stands below, behind its bar.
function suspected({ subject, text }: Arrival, policy: Policy): Pick<FactsByKind['report'], 'noise' | 'exposed'> {
  const noise = noiseIn(subject, text, policy);
  const sign = seemsPublic(subject, text);
  return {
    ...(noise && { noise: `it looks like "${noise.kind}" (${noise.found.join(', ')}). If it is that: /decline ${noise.class}` }),
    ...(sign && { exposed: `it says "${sign}". If it is: /public` }),
  };
}

// What came encrypted once does not leave in clear because another report resembles it.
function likeness({ id, title, stage, why, confidential }: Similar, { confidential: sealed }: Incident) {
  if (!confidential || sealed) return { id, title, stage, why };
  return { id, stage, why: 'it came encrypted, so nothing of it is shown here' };
}

/** The facts of the letter `relay`. */
export function relayFacts({ incident, policy, arrival }: Shown): FactsByKind['relay'] {
  // A mail that shows a code without spending it (unproved, a quoted preview) must not hand it to the others.
  const shown = (text: string) => withoutCodes(text, incident.pending);
  return {
    id: incident.id,
    who: arrival?.by.name ?? '',
    role: arrival?.role ?? '',
    ...common(arrival),
    text: shown(arrival?.text ?? ''),
    gist: shown(arrival?.gist ?? ''),
    done: (arrival?.done ?? []).map(shown),
    commands: arrival?.by.who === 'administrator' ? answersTo(incident) : usable(suggestions(incident), policy),
    ...(arrival?.warning && { warning: arrival.warning }),
    ...(arrival?.question && { question: arrival.question }),
  };
}

/** The role of somebody who writes as the reader of the letter, and whom nothing proves to be them. */
export const inYourName = 'somebody who writes in your name';

/** The same for the member in whose name the mail came, when nothing proves that they sent it. */
export function inYourNameFacts(facts: FactsByKind['relay']): FactsByKind['relay'] {
  const warning = 'This came in your name, and nothing proves that you sent it; if you did not, tell the others.';
  return { ...facts, role: inYourName, warning: facts.warning ? `${warning} ${facts.warning}` : warning };
}

function common(arrival: Arrival | undefined) {
  return {
    proof: arrival?.proof ?? 'none',
    origin: arrival?.origin ?? '',
    signature: arrival?.signature ?? '',
    text: arrival?.text ?? '',
    attachments: [...(arrival?.attachments ?? [])],
  };
}
