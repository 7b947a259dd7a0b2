// /draft: makes the text of a notice, a heads-up, an announcement or a retrospective, for people to read and approve.
import { z } from 'zod';
import { writtenForAnotherDate } from '#command/ask-confirmation.ts';
import { type Decision, defineCommand, happened, type IncidentSituation, refuse } from '#command/command.ts';
import { gate } from '#command/gate.ts';
import { draftKinds } from '#incident/action.ts';
import { missingFields, requiredFields } from '#incident/advisory.ts';
import { withoutPatch } from '#incident/branches.ts';
import { carriedBy } from '#incident/draft.ts';
import type { DraftKind } from '#incident/event.ts';
import { revealed } from '#incident/heads-up.ts';
import type { Incident } from '#incident/incident.ts';
import type { Policy } from '#team/policy.ts';

export const draft = defineCommand({
  word: 'draft',
  help: 'Draft the notice, the heads-up, the announcement (once it is public: an update) or the retrospective from what is known, or give its whole text yourself.',
  examples: ['/draft notice', '/draft announcement\nOur own words.\n/end', '/draft announcement because the CVE id comes later'],
  who: ['member'],
  proof: 'domain',
  changes: true,
  unlessDeclined: true,
  args: { kind: z.enum(draftKinds, { error: `is none of ${draftKinds.join(', ')}` }) },
  text: 'optional',
  because: 'optional',
  decide({ kind, text, because }, situation) {
    const { incident, by, policy, write } = situation;
    const wrong = outOfPlace(kind, situation);
    if (wrong) return wrong;
    const missing = text === undefined ? missingFields(incident, requiredFields(kind, incident, policy)) : [];
    const held = gate(lacking(missing), because, `To draft it all the same: /draft ${kind}`);
    const early = held ?? undated(kind, incident);
    if (early) return early;
    const written = write(kind, incident, text);
    const before = incident.drafts[kind];
    // The same words of the team's own for another date are approved anew.
    if (before?.mark === written.mark && !writtenForAnotherDate(before, kind, incident))
      return refuse(`The draft ${written.mark} says exactly that already.`);
    const given = kind === 'heads-up' ? revealed(incident, `${written.subject}\n${written.text}`) : [];
    if (given.length > 0)
      return refuse(
        `A heads-up must not give away ${given.join(', ')}. It says when the release comes and what to do until then, no more.`,
      );
    const carries = carriedBy(kind, incident);
    return happened(
      `Drafted ${kind} ${written.mark}; the text is on its way to the team.${patchWords(kind, incident, policy)} Whoever has read it: /approve ${kind} ${written.mark}`,
      {
        type: 'drafted',
        by: by.who,
        kind,
        mark: written.mark,
        own: text !== undefined,
        subject: written.subject,
        text: written.text,
        ...(written.html !== undefined && { html: written.html }),
        ...(missing.length > 0 && because && { because }),
        ...(carries.length > 0 && { carries }),
      },
    );
  },
});

/** What cannot be drafted now, whatever the reason. */
function outOfPlace(kind: DraftKind, { incident, policy }: IncidentSituation): Decision | undefined {
  if (kind === 'retrospective' && incident.reviewedAt) return refuse('The retrospective is released already.');
  if (kind === 'retrospective') return incident.announcedAt ? undefined : refuse('The retrospective comes after the announcement.');
  if (kind === 'heads-up' && !policy.headsUp) return refuse('The process of this team has no public heads-up.');
  // What is public can be added to, by another text (S1-71, S4-35).
  if (incident.announcedAt) return kind === 'announcement' ? undefined : refuse('This incident is public already.');
  if (kind === 'announcement' && incident.announcement)
    return refuse('The announcement is confirmed for its moment. /cancel announcement comes first.');
  return undefined;
}

/** Every text but the look back names the public date. */
function undated(kind: DraftKind, { publicAt }: Incident): Decision | undefined {
  if (publicAt || kind === 'retrospective') return undefined;
  return refuse(
    kind === 'notice'
      ? 'Distributors must know until when the embargo lasts: /schedule sets the public date.'
      : 'There is no public date yet: /schedule sets it.',
  );
}

function lacking(missing: readonly string[]): string[] {
  return missing.length > 0 ? [`Still missing: ${missing.join(', ')}. ${missing.map(remedy).join(', ')}.`] : [];
}

function patchWords(kind: DraftKind, incident: Incident, policy: Policy): string {
  const branches = kind === 'notice' ? withoutPatch(incident, policy) : [];
  return branches.length > 0 ? ` It names no patch for: ${branches.join(', ')}.` : '';
}

function remedy(field: string): string {
  if (field === 'severity') return '/severity <vector>';
  return field === 'cve' ? '/cve <id>' : `/set ${field} <text>`;
}
