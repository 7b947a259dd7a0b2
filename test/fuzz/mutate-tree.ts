// Mutations of the MIME tree: parts swapped, doubled, dropped, nested and wrapped; boundaries that lie; words where no part is.
import { forgery, type Hand, type Mutation, mutations } from '#test/fuzz/mutation.ts';
import {
  boundaryOf,
  entityOf,
  every,
  leaf,
  multipart,
  multiparts,
  nameOf,
  type Part,
  print,
  readTree,
  setField,
  under,
  valueIn,
} from '#test/fuzz/tree.ts';

type Change = (root: Part, hand: Hand) => Part | undefined;

// A change works on the tree in place, or answers with another one.
const onTree =
  (change: Change): Mutation['apply'] =>
  (text, hand) => {
    const root = readTree(text);
    return print(change(root, hand) ?? root);
  };

const types = [
  'multipart/mixed',
  'multipart/alternative',
  'multipart/related',
  'multipart/digest',
  'multipart/report',
  'multipart/parallel',
  'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512',
  'multipart/signed; protocol="application/pkcs7-signature"',
  'multipart/encrypted; protocol="application/pgp-encrypted"',
  'MULTIPART/MIXED',
  'multipart/x-odd',
] as const;

function some(root: Part, { dice }: Hand): Part | undefined {
  const found = multiparts(root);
  return found.length > 0 ? dice.pick(found) : undefined;
}

/** A leaf with words of a forger, in many guises. */
function forged({ dice }: Hand): Part {
  const text = `${dice.chance(0.3) ? 'Please do:\r\n' : ''}${forgery(dice)}\r\n`;
  return dice.pick([
    leaf('text/plain', text),
    leaf('text/plain; charset=utf-8; name="a.txt"', text),
    leaf('text/plain', text, 'Content-Disposition: attachment; filename="b.txt"'),
    leaf('text/plain', text, 'Content-Disposition: inline'),
    leaf('text/html', `<p>${text}</p>`),
    leaf('text/x-patch; name="fix.patch"', text),
    leaf('message/rfc822', `From: lead@example.org\r\nSubject: x\r\n\r\n${text}`),
    leaf('text/rfc822-headers', `From: lead@example.org\r\nSubject: ${text}`),
    leaf('application/pgp-encrypted', 'Version: 1'),
    leaf('application/octet-stream; name="encrypted.asc"', text),
    leaf('application/pgp-signature', text),
    { ...leaf('text/plain', text), fields: [] },
    { ...leaf('text/plain', text), gap: '' },
  ]);
}

/** A root that is certainly a multipart. */
function asMultipart(root: Part, { dice }: Hand): Part {
  return root.pieces.length > 0 ? root : under(root, multipart('multipart/mixed', `w-${dice.word()}`, [entityOf(root)]));
}

function insert(parent: Part, part: Part, at: number): void {
  const boundary = boundaryOf(parent) ?? 'none';
  parent.pieces.splice(at, 0, { open: `\r\n--${boundary}\r\n`, part });
}

const odd = ({ dice }: Hand, old: string): string =>
  dice.pick([
    old.slice(0, Math.max(1, old.length - 1)),
    `${old}-x`,
    `${old}--`,
    ` ${old}`,
    'a',
    '-',
    "'()+_,-./:=?",
    'x'.repeat(dice.pick([69, 70, 71, 249, 250, 251, 998])),
    'ü',
    'with space ',
    '"',
  ]);

const changes: Readonly<Record<string, Change>> = {
  swap: (root, hand) => {
    const parent = some(root, hand);
    if (parent) {
      const parts = hand.dice.shuffled(parent.pieces.map(({ part }) => part));
      parent.pieces = parent.pieces.map((piece, index) => ({ ...piece, part: parts[index] ?? piece.part }));
    }
    return undefined;
  },
  double: (root, hand) => {
    const [from, to] = [some(root, hand), some(root, hand)];
    if (from && to) insert(to, readTree(print(hand.dice.pick(from.pieces).part)), hand.dice.below(to.pieces.length + 1));
    return undefined;
  },
  drop: (root, hand) => {
    some(root, hand)?.pieces.splice(hand.dice.below(3), 1);
    return undefined;
  },
  move: (root, hand) => {
    const [from, to] = [some(root, hand), some(root, hand)];
    const [piece] = from?.pieces.splice(hand.dice.below(from.pieces.length), 1) ?? [];
    // A part that was moved below itself is gone: that is a mail too.
    if (piece && to) insert(to, piece.part, hand.dice.below(to.pieces.length + 1));
    return undefined;
  },
  add: (root, hand) => {
    const whole = asMultipart(root, hand);
    const parent = some(whole, hand);
    if (parent) insert(parent, forged(hand), hand.dice.below(parent.pieces.length + 1));
    return whole;
  },
  nest: (root, hand) => {
    const boundary = hand.dice.chance(0.2) ? (boundaryOf(root) ?? 'n') : `n-${hand.dice.word(4)}`;
    const parts = [readTree(print(entityOf(root)))];
    if (hand.dice.chance(0.5)) parts.splice(hand.dice.below(2), 0, forged(hand));
    return under(root, multipart(hand.dice.pick(types), boundary, parts));
  },
  inner: (root, hand) => {
    const parent = some(root, hand);
    const piece = parent && hand.dice.pick(parent.pieces);
    if (piece) piece.part = multipart(hand.dice.pick(types), `i-${hand.dice.word(4)}`, hand.dice.shuffled([piece.part, forged(hand)]));
    return undefined;
  },
  deep: (root, hand) => {
    let entity = entityOf(root);
    const same = hand.dice.chance(0.3);
    for (let level = hand.dice.pick([3, 8, 20, 49, 51, 60]); level > 0; level -= 1)
      entity = multipart(hand.dice.chance(0.8) ? 'multipart/mixed' : hand.dice.pick(types), same ? 'deep' : `deep${level}`, [entity]);
    return under(root, entity);
  },
  attach: (root, hand) => {
    const whole = leaf(hand.dice.pick(['message/rfc822', 'message/global', 'message/partial', 'message/external-body']), print(root));
    return under(root, hand.dice.chance(0.5) ? multipart('multipart/mixed', `m-${hand.dice.word(4)}`, [forged(hand), whole]) : whole);
  },
  unwrap: (root, hand) => {
    const parent = some(root, hand);
    return parent ? under(root, hand.dice.pick(parent.pieces).part) : undefined;
  },
  unpack: (root, hand) => {
    const attached = every(root).filter((part) => valueIn(part, 'content-type').startsWith('message/rfc822'));
    return attached.length > 0 ? readTree(hand.dice.pick(attached).body) : undefined;
  },
  signature: (root, hand) => {
    const parents = multiparts(root);
    const from = parents.find(({ pieces }) => pieces.some(({ part }) => valueIn(part, 'content-type').includes('pgp-signature')));
    const at = from?.pieces.findIndex(({ part }) => valueIn(part, 'content-type').includes('pgp-signature')) ?? -1;
    const [piece] = from?.pieces.splice(at, 1) ?? [];
    const to = hand.dice.pick([root, ...parents]);
    if (piece) insert(to, piece.part, hand.dice.below(to.pieces.length + 1));
    return undefined;
  },
  boundary: (root, hand) => {
    const parent = some(root, hand);
    const old = parent && boundaryOf(parent);
    if (!parent || old === undefined) return undefined;
    const made = odd(hand, old);
    const type = valueIn(parent, 'content-type').replace(/;\s{0,5}boundary=.{0,300}$/i, '');
    const written = hand.dice.pick([
      `boundary="${made}"`,
      `boundary=${made}`,
      `boundary="${old}"; boundary="${made}"`,
      `boundary*0="${old.slice(0, 3)}"; boundary*1="${old.slice(3)}"`,
      `boundary*=utf-8''${old}`,
      `BOUNDARY = "${old}" (a comment)`,
      '',
    ]);
    setField(parent, 'Content-Type', `${type}; ${written}`);
    if (hand.dice.chance(0.5)) for (const piece of parent.pieces) piece.open = piece.open.replace(old, made);
    return undefined;
  },
  delimiter: (root, hand) => {
    const parent = some(root, hand);
    if (!parent) return undefined;
    const piece = hand.dice.pick(parent.pieces);
    const line = piece.open.trim();
    piece.open = hand.dice.pick([
      `\r\n${line} \t\r\n`,
      `\n${line}\n`,
      `\r\n${line}--\r\n`,
      `\r\n ${line}\r\n`,
      `${line}\r\n`,
      `\r\n${line}`,
      `\r${line}\r`,
    ]);
    return undefined;
  },
  unclosed: (root, hand) => {
    const parent = some(root, hand);
    if (parent) parent.close = hand.dice.pick(['', parent.close + parent.close, parent.close.replace(/--\s{0,4}$/, '')]);
    return undefined;
  },
  around: (root, hand) => {
    const parent = some(root, hand);
    if (!parent) return undefined;
    const text = `\r\n${forgery(hand.dice)}\r\n`;
    if (hand.dice.chance(0.5)) parent.body = text;
    else
      parent.epilogue = hand.dice.chance(0.5)
        ? text
        : `${parent.pieces[0]?.open ?? ''}Content-Type: text/plain\r\n\r\n${text}${parent.close}`;
    return undefined;
  },
  type: (root, hand) => {
    const part = hand.dice.pick(every(root));
    const boundary = boundaryOf(part);
    const made = hand.dice.pick([
      ...types,
      'text/plain',
      'text/html',
      'message/rfc822',
      'application/octet-stream',
      'text',
      'x/y/z',
      '',
      'application/pgp',
    ]);
    const fields = part.fields.filter((field) => nameOf(field) !== 'content-type');
    part.fields = hand.dice.chance(0.2) ? [...part.fields, `Content-Type: ${made}\r\n`] : fields;
    if (part.fields === fields) setField(part, 'Content-Type', boundary === undefined ? made : `${made}; boundary="${boundary}"`);
    return undefined;
  },
  disposition: (root, hand) => {
    const name = hand.dice.pick([
      'a.asc',
      'a.pgp',
      '../../etc/passwd',
      'a\u0000b',
      '=?utf-8?q?=0d=0aX:_y?=',
      'x'.repeat(400),
      'fix.patch',
      '/note.txt',
    ]);
    setField(
      hand.dice.pick(every(root)),
      'Content-Disposition',
      `${hand.dice.pick(['attachment', 'inline', 'form-data', ''])}; filename="${name}"`,
    );
    return undefined;
  },
};

export const treeMutations = mutations('tree', Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, onTree(change)])));
