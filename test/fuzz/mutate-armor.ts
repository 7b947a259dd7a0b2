// Mutations of OpenPGP: armor that is cut, relabelled and quoted, and packets that are dropped, doubled, reordered, spliced and bent.
import { deflateRawSync } from 'node:zlib';
import { forgery, type Hand, type Mutation, mutations } from '#test/fuzz/mutation.ts';
import { armored, blocksIn, bytesIn, cut, type Found, packet } from '#test/fuzz/openpgp.ts';

// A change is about one block; what it answers stands in the block's place.
const onBlock =
  (change: (block: Found, hand: Hand) => string | Promise<string>): Mutation['apply'] =>
  async (text, hand) => {
    const found = blocksIn(text);
    if (found.length === 0) return text;
    const block = hand.dice.pick(found);
    return text.slice(0, block.start) + (await change(block, hand)) + text.slice(block.end);
  };

const lineOf = (text: string, { dice }: Hand) => {
  const lines = text.split('\n');
  return { lines, at: dice.between(1, Math.max(1, lines.length - 2)) };
};

const onArmor: Readonly<Record<string, (block: Found, hand: Hand) => string>> = {
  'no-sum': ({ text }) => text.replace(/\r?\n=[A-Za-z0-9+/]{4}(?=\r?\n)/, ''),
  sum: ({ text }, { dice }) => text.replace(/\r?\n=[A-Za-z0-9+/]{4}(?=\r?\n)/, `\n=${dice.pick(['AAAA', 'AAA', '====', 'AAAAA'])}`),
  label: ({ text, label }, { dice }) =>
    text.replaceAll(
      label,
      dice.pick([
        'PGP MESSAGE',
        'PGP SIGNATURE',
        'PGP SIGNED MESSAGE',
        'PGP PUBLIC KEY BLOCK',
        'PGP MESSAGE, PART 1/2',
        'pgp message',
        'PGP ARMORED FILE',
      ]),
    ),
  'one-label': ({ text, label }, { dice }) => text.replace(label, dice.pick(['PGP MESSAGE', 'PGP SIGNATURE', 'PGP SIGNED MESSAGE'])),
  dashes: ({ text }) => text.replace(/^-/gm, '- -'),
  'no-gap': ({ text }) => text.replace(/\r?\n\r?\n/, '\n'),
  gap: ({ text }, hand) => {
    const { lines, at } = lineOf(text, hand);
    lines.splice(
      at,
      0,
      hand.dice.pick([
        '',
        ' ',
        '\r',
        'Comment: x',
        `Hash: SHA512`,
        'Charset: utf-16',
        forgery(hand.dice),
        '-----BEGIN PGP MESSAGE-----',
        '=',
        '\u0000',
      ]),
    );
    return lines.join('\n');
  },
  field: ({ text }, { dice }) =>
    text.replace(
      /\n/,
      `\n${dice.pick(['Charset: utf-7', 'Hash: MD5', 'NotDashEscaped: x', 'Comment: -----END PGP MESSAGE-----', `X: ${'a'.repeat(3000)}`])}\r\n`,
    ),
  quote: ({ text }, { dice }) => text.replace(/^/gm, dice.pick(['> ', ' ', '\t', '- '])),
  trail: ({ text }, { dice }) => text.replace(/\r?\n/g, `${dice.pick([' ', '\t', '   ', '=20'])}\n`),
  twice: ({ text }, { dice }) => `${text}${dice.pick(['\r\n', '', '\r\n\r\n', '\r\ntext\r\n'])}${text}`,
  split: ({ text, label }, hand) => {
    const { lines, at } = lineOf(text, hand);
    return [...lines.slice(0, at), `-----END ${label}-----`, '', `-----BEGIN ${label}-----`, '', ...lines.slice(at)].join('\n');
  },
  drop: ({ text }, hand) => {
    const { lines, at } = lineOf(text, hand);
    lines.splice(at, hand.dice.between(1, 3));
    return lines.join('\n');
  },
  around: ({ text }, { dice }) => `${forgery(dice)}\r\n${text}\r\n${forgery(dice)}\r\n`,
  binary: (block) => bytesIn(block)?.toString('latin1') ?? block.text,
};

type Bend = (packets: Buffer[], hand: Hand) => Buffer[] | Promise<Buffer[]>;

const onPackets = (bend: Bend): Mutation['apply'] =>
  onBlock(async (block, hand) => {
    const bytes = bytesIn(block);
    return bytes && bytes.length > 0 ? armored(Buffer.concat(await bend(cut(bytes), hand)), block.label).trimEnd() : block.text;
  });

function changed(packets: Buffer[], { dice }: Hand, change: (bytes: Buffer) => Buffer): Buffer[] {
  const at = dice.below(packets.length);
  return packets.map((one, index) => (index === at ? change(Buffer.from(one)) : one));
}

const literal = (text: string) => packet(11, Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), Buffer.from(text)]));
const compressed = (bytes: Buffer) => packet(8, Buffer.concat([Buffer.from([1]), deflateRawSync(bytes)]));

const bends: Readonly<Record<string, Bend>> = {
  drop: (packets, { dice }) => packets.filter((_, index) => index !== dice.below(packets.length)),
  double: (packets, { dice }) => [...packets, dice.pick(packets)],
  reorder: (packets, { dice }) => dice.shuffled(packets),
  repeat: (packets, { dice }) => {
    const [first] = packets;
    return first ? [...Array.from({ length: dice.pick([3, 60, 400]) }, () => first), ...packets] : packets;
  },
  splice: async (packets, hand) => {
    const found = blocksIn((await hand.other()).text);
    const theirs = found.length > 0 ? cut(bytesIn(hand.dice.pick(found)) ?? Buffer.alloc(0)) : [];
    return hand.dice.chance(0.5) ? hand.dice.shuffled([...packets, ...theirs]) : [...packets.slice(0, 1), ...theirs, ...packets.slice(1)];
  },
  flip: (packets, hand) =>
    changed(packets, hand, (bytes) => {
      const at = hand.dice.below(Math.min(bytes.length, hand.dice.pick([2, 6, 20, 100_000])));
      bytes[at] = (bytes[at] ?? 0) ^ (1 << hand.dice.below(8));
      return bytes;
    }),
  header: (packets, hand) =>
    changed(packets, hand, (bytes) => {
      bytes[0] = 0xc0 | hand.dice.pick([0, 1, 2, 3, 4, 8, 9, 10, 11, 18, 20, 21, 60, 63]);
      return bytes;
    }),
  length: (packets, hand) =>
    changed(packets, hand, (bytes) => {
      const length = hand.dice.pick([0, 191, 192, 223, 224, 238, 254, 255]);
      bytes[1] = length;
      return bytes;
    }),
  cut: (packets, hand) => changed(packets, hand, (bytes) => bytes.subarray(0, hand.dice.below(bytes.length))),
  wrap: (packets, { dice }) => {
    let whole: Buffer = Buffer.concat(packets);
    for (let times = dice.pick([1, 2, 12]); times > 0; times -= 1) whole = compressed(whole);
    return [whole];
  },
  bomb: (packets, { dice }) => [...packets.slice(0, dice.below(2)), compressed(literal('a'.repeat(2_000_000)))],
  plain: (packets, { dice }) => [...(dice.chance(0.5) ? packets : []), literal(`${forgery(dice)}\r\n`)],
  inside: (packets, { dice }) => {
    const kept = packets.filter((one) => ![11].includes((one[0] ?? 0) & 0x3f));
    const at = dice.below(kept.length + 1);
    return [...kept.slice(0, at), literal(forgery(dice)), ...kept.slice(at)];
  },
  // Without integrity protection (tag 9): never to be opened.
  unprotected: (packets) => packets.map((one) => ((one[0] ?? 0) === 0xd2 ? packet(9, one.subarray(3)) : one)),
  marker: (packets, { dice }) => [
    packet(10, Buffer.from('PGP')),
    ...packets,
    packet(dice.pick([21, 60, 10]), Buffer.alloc(dice.below(50))),
  ],
};

const blocks = Object.entries(onArmor).map(([name, change]): [string, Mutation['apply']] => [name, onBlock(change)]);
export const armorMutations = mutations('armor', Object.fromEntries(blocks));
export const packetMutations = mutations(
  'packet',
  Object.fromEntries(Object.entries(bends).map(([name, bend]) => [name, onPackets(bend)])),
);
