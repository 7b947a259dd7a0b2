// What holds of every incident and every refusal, whatever was ordered: it can be told, and it says what would be right.
import { expect } from 'vitest';
import type { Situation } from '#command/command.ts';
import { commandFor } from '#command/list.ts';
import { deadlinesOf } from '#incident/deadline.ts';
import type { Recorded } from '#incident/event.ts';
import { fixSummary } from '#incident/fix-summary.ts';
import { type Incident, incidentOf } from '#incident/incident.ts';
import { lineOf, pictureOf } from '#incident/picture.ts';
import { planOf } from '#incident/plan.ts';
import { nextRing } from '#incident/ringing.ts';
import { stages as known, stageOf } from '#incident/stage.ts';

/** Words that only a program writes. */
const slips = /undefined|\bNaN\b|\[object|Invalid Date|\bnull\b|=> |Too big|Too small|expected string/;
const century = 36_525 * 86_400_000;

/** A refusal is a short sentence, or ends with the line that would be right. */
export function soundRefusal(text: string): void {
  expect(text).not.toMatch(slips);
  expect(text.length, text).toBeLessThan(400);
  expect(text).toMatch(/\.$|\/[a-z-]+( [^ ]+)*$/);
}

/** The journal folds, and the incident can be shown to whoever asks: status, plan, timeline, who knows, picture, and its dates. */
export function sound(recorded: readonly Recorded[], situation: Situation): Incident {
  const { policy, roster, now } = situation;
  const incident = incidentOf(situation.incident?.id ?? fail(), recorded);
  if (!incident) throw new Error('the journal does not fold');
  expect(known).toContain(stageOf(incident));
  const shown = ['status', 'plan', 'timeline', 'who-knows', 'parts'].map((word) => {
    const decision = commandFor(word)?.decide({}, { ...situation, incident, recorded });
    return decision && 'answer' in decision ? decision.answer : `/${word} is refused`;
  });
  const text = [...shown, fixSummary(incident, policy), lineOf(pictureOf(incident, policy.spans.longestEmbargo, now))].join('\n');
  expect(text).not.toMatch(slips);
  expect(text).not.toContain('is refused');
  for (const deadline of deadlinesOf(incident, policy)) {
    const moments = [deadline.dueAt, deadline.ringsAt, nextRing(deadline, incident, policy, now).at];
    for (const moment of moments) expect(Math.abs(moment.getTime() - now.getTime()), deadline.key).toBeLessThan(century);
    expect(deadline.owners).not.toContain(undefined);
    expect(deadline.what).not.toMatch(slips);
  }
  const keys = deadlinesOf(incident, policy).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { at, missing } of planOf(incident, policy, roster, now)) {
    if (at) expect(Number.isFinite(at.getTime())).toBe(true);
    expect(missing.join()).not.toMatch(slips);
  }
  return incident;
}

function fail(): never {
  throw new Error('there is no incident');
}
