// One mail on the page: who to whom, how sealed, what it says, with command lines and what became of them.
import type { Shown } from '#demo/archive.ts';
import { relayed } from '#demo/letter.ts';
import { cast, roles, team } from '#demo/people.ts';
import type { Outcome, Remark } from '#demo/record.ts';

/** Mails that say the same to several people stand in one card. */
export interface Card {
  readonly mails: readonly Shown[];
  readonly remark: Remark | undefined;
}

const longest = 16;

/** Puts the mails of a scene into cards, in order. */
export function cardsOf(mails: readonly Shown[], remarks: ReadonlyMap<string, Remark>): Card[] {
  const groups = new Map<string, Shown[]>();
  for (const mail of mails) {
    const key = mail.box === team.address ? mail.eml : JSON.stringify([mail.at, mail.from, mail.subject, mail.text, mail.sealed]);
    groups.set(key, [...(groups.get(key) ?? []), mail]);
  }
  const place = ({ box }: Shown) => roles.findIndex((role) => cast[role].address === box);
  return [...groups.values()].map((group) => ({
    mails: group.toSorted((one, other) => place(one) - place(other)),
    remark: remarks.get(group[0]?.id ?? ''),
  }));
}

/** Text as HTML text; also fit for attributes in double quotes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Cards as HTML articles, in order. Routine mails that follow each other (answers to commands, copies to the other members) are folded into one. */
export function cardsHtml(cards: readonly Card[]): string {
  const parts: string[] = [];
  let routine: Card[] = [];
  const fold = () => {
    if (routine.length > 0) parts.push(routineHtml(routine));
    routine = [];
  };
  for (const card of cards) {
    const [mail] = card.mails;
    if (mail && isRoutine(mail)) routine.push(card);
    else {
      fold();
      parts.push(cardHtml(card));
    }
  }
  fold();
  return parts.join('\n');
}

function cardHtml({ mails, remark }: Card): string {
  const [mail] = mails;
  if (!mail) return '';
  const kind = remark?.forged ? 'forged' : mail.fromAddress === team.address ? 'ours' : 'theirs';
  return `<article class="mail ${kind}"><header>${headHtml(mails, remark)}</header>${noteHtml(remark)}${bodyHtml(mail, remark)}${htmlPart(mail)}${footHtml(mails)}</article>`;
}

function routineHtml(cards: readonly Card[]): string {
  const told = cards.map(({ mails }) => {
    const names = mails.map(({ to }) => escaped(to)).join(' and ');
    return /Your commands$/.test(mails[0]?.subject ?? '')
      ? `tells ${names} what became of the commands`
      : `shows ${names} what was written`;
  });
  const time = cards[0]?.mails[0]?.at.toISOString() ?? '';
  const summary = `<time datetime="${time}">${time.slice(11, 16)}</time> embargod ${told.join(', and ')}`;
  return `<details class="routine"><summary>${summary}</summary>${cards.map(cardHtml).join('\n')}</details>`;
}

function isRoutine({ subject, text, fromAddress }: Shown): boolean {
  if (fromAddress !== team.address) return false;
  if (/Your commands$/.test(subject))
    return !/^ {6}(?:Refused\.|Proposed: )|^ {2}\/status$/m.test(text.replace(/^ {2}\/status\n {6}Ignored\./gm, ''));
  return relayed('incident commander|fix lead|member').test(subject) && !/^Take care:/m.test(text);
}

function headHtml(mails: readonly Shown[], remark: Remark | undefined): string {
  const [mail] = mails;
  if (!mail) return '';
  const who = mail.from === 'the team’s address' ? 'embargod' : mail.from;
  const from = remark?.forged ? `<s>${escaped(who)}</s> Mallory` : escaped(who);
  const to = mails.map(({ to: name }) => escaped(name === 'the team’s address' ? 'security@example.org' : name)).join(', ');
  const time = mail.at.toISOString();
  return `<span class="way"><time datetime="${time}">${time.slice(11, 16)}</time> <b>${from}</b> <i>to</i> <b>${to}</b></span><span class="badges">${badges(mails, remark)}</span><span class="subject">${escaped(mail.subject)}</span>`;
}

function badges(mails: readonly Shown[], remark: Remark | undefined): string {
  const [mail] = mails;
  if (!mail) return '';
  const made: string[] = [];
  const badge = (kind: string, text: string, title: string) =>
    made.push(`<span class="badge ${kind}" title="${escaped(title)}">${escaped(text)}</span>`);
  if (remark?.forged) badge('bad', 'forged', 'Not from whom it claims to be');
  if (mail.sealed)
    badge(
      'sealed',
      mails.length > 1 ? `sealed, ${mails.length} mails` : 'sealed',
      mails.length > 1 ? 'A mail for each, encrypted to each one’s own key' : 'Encrypted to the recipient’s key',
    );
  else badge('clear', 'in clear', 'Not encrypted');
  if (mail.signedBy) badge('signed', `signed by ${mail.signedBy}`, 'The signature is good and covers the whole text');
  else badge('plain', 'not signed', 'Nothing proves the sender');
  return made.join('');
}

function noteHtml(remark: Remark | undefined): string {
  return remark?.note ? `<p class="note">${escaped(remark.note)}</p>` : '';
}

function bodyHtml(mail: Shown, remark: Remark | undefined): string {
  const { own, quote } = split(mail);
  const outcomes = remark?.outcomes;
  const lines = own.split('\n').map((line) => lineHtml(line, outcomes));
  const first = lines.slice(0, lines.length > longest + 4 ? longest : lines.length);
  const rest = lines.slice(first.length);
  const more =
    rest.length > 0 ? `<details class="more"><summary>${rest.length} more lines</summary><pre>${rest.join('\n')}</pre></details>` : '';
  const folded = quote ? `<details class="more"><summary>quoted below</summary><pre class="quote">${escaped(quote)}</pre></details>` : '';
  return `<pre>${first.join('\n')}</pre>${more}${folded}`;
}

/** What people wrote themselves, and what their mail program quoted below. */
function split({ text, fromAddress }: Shown): { own: string; quote: string } {
  const at = fromAddress === team.address ? -1 : text.search(/^On .{10,120} wrote:$/m);
  return at < 0 ? { own: text, quote: '' } : { own: text.slice(0, at).trimEnd(), quote: text.slice(at) };
}

const signs: Readonly<Record<Outcome, string>> = { done: '✓ done', refused: '✗ refused', 'not reached': '– not reached' };

function lineHtml(line: string, outcomes: ReadonlyMap<string, Outcome> | undefined): string {
  const outcome = outcomes?.get(line.trim());
  if (outcome)
    return `<span class="command ${outcome === 'done' ? 'done' : 'refused'}">${escaped(line)}</span> <span class="outcome ${outcome === 'done' ? 'done' : 'refused'}">${signs[outcome]}</span>`;
  const [, indent = '', command] = /^( {0,2})(\/[a-z][a-z-]*(?: .*)?)$/.exec(line) ?? [];
  if (command === '/end') return `<span class="end">${escaped(line)}</span>`;
  if (command !== undefined) return `${indent}<span class="command">${escaped(command)}</span>`;
  const said = /^ {6}(Done|Refused|Not reached)\.$/.exec(line)?.[1];
  if (said) return `<span class="outcome ${said === 'Done' ? 'done' : 'refused'}">${escaped(line)}</span>`;
  return /^Take care: /.test(line) ? `<span class="outcome refused">${escaped(line)}</span>` : escaped(line);
}

function htmlPart({ html, subject }: Shown): string {
  if (html === undefined) return '';
  return `<details class="html" open><summary>the HTML part of this mail</summary><iframe sandbox="" title="${escaped(subject)}" srcdoc="${escaped(html)}"></iframe></details>`;
}

function footHtml(mails: readonly Shown[]): string {
  const [mail] = mails;
  if (!mail) return '';
  const links = mails.map(
    ({ eml, readable, to }) =>
      `<a href="${escaped(eml)}">${mails.length > 1 ? escaped(to) : 'as it went over the wire'}</a> (<a href="${escaped(readable)}">text</a>)`,
  );
  const outside = mail.outside !== undefined && mail.sealed ? `<span>outside it says only “${escaped(mail.outside)}”</span>` : '';
  const carried = mail.attachments.length > 0 ? `<span>carries ${escaped(mail.attachments.join(', '))}</span>` : '';
  return `<footer>${outside}${carried}<span>${mails.length > 1 ? 'as they went over the wire: ' : ''}${links.join(' · ')}</span></footer>`;
}
