// A severity catalogue that does not agree with itself: words that nobody explained, ratings that nothing leads to or two that differ.
import type { Catalogue } from '#team/catalogue.ts';
import type { Policy } from '#team/policy.ts';

type Kind = 'scope' | 'effect' | 'actor' | 'circumstance';

/** What is wrong with the catalogue of a policy and with the decisions that name its words, a sentence each (S2-70). */
export function ofCatalogue({ catalogue, decisions }: Policy): string[] {
  const scopes = decisions.early?.scopes ?? [];
  const effects = decisions.distributors?.effects ?? [];
  if (!catalogue) {
    return [
      ...(scopes.length > 0 ? ['decisions.early.scopes names scopes, and there is no catalogue.'] : []),
      ...(effects.length > 0 ? ['decisions.distributors.effects names effects, and there is no catalogue.'] : []),
    ];
  }
  const unknown = askedOf(catalogue);
  return [
    ...scopes.flatMap((word) => unknown('decisions.early.scopes', 'scope', word)),
    ...effects.flatMap((word) => unknown('decisions.distributors.effects', 'effect', word)),
    ...ofCells(catalogue, unknown),
    ...ofChanges(catalogue, unknown),
    ...twoScopes(catalogue),
  ];
}

type Asked = (path: string, kind: Kind, word: string | undefined) => string[];

function askedOf({ scopes, effects, actors, circumstances }: Catalogue): Asked {
  const explained = { scope: scopes, effect: effects, actor: actors, circumstance: circumstances };
  return (path, kind, word) => {
    if (word === undefined || Object.hasOwn(explained[kind], word)) return [];
    return [`${path} names the ${kind} "${word}", and catalogue.${kind}s explains ${listed(Object.keys(explained[kind]))}.`];
  };
}

function listed(words: readonly string[]): string {
  return words.length > 0 ? words.join(', ') : 'none';
}

function ofCells({ cells }: Catalogue, unknown: Asked): string[] {
  const rated = new Map<string, string>();
  return cells.flatMap(({ scope, effect, actor, scenario, level }, index) => {
    const path = `catalogue.cells[${index}]`;
    const said = [
      ...unknown(path, 'scope', scope),
      ...unknown(path, 'effect', effect),
      ...unknown(path, 'actor', actor),
      ...unknown(path, 'circumstance', scenario),
    ];
    const inputs = [scope, effect, actor, scenario].filter((word) => word !== undefined).join(' ');
    const before = rated.get(inputs);
    if (before !== undefined) said.push(`${path} rates "${inputs}" ${level}, which ${before} already: the second is never asked.`);
    else rated.set(inputs, `${path} rates ${level}`);
    return said;
  });
}

function ofChanges({ moves, changes }: Catalogue, unknown: Asked): string[] {
  return [
    ...moves.flatMap(({ when, from, to }, index) => {
      const path = `catalogue.moves[${index}]`;
      return [...unknown(path, 'circumstance', when), ...unknown(path, 'scope', from), ...unknown(path, 'scope', to)];
    }),
    ...changes.flatMap(({ when, and, scope, from, to }, index) => {
      const path = `catalogue.changes[${index}]`;
      return [
        ...unknown(path, 'circumstance', when),
        ...unknown(path, 'circumstance', and),
        ...unknown(path, 'scope', scope),
        ...(from === to ? [`${path} changes ${from} to ${to}, which is no change.`] : []),
      ];
    }),
  ];
}

function twoScopes({ scopes }: Catalogue): string[] {
  const owners = new Map<string, string>();
  return Object.entries(scopes).flatMap(([scope, { components }]) =>
    components.flatMap((component) => {
      const owner = owners.get(component);
      owners.set(component, scope);
      return owner && owner !== scope ? [`catalogue.scopes: the component "${component}" is of ${owner} and of ${scope}.`] : [];
    }),
  );
}
