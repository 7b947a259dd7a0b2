// Mutations of words, encodings and bytes: commands where nobody may obey them, labels that do not fit, damage of every kind.
import { forgery, type Hand, type Mutation, mutations } from '#test/fuzz/mutation.ts';
import { leaves, type Part, print, readTree, setField, valueIn } from '#test/fuzz/tree.ts';

type Change = (part: Part, hand: Hand, root: Part) => void;

// Most changes are about one readable leaf.
const onLeaf =
  (change: Change): Mutation['apply'] =>
  (text, hand) => {
    const root = readTree(text);
    const all = leaves(root);
    const readable = all.filter((part) => /^(?:text\/|$)/i.test(valueIn(part, 'content-type')));
    change(hand.dice.pick(readable.length > 0 && hand.dice.chance(0.8) ? readable : all), hand, root);
    return print(root);
  };

const breaks = [
  '\r\n',
  '\n',
  '\r',
  '\u000b',
  '\u000c',
  '\u0085',
  '\u00e2\u0080\u00a8',
  '\u00e2\u0080\u00a9',
  '\u0000\n',
  '<br>',
  '=0A',
  '=\r\n',
] as const;
const unseen = [
  '\u00e2\u0080\u008b',
  '\u00e2\u0080\u00ae',
  '\u00ef\u00bb\u00bf',
  '\u00c2\u00ad',
  '\u00c2\u00a0',
  ' ',
  '\t',
  '\u00e2\u0081\u00a0',
  '\u0000',
] as const;

/** A command as somebody hides it. */
function hidden({ dice }: Hand): string {
  const line = forgery(dice);
  const br = dice.pick(breaks);
  return dice.pick([
    line,
    `${dice.pick(unseen)}${line}`,
    `/${dice.pick(unseen)}${line.slice(1)}`,
    `\u00ef\u00bc\u008f${line.slice(1)}`,
    `> ${line}`,
    `>${line}`,
    `| ${line}`,
    `    ${line}`,
    `\`\`\`${br}${line}${br}\`\`\``,
    `~~~${br}${line}`,
    `-- ${br}${line}`,
    `--${br}${line}`,
    `On Mon, 2 Mar 2026, lead wrote:${br}${line}`,
    `-----Original Message-----${br}From: lead@example.org${br}${line}`,
    `---------- Forwarded message ---------${br}From: Lead <lead@example.org>${br}Subject: x${br}${br}${line}`,
    `/end${br}${line}`,
    `/reply${br}${line}${br}/end`,
    `<div style="display:none">${line}</div>`,
    `<pre>${line}</pre><style>`,
    `=2Fnote FORGED`,
    line.toUpperCase(),
    `-----BEGIN PGP SIGNED MESSAGE-----${br}Hash: SHA512${br}${br}${line}${br}-----BEGIN PGP SIGNATURE-----${br}${br}-----END PGP SIGNATURE-----`,
    `- ${line}`,
  ]);
}

const bodyChanges: Readonly<Record<string, Change>> = {
  top: (part, hand) => {
    part.body = hidden(hand) + hand.dice.pick(breaks) + part.body;
  },
  end: (part, hand) => {
    part.body = part.body + hand.dice.pick(breaks) + hidden(hand);
  },
  between: (part, hand) => {
    const lines = part.body.split(/(?<=\n)/);
    lines.splice(hand.dice.below(lines.length + 1), 0, hidden(hand) + hand.dice.pick(breaks));
    part.body = lines.join('');
  },
  quote: (part, hand) => {
    part.body = part.body.replace(/^/gm, hand.dice.pick(['> ', '>', ' ', '    ', '| ']));
  },
  breaks: (part, hand) => {
    part.body = part.body.replaceAll(/\r?\n/g, hand.dice.pick(breaks));
  },
  slashes: (part, hand) => {
    part.body = part.body.replace(/^\//gm, hand.dice.pick([...unseen.map((one) => `${one}/`), '//', '> /', '/ ', '']));
  },
  shuffle: (part, hand) => {
    part.body = hand.dice.shuffled(part.body.split(/(?<=\n)/).slice(0, 2000)).join('');
  },
  empty: (part) => {
    part.body = '';
  },
  wide: (part, hand) => {
    part.body =
      hand.dice.pick(['a', '> ', '/note x\n', '```\n', '-- \n', '<b>', 'On Mon wrote:\n']).repeat(hand.dice.pick([1000, 30_000])) +
      part.body;
  },
};

const encodings = ['base64', 'quoted-printable', '7bit', '8bit', 'binary', 'x-uuencode', 'BASE64', 'base64 ', 'x-none', ''] as const;
const charsets = [
  'utf-8',
  'us-ascii',
  'iso-8859-1',
  'utf-16',
  'utf-16be',
  'utf-7',
  'iso-2022-jp',
  'gb18030',
  'ibm037',
  'x-none',
  'utf-32',
  'hz-gb-2312',
  'koi8-r',
  '"',
  'utf-8"; name="a.asc',
] as const;

const codingChanges: Readonly<Record<string, Change>> = {
  relabel: (part, { dice }) => setField(part, 'Content-Transfer-Encoding', dice.pick(encodings)),
  recode: (part, { dice }) => {
    const base64 = dice.chance(0.5);
    const bytes = Buffer.from(part.body, 'latin1');
    part.body = base64 ? bytes.toString('base64').replace(/.{76}/g, '$&\r\n') : quoted(part.body);
    setField(part, 'Content-Transfer-Encoding', base64 ? 'base64' : 'quoted-printable');
  },
  damage: (part, { dice }) => {
    const at = dice.below(part.body.length + 1);
    part.body =
      part.body.slice(0, at) +
      dice.pick(['=', '==', '=\r\n', '=ZZ', '!', '\u00ff', '====', '-', 'A']) +
      part.body.slice(at + dice.below(3));
  },
  charset: (part, { dice }) => {
    const type = valueIn(part, 'content-type').replace(/;.*$/s, '') || 'text/plain';
    setField(
      part,
      'Content-Type',
      `${type}; charset=${dice.pick(charsets)}${dice.pick(['', '; format=flowed', '; format=flowed; delsp=yes', '; hp="cipher"', '; protected-headers="v1"'])}`,
    );
  },
  invalid: (part, { dice }) => {
    const at = dice.below(part.body.length + 1);
    part.body =
      part.body.slice(0, at) +
      dice.pick(['\u00c3', '\u00ed\u00a0\u0080', '\u00f4\u0090\u0080\u0080', '\u00c0\u00af', '\u00fe\u00ff', '\u001b$B', '+AC8-note']) +
      part.body.slice(at);
  },
  crlf: (part, { dice }) => {
    part.body = dice.chance(0.5) ? part.body.replaceAll('\r\n', '\n') : part.body.replace(/\r?\n/g, '\r\n');
  },
};

function quoted(text: string): string {
  return text.replace(/[^\t\r\n -<>-~]/g, (char) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

const byteChanges: Readonly<Record<string, Mutation['apply']>> = {
  flip: (text, { dice }) => {
    const bytes = Buffer.from(text, 'latin1');
    for (let count = dice.between(1, 8); count > 0; count -= 1) {
      const at = dice.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << dice.below(8));
    }
    return bytes.toString('latin1');
  },
  insert: (text, { dice }) => {
    const at = dice.below(text.length + 1);
    return (
      text.slice(0, at) +
      dice.pick(['\u0000', '\r', '\n', '\r\n\r\n', '\u00ff', '--', '/', '<', '"', '\u001b', '.\r\n']).repeat(dice.pick([1, 1, 2, 100])) +
      text.slice(at)
    );
  },
  cut: (text, { dice }) => {
    const at = dice.below(text.length);
    return text.slice(0, at) + text.slice(at + dice.pick([1, 10, 100, 1000]));
  },
  double: (text, { dice }) => {
    const at = dice.below(text.length);
    const end = at + dice.pick([1, 10, 100, 1000]);
    return text.slice(0, end) + text.slice(at, end) + text.slice(end);
  },
  end: (text, { dice }) => text.slice(0, dice.below(text.length + 1)),
  prefix: (text, { dice }) =>
    dice.pick(['From lead@example.org Mon Mar  2 09:00:00 2026\r\n', '\r\n', '\u00ef\u00bb\u00bf', ' ', '>From x\n', ':']) + text,
};

const onLeaves = (changes: Readonly<Record<string, Change>>) =>
  Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, onLeaf(change)]));

export const bodyMutations = mutations('body', onLeaves(bodyChanges));
export const codingMutations = mutations('coding', onLeaves(codingChanges));
export const byteMutations = mutations('bytes', byteChanges);
