// HTML as text to read: never shown as HTML, never a source of commands, never a reason to fail.
import { convert, type HtmlToTextOptions } from 'html-to-text';

const longest = 1_000_000;
const deepest = 200;

const options: HtmlToTextOptions = {
  wordwrap: false,
  limits: { maxDepth: deepest + 50, maxInputLength: longest, maxChildNodes: 50_000, maxBaseElements: 5, ellipsis: '' },
  selectors: [
    { selector: 'head', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
    { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
  ],
};

const noEnd = new Set([
  'br',
  'img',
  'hr',
  'meta',
  'link',
  'input',
  'col',
  'area',
  'base',
  'wbr',
  'source',
  'p',
  'li',
  'td',
  'tr',
  'th',
  'dt',
  'dd',
  'option',
]);

// An upper bound of how deep the tags nest. Tag parsers search their stack of open elements: a bomb must not reach them.
function depth(html: string): number {
  let now = 0;
  let most = 0;
  for (const match of html.matchAll(/<(\/?)([a-z][a-z0-9:]{0,30})/gi)) {
    if (noEnd.has((match[2] ?? '').toLowerCase())) continue;
    now = match[1] === '/' ? Math.max(0, now - 1) : now + 1;
    most = Math.max(most, now);
  }
  return most;
}

// The crude way, for what a parser should not see: tags go, blocks become lines.
function stripped(html: string): string {
  return html
    .replace(/<(?:br|p|div|tr|li|h[1-6]|blockquote|pre)\b[^<>]{0,2000}>/gi, '\n')
    .replace(/<[^<>]{0,2000}>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Readable text of HTML: blockquotes become `> ` lines, links keep their address, pictures and styles go. Reads at most 1 MB; never throws. */
export function htmlText(html: string): string {
  const bounded = html.slice(0, longest);
  if (depth(bounded) > deepest) return stripped(bounded);
  try {
    return convert(bounded, options).replace(/[ \t]{1,200}$/gm, '');
  } catch {
    return stripped(bounded);
  }
}
