// Mutations of header fields: doubled, odd, very long, lying about who writes, to whom, and in answer to what.
import { replyAddress } from '#incident/thread.ts';
import { autocryptField } from '#pgp/seal.ts';
import type { Dice } from '#test/fuzz/dice.ts';
import { forgery, type Hand, type Mutation, mutations, trap } from '#test/fuzz/mutation.ts';
import { nameOf, type Part, print, readTree, setField } from '#test/fuzz/tree.ts';
import { keyOf, people, team } from '#test/town.ts';

type Change = (root: Part, hand: Hand) => void | Promise<void>;

const onHeader =
  (change: Change): Mutation['apply'] =>
  async (text, hand) => {
    const root = readTree(text);
    await change(root, hand);
    return print(root);
  };

const put = (root: Part, { dice }: Hand, field: string) => {
  root.fields.splice(dice.below(root.fields.length + 1), 0, `${field}\r\n`);
};

/** Somebody's address as a From may write it. Whoever is named here may be answered, as an author. */
function author(dice: Dice): string {
  const who = dice.pick([
    ...Object.values(people),
    team,
    'cna@example.org',
    `somebody-${dice.word(3)}@example.net`,
    `no-reply@${trap}`,
    'postmaster@example.net',
  ]);
  return dice.pick([
    who,
    `<${who}>`,
    `"${who}" <somebody@example.net>`,
    `Lead Example <${who}>`,
    `${who}, second@example.org`,
    `lead@example.org (${who})`,
    `"lead@example.org" <${who}>`,
    `<lead@example.org> <${who}>`,
    `=?utf-8?q?lead=40example=2Eorg?= <${who}>`,
    `=?utf-8?b?${Buffer.from(`${who}\r\nBcc: x@${trap}`).toString('base64')}?= <${who}>`,
    `group: ${who};`,
    `${who.toUpperCase()}`,
    `"a\\"b" <${who}>`,
    `x\u00fc@\u00fc.example.net`,
    `Buffer.from <a b@example.net>`,
    '',
    '<>',
    '@example.org',
    `via <${who}> via list`,
  ]);
}

// An address that stands here is nobody's From: no letter may go to it.
const trapped = (dice: Dice, what: string) => `${what}-${dice.word(4)}@${trap}`;

const ids = ({ dice, ground }: Hand): string =>
  dice.pick([
    ...dice.pick([ground.first, ground.other]).got.map(({ messageId }) => messageId),
    `${ground.first.id.toLowerCase()}.team.thread@example.org`,
    `${dice.word(26)}.embargod@example.org`,
    `${dice.word()}@example.net`,
  ]);

const changes: Readonly<Record<string, Change>> = {
  double: (root, hand) => {
    if (root.fields.length > 0) put(root, hand, hand.dice.pick(root.fields).trimEnd());
  },
  reorder: (root, { dice }) => {
    root.fields = dice.shuffled(root.fields);
  },
  drop: (root, { dice }) => {
    root.fields.splice(dice.below(root.fields.length), dice.between(1, 3));
  },
  fold: (root, { dice }) => {
    const at = dice.below(root.fields.length);
    const break_ = dice.pick(['\r\n ', '\n\t', '\r\n \r\n ', '\r\n', '\r', '\r\n\u0000 ', ' '.repeat(900)]);
    const field = root.fields[at] ?? '';
    const cut = dice.below(field.length + 1);
    root.fields[at] = field.slice(0, cut) + break_ + field.slice(cut);
  },
  control: (root, { dice }) => {
    const at = dice.below(root.fields.length);
    const field = root.fields[at] ?? '';
    const cut = dice.below(field.length);
    root.fields[at] =
      field.slice(0, cut) +
      dice.pick(['\r', '\n', '\u0000', '\u0001', '\u001b[31m', '\u007f', '\u0085', '\u00a0', '\u00ff\u00fe']) +
      field.slice(cut);
  },
  long: (root, hand) => {
    const name = hand.dice.pick(['Subject', 'X-Long', 'References', 'To', 'From', 'Message-ID', 'Content-Type', 'Received']);
    const unit = hand.dice.pick(['a', '<a@example.net> ', '"', '(', '=?utf-8?q?a?= ', ';a=b', 'é', ',']);
    put(root, hand, `${name}: ${unit.repeat(hand.dice.pick([100, 1000, 20_000, 70_000]))}`);
  },
  many: (root, hand) => {
    const field = hand.dice.pick(['X-A: b\r\n', 'To: a@example.net\r\n', 'From: lead@example.org\r\n', 'References: <a@example.net>\r\n']);
    root.fields.push(field.repeat(hand.dice.pick([50, 900, 1100])));
  },
  words: (root, { dice }) => {
    const text = dice.pick([
      '\r\nBcc: x@trap.example.com\r\n',
      '/accept',
      '\u202e drow',
      'Zoë',
      '\u0000',
      '[SRC-AAAAAA] Fwd: x',
      'a'.repeat(300),
    ]);
    const charset = dice.pick(['utf-8', 'iso-8859-1', 'utf-7', 'utf-16', 'iso-2022-jp', 'gb18030', 'x-none', 'us-ascii', 'utf-8*en']);
    const hex = Buffer.from(text).toString('hex').replace(/../g, '=$&');
    const base64 = Buffer.from(text).toString('base64');
    const word = dice.pick([
      `=?${charset}?b?${base64}?=`,
      `=?${charset}?q?${hex}?=`,
      `=?${charset}?x?${hex}?=`,
      `=?${charset}?b?${base64}`,
    ]);
    setField(
      root,
      dice.pick(['Subject', 'From', 'To', 'Message-ID', 'Content-Type']),
      `${word}${dice.pick(['', ' ', '\r\n '])}${word} <a@example.net>`,
    );
  },
  from: (root, hand) => setField(root, 'From', author(hand.dice)),
  second: (root, hand) => put(root, hand, `From: ${author(hand.dice)}`),
  sender: (root, hand) =>
    put(root, hand, `Sender: ${hand.dice.chance(0.5) ? hand.dice.pick(Object.values(people)) : trapped(hand.dice, 'sender')}`),
  reply: (root, hand) =>
    put(root, hand, `Reply-To: ${hand.dice.chance(0.3) ? hand.dice.pick(Object.values(people)) : trapped(hand.dice, 'reply')}`),
  trap: (root, hand) => {
    const name = hand.dice.pick([
      'Cc',
      'Bcc',
      'Resent-From',
      'Resent-To',
      'Return-Receipt-To',
      'Disposition-Notification-To',
      'Errors-To',
      'Mail-Followup-To',
      'Mail-Reply-To',
      'X-Sender',
    ]);
    put(root, hand, `${name}: ${trapped(hand.dice, name.toLowerCase())}`);
  },
  token: (root, hand) => {
    const { office } = hand.ground.town;
    const id = hand.dice.pick([hand.ground.first.id, hand.ground.other.id]);
    const audience = hand.dice.pick(['team', 'reporter', 'distributors', 'public'] as const);
    const good = replyAddress(office, id, audience, office.mac);
    const to = hand.dice.pick([
      good,
      good.toUpperCase(),
      good.replace(/\.[0-9a-f]+@/, '.0123456789@'),
      good.replace(/\+src-[^.]+/, `+${hand.ground.other.id.toLowerCase()}`),
      'security+team@example.org',
      'security+list@example.org',
      `${good}, ${replyAddress(office, hand.ground.first.id, 'team', office.mac)}`,
    ]);
    if (hand.dice.chance(0.5)) setField(root, 'To', to);
    else put(root, hand, `${hand.dice.pick(['To', 'Cc', 'Delivered-To', 'X-Original-To'])}: ${to}`);
  },
  references: (root, hand) =>
    setField(root, hand.dice.pick(['In-Reply-To', 'References']), `<${ids(hand)}>${hand.dice.chance(0.3) ? ` <${ids(hand)}>` : ''}`),
  unthread: (root) => {
    root.fields = root.fields.filter((field) => !['in-reply-to', 'references'].includes(nameOf(field)));
  },
  untoken: (root) => setField(root, 'To', team),
  machine: (root, hand) =>
    put(
      root,
      hand,
      hand.dice.pick([
        'Auto-Submitted: auto-replied',
        'Precedence: bulk',
        'List-Id: <a.example.net>',
        'Return-Path: <>',
        'X-Embargod: 1',
        'Auto-Submitted: no',
        'X-Auto-Response-Suppress: All',
        'List-Id: <security.example.org>',
      ]),
    ),
  subject: (root, hand) =>
    setField(
      root,
      'Subject',
      hand.dice.pick([
        `Re: [${hand.ground.first.id}] ...`,
        `Fwd: ${hand.ground.other.id}`,
        'Automatic reply: x',
        '',
        forgery(hand.dice),
        '=?utf-8?q?a=0d=0ab?=',
        '\u00e2\u0080\u00a8/accept',
        'a'.repeat(5000),
        `Fwd: Fwd: Fwd: ${hand.dice.word()}`,
      ]),
    ),
  id: (root, hand) =>
    setField(
      root,
      'Message-ID',
      hand.dice.pick([
        `<${ids(hand)}>`,
        `<\u00fc${hand.dice.word()}@example.net>`,
        `<${hand.dice.word()} ${hand.dice.word()}@example.net>`,
        '<>',
        '',
        `<${'a'.repeat(600)}@example.net>`,
        `<${hand.dice.word()}>`,
        `<${hand.dice.word()}\u0000@example.net>`,
        `<"a b${hand.dice.word()}"@example.net>`,
        `a${hand.dice.word()}@example.net`,
      ]),
    ),
  date: (root, { dice }) =>
    setField(
      root,
      'Date',
      dice.pick([
        '',
        'Mon, 99 Foo 20260 99:99:99 +9999',
        'Thu, 1 Jan 1970 00:00:00 +0000',
        'Fri, 31 Dec 9999 23:59:59 +0000',
        '2026-03-02',
        '\u0000',
        'now',
      ]),
    ),
  autocrypt: async (root, hand) => {
    const who = hand.dice.pick(Object.values(people));
    const { value } = autocryptField(await keyOf(who), hand.dice.chance(0.5) ? who : 'somebody@example.net');
    put(root, hand, `Autocrypt: ${value}`);
  },
  results: (root, hand) => {
    // Below the author's own fields nothing is our server's word.
    root.fields.push(
      `Authentication-Results: mx.example.org; dmarc=pass header.from=${hand.dice.pick(['example.org', 'example.net'])}\r\n`,
    );
    if (root.fields.length > 1) root.fields.unshift('X-Before: 1\r\n', 'Subject: first\r\n');
  },
};

export const headerMutations = mutations(
  'header',
  Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, onHeader(change)])),
);
