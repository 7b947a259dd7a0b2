// Names a new key in a team.yaml: the text of before with its comments, and nothing changed but the keys.
import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, visit, type YAMLMap, YAMLSeq } from 'yaml';
import type { TeamFile } from '#config/schema.ts';

/** The most former keys that a team.yaml may name. */
export const mostFormer = 10;

/**
 * The text with `key` naming another private key. With `keepOld` what `key` said goes to the head of `formerKeys`, word by word.
 * Throws a sentence where the file cannot be changed so that everything else stays (aliases, no mapping): it must then be changed by hand.
 */
export function rewired(text: string, key: TeamFile['key'], keepOld: boolean): string {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: true, strict: true });
  const root = document.contents;
  if (document.errors.length > 0 || !isMap<Node, Node>(root)) throw byHand();
  const node = document.createNode(key);
  for (const secret of node.items) if (isMap(secret.value)) secret.value.flow = true;
  const pair = entry(root, 'key');
  const old = pair?.value ?? undefined;
  if (pair) pair.value = node;
  else root.items.push(document.createPair('key', node));
  if (keepOld) {
    if (!old || hasAlias(old)) throw byHand();
    keep(document, root, old);
  }
  const changed = document.toString({ lineWidth: 0 });
  if (!isDeepStrictEqual(without(text), without(changed))) throw byHand();
  return changed;
}

function byHand(): Error {
  return new Error('This team.yaml cannot be changed by a program without changing more than the keys: name the new key in it by hand');
}

function entry(root: YAMLMap<Node, Node>, name: string) {
  return root.items.find(({ key }) => isScalar(key) && key.value === name);
}

function hasAlias(node: Node): boolean {
  let found = isAlias(node);
  visit(node, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
    Node(_, one) {
      if ('anchor' in one && one.anchor) found = true;
    },
  });
  return found;
}

function keep(document: ReturnType<typeof parseDocument>, root: YAMLMap<Node, Node>, old: Node): void {
  const former = entry(root, 'formerKeys');
  if (isSeq(former?.value)) {
    former.value.flow = false;
    former.value.items.unshift(old);
    return;
  }
  const list = new YAMLSeq<Node>();
  list.items.push(old);
  if (former) {
    former.value = list;
    return;
  }
  const after = root.items.findIndex(({ key }) => isScalar(key) && key.value === 'key') + 1;
  root.items.splice(after, 0, document.createPair('formerKeys', list));
}

/** Everything that must be the same afterwards. */
function without(text: string): unknown {
  const value: unknown = parseDocument(text, { version: '1.2' }).toJS({ maxAliasCount: 50 });
  return value !== null && typeof value === 'object' ? { ...value, key: undefined, formerKeys: undefined } : value;
}
