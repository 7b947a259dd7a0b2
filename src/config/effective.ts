// A team's effective policy as YAML that explains itself: what each setting means, and which file says it.
import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { Team } from '#config/config.ts';
import { type Shape, shapeOf, shapesAt } from '#config/shape.ts';
import { Policy } from '#team/policy.ts';

/** The effective policy of a team as commented YAML; it can be used as a policy.yaml. */
export function effectivePolicy(team: Pick<Team, 'name' | 'title' | 'policy' | 'policyOrigins'>): string {
  const document = new Document(team.policy, { version: '1.2' });
  const sources = [...new Set(Object.values(team.policyOrigins))].sort();
  document.commentBefore = ` The effective policy of ${team.name} (${team.title.replace(/\s+/g, ' ')}), from ${sources.join(', ')}`;
  comment(document.contents, [], { shape: shapeOf(Policy), origins: team.policyOrigins, said: new Set() });
  return document.toString({ lineWidth: 120, blockQuote: 'literal', commentString: (text) => text.replace(/^/gm, '#') });
}

interface Telling {
  readonly shape: Shape;
  readonly origins: Readonly<Record<string, string>>;
  /** What was explained already is not explained again. */
  readonly said: Set<string>;
}

/** Puts the description above each key and the file beside each value. The schema bounds the depth: the policy was taken by it. */
function comment(node: unknown, path: readonly string[], telling: Telling): void {
  if (!isMap(node)) return;
  for (const [index, { key, value }] of node.items.entries()) {
    if (!isScalar(key)) continue;
    const here = [...path, String(key.value)];
    const description = shapesAt(telling.shape, here)[0]?.description ?? '';
    if (description && !telling.said.has(description)) key.commentBefore = ` ${description}`;
    telling.said.add(description);
    if (path.length === 0 && index > 0) key.spaceBefore = true;
    const origin = ` ${telling.origins[here.join('.')] ?? 'default'}`;
    // A list of mappings, such as the steps, has a line for each of its settings; a list of words stays one line.
    if (isSeq(value) && value.items.some((item) => isMap(item))) value.commentBefore = origin;
    else if (isScalar(value) || isSeq(value)) value.comment = origin;
    if (isSeq(value)) value.flow = value.commentBefore == null;
    comment(value, here, telling);
  }
}
