// The severity catalogue beside CVSS: what a flaw in this place, with this effect, by this actor is rated, and why (S2-60, S2-70 to S2-105).
import type { Classification } from '#incident/course.ts';
import type { Catalogue } from '#team/catalogue.ts';

/** What somebody says about a flaw: a component or a scope, an effect, and words for the actor and the circumstances in any order. */
export interface Described {
  readonly place: string;
  readonly effect: string;
  readonly words: readonly string[];
}

/** A rating of the catalogue: the reasons for it, and what somebody may make of it. */
export interface Rating {
  readonly is: Classification;
  readonly reasons: readonly string[];
  readonly offers: readonly string[];
}

type Cell = Catalogue['cells'][number];

/** The rating of what is described; a sentence with the words that would be right where the catalogue has none. */
export function rate({ place, effect, words }: Described, catalogue: Catalogue): Rating | { readonly unknown: string } {
  const scope = scopeOf(place, catalogue);
  if (!scope) return { unknown: `"${place}" is no component or scope of the catalogue. Scopes: ${listed(catalogue.scopes)}.` };
  if (!Object.hasOwn(catalogue.effects, effect))
    return { unknown: `"${effect}" is no effect of the catalogue. Effects: ${listed(catalogue.effects)}.` };
  const read = readWords(words, catalogue);
  if ('unknown' in read) return read;
  const { actor, circumstances } = read;
  const move = catalogue.moves.find(({ when, from }) => from === scope && circumstances.includes(when));
  const flaw = { effect, actor, circumstances };
  const moved = move && cellFor({ ...flaw, scope: move.to }, catalogue);
  const found = moved ?? cellFor({ ...flaw, scope }, catalogue);
  if (!found) return { unknown: none({ ...flaw, scope: move?.to ?? scope }, catalogue) };
  const change = changeFor(found, circumstances, catalogue, false);
  const here = moved ? cellFor({ ...flaw, scope }, catalogue) : undefined;
  return {
    is: { scope: found.scope, effect, ...(actor && { actor }), circumstances, level: change?.to ?? found.level },
    reasons: [...(move ? [move.text] : []), found.text, ...(change ? [`${change.from} becomes ${change.to}: ${change.text}`] : [])],
    offers: [found, ...(here ? [here] : [])].flatMap((cell) => offersFor(cell, circumstances, catalogue)),
  };
}

/** The scope that a component has, or the scope of this name; undefined where the catalogue has neither. */
function scopeOf(place: string, { scopes }: Catalogue): string | undefined {
  if (Object.hasOwn(scopes, place)) return place;
  return Object.entries(scopes).find(([, { components }]) => components.includes(place))?.[0];
}

function readWords(words: readonly string[], catalogue: Catalogue): { actor?: string; circumstances: string[] } | { unknown: string } {
  let actor: string | undefined;
  const circumstances: string[] = [];
  for (const word of words) {
    if (Object.hasOwn(catalogue.actors, word) && actor === undefined) actor = word;
    else if (Object.hasOwn(catalogue.circumstances, word)) circumstances.push(word);
    else if (Object.hasOwn(catalogue.actors, word)) return { unknown: `"${actor}" and "${word}" are two actors; one is rated at a time.` };
    else
      return {
        unknown: `"${word}" is no actor and no circumstance of the catalogue. Actors: ${listed(catalogue.actors)}. Circumstances: ${listed(catalogue.circumstances)}.`,
      };
  }
  return { ...(actor !== undefined && { actor }), circumstances: [...new Set(circumstances)] };
}

interface Flaw {
  readonly scope: string;
  readonly effect: string;
  readonly actor: string | undefined;
  readonly circumstances: readonly string[];
}

const order = ['low', 'medium', 'high', 'critical'];

// The cell that says most about the flaw; among equals the higher rating, since in doubt nobody should be told less.
function cellFor({ scope, effect, actor, circumstances }: Flaw, { cells }: Catalogue): Cell | undefined {
  const fits = cells.filter(
    (cell) =>
      cell.scope === scope &&
      cell.effect === effect &&
      (cell.actor === undefined || cell.actor === actor) &&
      (cell.scenario === undefined || circumstances.includes(cell.scenario)),
  );
  const says = (cell: Cell) => (cell.scenario ? 2 : 0) + (cell.actor ? 1 : 0);
  return fits.sort((a, b) => says(b) - says(a) || order.indexOf(b.level) - order.indexOf(a.level))[0];
}

// One change at most: the text speaks of what a flaw would be rated without it, so changes do not add up.
function changeFor(cell: Cell, circumstances: readonly string[], { changes }: Catalogue, may: boolean) {
  return changes.find(
    (change) =>
      change.may === may &&
      change.from === cell.level &&
      circumstances.includes(change.when) &&
      (change.and === undefined || circumstances.includes(change.and)) &&
      (change.scope === undefined || change.scope === cell.scope),
  );
}

function offersFor(cell: Cell, circumstances: readonly string[], catalogue: Catalogue): string[] {
  const change = changeFor(cell, circumstances, catalogue, true);
  return change
    ? [`It may be rated ${change.to} instead of ${change.from}: ${change.text} To do so: /severity ${change.to} because <reason>`]
    : [];
}

function none({ scope, effect, actor, circumstances }: Flaw, { cells }: Catalogue): string {
  const near = cells.filter((cell) => cell.scope === scope && cell.effect === effect);
  const said = [scope, effect, actor, ...circumstances].filter(Boolean).join(' ');
  if (near.length === 0) {
    const effects = [...new Set(cells.filter((cell) => cell.scope === scope).map((cell) => cell.effect))];
    return `The catalogue has no rating for ${said}. For ${scope} it rates: ${effects.join(', ') || 'nothing'}.`;
  }
  const ways = [...new Set(near.map((cell) => [scope, effect, cell.actor, cell.scenario].filter(Boolean).join(' ')))];
  return `The catalogue has no rating for ${said}. It has: ${ways.slice(0, 12).join('; ')}.`;
}

/** The names of a record in order, for sentences. */
function listed(of: Readonly<Record<string, unknown>>): string {
  return Object.keys(of).join(', ') || 'none';
}

/** What a word of the catalogue means (S2-104); undefined where it is none. */
export function explain(term: string, catalogue: Catalogue): string | undefined {
  const { terms, actors, circumstances, effects, scopes } = catalogue;
  for (const words of [terms, actors, circumstances, effects]) if (Object.hasOwn(words, term)) return `${term}: ${words[term]}`;
  const scope = scopeOf(term, catalogue);
  if (!scope) return undefined;
  return scope === term ? `${term}: ${scopes[term]?.what}` : `${term} is a component of the scope ${scope}: ${scopes[scope]?.what}`;
}

/** Every word that /explain knows, in order of the alphabet. */
export function vocabulary({ terms, actors, circumstances, effects, scopes }: Catalogue): string[] {
  return [...new Set([terms, actors, circumstances, effects, scopes].flatMap((words) => Object.keys(words)))].sort();
}
