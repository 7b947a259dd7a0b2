// A copy of the hidden header fields in the text of an encrypted letter, for readers that decrypt and know no protected header (RFC 9788 §2.1.2).

/** The Content-Type parameter of a part that begins with such a copy. */
export const marked = 'hp-legacy-display="1"';

const divClass = 'header-protection-legacy-display';

/** A hidden field as people read it: its value decoded, on one line. */
export interface Shown {
  readonly name: string;
  readonly value: string;
}

/** A plain text with the fields before it: a line each, then one empty line (RFC 9788 §5.2.2). */
export function withFields(text: string, fields: readonly Shown[]): string {
  return `${lines(fields)}\n${text}`;
}

/** A page with the fields as the first thing in its body (RFC 9788 §5.2.3). */
export function withFieldsInHtml(html: string, fields: readonly Shown[]): string {
  const escaped = lines(fields).trimEnd().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const body = /<body\b[^<>]{0,2000}>/i.exec(html);
  const at = body ? body.index + body[0].length : 0;
  return `${html.slice(0, at)}\n<div class="${divClass}"><pre>${escaped}</pre></div>\n${html.slice(at)}`;
}

function lines(fields: readonly Shown[]): string {
  return fields.map(({ name, value }) => `${name}: ${value.replace(/[\p{Cc}\p{Zl}\p{Zp}]{1,}/gu, ' ').trim()}\n`).join('');
}

/** A marked plain text (LF) without its leading lines up to and with the first empty one (RFC 9788 §4.5.3.2); without an empty line, as it is. */
export function withoutFields(text: string): string {
  if (text.startsWith('\n')) return text.slice(1);
  const end = text.indexOf('\n\n');
  return end < 0 ? text : text.slice(end + 2);
}

/** A marked page without the one element that holds the copy (RFC 9788 §4.5.3.3). Where that element holds others it stays: nothing else may vanish. */
export function withoutFieldsInHtml(html: string): string {
  for (const open of html.matchAll(/<div\b[^<>]{0,500}>/gi)) {
    const classes = /\bclass\s{0,5}=\s{0,5}["']?([^"'<>]{0,200})/i.exec(open[0])?.[1]?.split(/\s{1,20}/) ?? [];
    if (!classes.includes(divClass)) continue;
    const from = open.index + open[0].length;
    const end = html.toLowerCase().indexOf('</div', from);
    const close = end < 0 ? -1 : html.indexOf('>', end);
    if (close < 0 || /<div\b/i.test(html.slice(from, end))) return html;
    return html.slice(0, open.index) + html.slice(close + 1);
  }
  return html;
}
