// docs/configuration.md says what the schemas say.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configurationDocument } from '#config/document.ts';
import { Service, TeamFile } from '#config/schema.ts';
import { type Shape, shapeOf } from '#config/shape.ts';
import { Policy } from '#team/policy.ts';
import { Roster } from '#team/roster.ts';

test('docs/configuration.md is current (npm run docs makes it so)', () => {
  expect(readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')).toBe(configurationDocument());
});

test('every setting says what it means', () => {
  const silent: string[] = [];
  const look = (shape: Shape, path: string) => {
    for (const [key, inner] of Object.entries(shape.properties ?? {})) {
      const leaf = !inner.properties && !inner.items?.properties;
      if (leaf && !inner.description) silent.push(`${path}${key}`);
      look(inner, `${path}${key}.`);
      if (inner.items) look(inner.items, `${path}${key}[].`);
      if (typeof inner.additionalProperties === 'object') look(inner.additionalProperties, `${path}${key}.<word>.`);
      for (const variant of inner.items?.oneOf ?? []) look(variant, `${path}${key}[].`);
    }
  };
  for (const [file, schema] of Object.entries({ service: Service, team: TeamFile, roster: Roster, policy: Policy }))
    look(shapeOf(schema), `${file}: `);
  expect(silent).toEqual([]);
});
