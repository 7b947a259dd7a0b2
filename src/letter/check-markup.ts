// What the MJML of a letter may be: elements that close in order, nothing loaded, nothing run, every value escaped.
import type { Finding } from '#letter/check-fields.ts';

const tags = /<(\/?)(mj[a-z-]{0,40})\b[^<>]{0,4000}>/g;
const unwelcome =
  /<mj-(?:include|font|image|carousel|social|navbar|html-attributes)\b|<(?:script|iframe|img|link|object)\b|@import|url\(|\{\{\{|\{\{&/gi;

/** Everything in the source of a `.mjml` template that letters do not do. MJML itself is lenient about elements left open. */
export function checkMarkup(source: string): Finding[] {
  const lineAt = (index: number) => source.slice(0, index).split('\n').length;
  const found = [...source.matchAll(unwelcome)].map((match) => ({
    line: lineAt(match.index),
    what: `uses ${match[0]}: letters load nothing, run nothing and escape every value`,
  }));
  const open: string[] = [];
  for (const { 0: whole, 1: slash, 2: name = '', index } of source.matchAll(tags)) {
    if (!slash) {
      if (!whole.endsWith('/>')) open.push(name);
      continue;
    }
    const last = open.pop();
    if (last === name) continue;
    const what = last ? `closes <${name}> while <${last}> is open` : `closes <${name}>, which is not open`;
    return [...found, { line: lineAt(index), what }];
  }
  const left = open.pop();
  return left ? [...found, { line: lineAt(source.length), what: `ends while <${left}> is open` }] : found;
}
