// The few words a template has besides its fields, and how a template is filled with facts.
import Handlebars from 'handlebars';
import type { Leaf } from '#letter/fact.ts';
import { barred, block, exact, fenced, hung } from '#letter/layout.ts';
import { day, inUtc, shown } from '#time.ts';

/** The two parts a letter can have. */
export type Part = 'text' | 'html';

/** Which facts each word takes, by part. `if`, `unless`, `each` and `is` are in both. */
export const words: { readonly [part in Part]: { readonly [word: string]: readonly Leaf[] } } = {
  text: {
    moment: ['moment'],
    utc: ['moment'],
    day: ['moment'],
    exact: ['line'],
    wrap: ['prose'],
    block: ['prose'],
    hang: ['prose'],
    fence: ['prose'],
    indent: ['prose', 'foreign'],
  },
  html: { moment: ['moment'], utc: ['moment'], day: ['moment'], link: ['line'], paragraphs: ['prose', 'foreign'] },
};

/** What every template may use beside its letter's facts: the team's name, its address, the recipient's name. */
export const always = ['team', 'address', 'recipient'] as const;

/** Fills one template with facts; the zone is an IANA name for `{{moment …}}`. Throws when a field is missing. */
export type Fill = (facts: Readonly<Record<string, unknown>>, zone: string) => string;

type Options = Handlebars.HelperOptions;

/** A link where the text is plainly one (http or https, no quotes or spaces), escaped text otherwise. */
function link(text: string): Handlebars.SafeString {
  const escaped = Handlebars.escapeExpression(text);
  const isLink = /^https?:\/\/[^\s"'<>\\]{1,2000}$/.test(text);
  return new Handlebars.SafeString(isLink ? `<a href="${escaped}">${escaped}</a>` : escaped);
}

// Prose wrapped by hand is one paragraph again; lists, short lines and indented code keep their lines.
function reflowed(lines: string): string {
  return lines.split('\n').reduce((before, line) => {
    const long = (before.split('\n').at(-1) ?? '').length >= 50;
    return long && /^[\p{L}\p{N}("'`]/u.test(line) && !/^\d+[.)]\s/.test(line) ? `${before} ${line}` : `${before}\n${line}`;
  });
}

/** Several lines as paragraphs; line breaks are kept where they mean something. */
function paragraphs(text: string): Handlebars.SafeString {
  const blocks = text.split(/\n{2,}/).filter((lines) => lines.trim() !== '');
  const html = blocks.map((lines) => `<p>${Handlebars.escapeExpression(reflowed(lines)).replaceAll('\n', '<br />')}</p>`);
  return new Handlebars.SafeString(html.join(''));
}

const helpers: { readonly [part in Part]: { [word: string]: Handlebars.HelperDelegate } } = {
  text: { exact, wrap: (text: string) => text, block, hang: hung, fence: fenced, indent: barred },
  html: { link, paragraphs },
};

const both = {
  moment: (at: string, options: Options) => shown(new Date(at), options.data.zone),
  utc: (at: string) => inUtc(new Date(at)),
  day: (at: string) => day(new Date(at)),
  is(this: unknown, value: unknown, wanted: unknown, options: Options) {
    return value === wanted ? options.fn(this) : options.inverse(this);
  },
};

/** Compiles the source of one part. The source has passed `checkTemplate`; for HTML it is what MJML made of it, facts not yet in it. */
export function fillOf(source: string, part: Part): Fill {
  const handlebars = Handlebars.create();
  handlebars.registerHelper({ ...both, ...helpers[part] });
  const known = Object.fromEntries([...Object.keys(both), ...Object.keys(helpers[part])].map((word) => [word, true]));
  const template = handlebars.compile(source, { strict: true, noEscape: part === 'text', knownHelpersOnly: true, knownHelpers: known });
  return (facts, zone) => template(facts, { data: { zone } });
}
