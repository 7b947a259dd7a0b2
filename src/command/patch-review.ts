// What /lgtm and /done share: patches are said to be right one by one, and never by whoever brought them (S2-65, S4-20).
import { type Decision, happened, type IncidentSituation, refuse } from '#command/command.ts';
import type { Event } from '#incident/event.ts';
import { type Patch, patchesIn } from '#incident/patch.ts';
import type { Step } from '#team/policy-fix.ts';

/**
 * Patches are reviewed for these steps: those with these names, a commit also by its first seven characters or more; without a name all that
 * others brought. Refuses one's own, and names that no patch has.
 */
export function review(words: readonly string[], steps: readonly Step[], { incident, by }: IncidentSituation): Decision {
  if (incident.announcedAt) return refuse('This incident is public already.');
  const all = patchesIn(incident);
  const found = words.length === 0 ? all.filter(isOfOthers) : named(words, all);
  if ('wrong' in found) return refuse(found.wrong);
  if (found.length === 0) return refuse('All patches are yours: somebody else looks at them.');
  const own = found.find((patch) => !isOfOthers(patch));
  if (own) return refuse(`${own.name} is yours: somebody else looks at it.`);
  const events = steps.flatMap(({ key }): Event[] => {
    const fresh = found.filter(({ name }) => !has(key, name));
    return fresh.length > 0 ? [{ type: 'patches-reviewed', by: by.who, step: key, patches: fresh.map(({ name }) => name) }] : [];
  });
  if (events.length === 0) return refuse('You have said so already.');
  const left = all.filter((patch) => !found.includes(patch) && !incident.reviews.some(({ patch: name }) => name === patch.name));
  const rest = left.length > 0 ? ` Left: ${left.map((patch) => `${patch.name} (of ${patch.by.join(', ')})`).join(', ')}.` : '';
  return happened(`Reviewed: ${found.map(({ name }) => name).join(', ')}.${rest}`, ...events);

  function isOfOthers(patch: Patch): boolean {
    return !patch.by.includes(by.who);
  }
  function has(step: string, patch: string): boolean {
    return incident.reviews.some((one) => one.step === step && one.patch === patch && one.by === by.who);
  }
}

const shortest = 7;

function named(words: readonly string[], all: readonly Patch[]): Patch[] | { wrong: string } {
  const found: Patch[] = [];
  for (const word of words) {
    const lower = word.toLowerCase();
    const exact = all.filter(({ name }) => name === word || name === lower);
    const fitting = exact.length > 0 || word.length < shortest ? exact : all.filter(({ name }) => name.startsWith(lower));
    const [patch, ...more] = fitting;
    const known = all.map(({ name }) => name).join(', ');
    if (!patch) return { wrong: `There is no patch "${word.slice(0, 70)}". The patches are: ${known}.` };
    if (more.length > 0) return { wrong: `"${word.slice(0, 70)}" could be ${fitting.map(({ name }) => name).join(' or ')}.` };
    if (!found.includes(patch)) found.push(patch);
  }
  return found;
}
