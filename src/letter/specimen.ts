// Letters shown with their sample facts: for `embargod preview KIND`, for documentation and for tests.
import type { DraftText } from '#incident/event.ts';
import { letterOfKind } from '#letter/list.ts';
import { type About, render, someone } from '#letter/render.ts';
import type { Templates } from '#letter/template.ts';

/** Renders a kind of letter from its sample; undefined when there is no such kind. `about` may name a real team and its zone. */
export function specimen(kind: string, templates: Templates, about: About = someone): DraftText | undefined {
  const letter = letterOfKind(kind);
  return letter && render({ kind, facts: letter.sample }, about, templates);
}
