// Gathers the facts of letters that show a decision: a draft for review, a preview before a confirmation, a request to the CNA.
import { commandOf, draftKindOf } from '#incident/action.ts';
import { missingFields, requiredFields } from '#incident/advisory.ts';
import { codeFor, pendingOf } from '#incident/confirmation.ts';
import { filesOf } from '#incident/draft.ts';
import type { Event, Who } from '#incident/event.ts';
import type { Incident } from '#incident/incident.ts';
import { awaitsNotice, tooEarlyFor } from '#incident/notice.ts';
import { helpWith } from '#letter/commands-shown.ts';
import type { Occasion } from '#letter/follow-up.ts';
import type { FactsByKind } from '#letter/list.ts';
import { channels } from '#letter/recipients.ts';
import type { Policy } from '#team/policy.ts';
import { spanInWords } from '#time.ts';

/** The draft in full, what its process asks for and it does not have, its mark, and the line that approves it. */
export function reviewFacts(event: Extract<Event, { type: 'drafted' }>, incident: Incident, policy: Policy): FactsByKind['review'] {
  const { id } = incident;
  const { kind, mark, own, subject, text, by, because, carries = [] } = event;
  const files = filesOf({ carries }, incident);
  return {
    id,
    kind,
    mark,
    subject,
    text,
    by,
    missing: own ? [] : missingFields(incident, requiredFields(kind, incident, policy)),
    files,
    ...(because && { because }),
    commands: helpWith([`/approve ${kind} ${mark}`, `/draft ${kind}`]),
  };
}

/** Exactly what would leave, to whom, who cannot be reached, and the code of this reader, if they may confirm it (house rule 6). */
export function previewFacts(
  event: Extract<Event, { type: 'confirmation-asked' }>,
  reader: Who,
  { incident, policy, roster, now, reach }: Occasion,
): FactsByKind['preview'] {
  const { action } = event;
  const kind = draftKindOf(action);
  const draft = incident.drafts[kind];
  const second = policy.commands[commandOf(action)]?.confirm !== 'same-person';
  // Whoever must not confirm gets no code, not even where a journal has one for everybody.
  const code = second && reader === event.by ? undefined : codeFor(pendingOf(event), reader);
  const awaiting = action.act === 'notify' ? awaitsNotice(incident, action.mark, roster) : [];
  const later = awaiting.filter((one) => tooEarlyFor(one, incident.publicAt, now));
  const reached = awaiting.filter((one) => !later.includes(one)).map((one) => ({ one, how: reach(one) }));
  const recipients =
    action.act === 'notify'
      ? reached.flatMap(({ one, how }) =>
          'sealed' in how ? [{ name: one.name, address: one.addresses[0] ?? '', sealed: how.sealed }] : [],
        )
      : channels(roster, action.act === 'retrospective' ? roster.retrospective : undefined).map((to) => ({
          name: to.who,
          address: to.address,
          sealed: 'signed, not encrypted',
        }));
  const unreachable =
    action.act === 'notify' ? reached.flatMap(({ one, how }) => ('why' in how ? [{ name: one.name, why: how.why }] : [])) : [];
  return {
    id: incident.id,
    action: action.act,
    ...(code && { code }),
    signed: policy.proof === 'signed' || policy.commands.confirm?.proof === 'signed',
    subject: draft?.subject ?? '',
    text: draft?.text ?? '',
    recipients,
    unreachable,
    ...(action.act === 'announce' && { at: action.at }),
    by: event.by,
    expires: event.expires,
    second,
    warnings: [
      ...(event.against ? [`The process advises against it: ${event.against}`] : []),
      ...(event.because ? [`The reason that was given for going on: ${event.because}`] : []),
      ...later.flatMap(({ name, longest }) =>
        longest ? [`${name} hears of it ${spanInWords(longest)} before the public date, as its own rules say.`] : [],
      ),
    ],
    files: draft ? filesOf(draft, incident) : [],
  };
}

/** What a CNA asks for; what is unknown is empty. */
export function cveFacts({ id, advisory, severity }: Incident): FactsByKind['cve-request'] {
  const of = (field: string) => advisory[field] ?? '';
  return {
    id,
    title: of('title'),
    description: of('details'),
    impact: of('impact'),
    affected: of('affected'),
    fixed: of('fixed'),
    cvss: severity?.vector ?? '',
    references: of('references'),
  };
}
