// A guard before the library's reader of packets: every list of them is counted first, wherever its bytes come from.
import * as openpgp from 'openpgp';
import { headAt, type Length, lengthAt, tags } from '#pgp/packet.ts';

/**
 * Packets in one list. The library takes up to 20 microseconds for each, however small, and a mail may unpack to 25 million of them. A message of
 * people has a session key packet for each reader and a few others; a key that many signed has thousands.
 */
const most = { sessionKeys: 5000, inMessage: 200, inKey: 3000 };

const { packet: kinds } = openpgp.enums;

/**
 * The bytes of a packet list (RFC 9580 §4.2) as the library may read them: not too many packets, and a body that comes in pieces
 * (§4.2.1.4) put together, since the library takes a microsecond and more for a piece of one octet. Throws for a broken header or length, and
 * for more packets than a message or a key has.
 */
export function bounded(bytes: Uint8Array): Uint8Array {
  const count = { sessionKeys: 0, others: 0 };
  let mostOthers = most.inMessage;
  let whole: Uint8Array | undefined;
  let written = 0;
  for (let at = 0; at < bytes.length; ) {
    const head = headAt(bytes, at);
    if (!head) throw broken();
    const { tag, start, length, form } = head;
    if (at === 0 && (tag === tags.publicKey || tag === tags.secretKey)) mostOthers = most.inKey;
    const wraps = tag === kinds.publicKeyEncryptedSessionKey || tag === kinds.symEncryptedSessionKey;
    count[wraps ? 'sessionKeys' : 'others'] += 1;
    if (count.sessionKeys > most.sessionKeys || count.others > mostOthers) throw new Error('There are too many packets in this.');
    if (form === 'partial' && !whole) {
      // A header made anew is at most four octets longer than the one it stands for.
      whole = new Uint8Array(bytes.length + 4 * (most.sessionKeys + most.inKey));
      whole.set(bytes.subarray(0, at));
      written = at;
    }
    const end =
      form === 'partial' && whole ? joined(bytes, head, whole, written) : { at: start + length, written: written + start + length - at };
    if (form !== 'partial') whole?.set(bytes.subarray(at, end.at), written);
    ({ at, written } = end);
  }
  return whole ? whole.subarray(0, written) : bytes;
}

/** Writes a packet that comes in pieces as one with a length of five octets; where the next one begins, and how much is written. */
function joined(bytes: Uint8Array, head: Length & { tag: number }, out: Uint8Array, from: number): { at: number; written: number } {
  let written = from + 6;
  let piece: Length = head;
  for (;;) {
    const { start, length } = piece;
    // Pieces of a few octets are copied faster without a view for each.
    if (length < 32) for (let octet = 0; octet < length; octet++) out[written + octet] = bytes[start + octet] ?? 0;
    else out.set(bytes.subarray(start, start + length), written);
    written += length;
    if (piece.form !== 'partial') break;
    const next = lengthAt(bytes, start + length);
    if (!next) throw broken();
    piece = next;
  }
  out.set([0xc0 | head.tag, 0xff], from);
  new DataView(out.buffer, out.byteOffset).setUint32(from + 2, written - from - 6);
  return { at: piece.start + piece.length, written };
}

const broken = () => new Error('There is no whole packet here.');

/** What the library hands its reader of packets: bytes, or pieces of them that it still makes. */
type Given = Uint8Array | { readToEnd(join: (pieces: Uint8Array[]) => Uint8Array): Promise<Uint8Array> } | AsyncIterable<Uint8Array>;

async function bytesOf(given: Given): Promise<Uint8Array> {
  if (given instanceof Uint8Array) return given;
  if ('readToEnd' in given) return given.readToEnd((pieces) => Buffer.concat(pieces));
  const pieces: Uint8Array[] = [];
  for await (const piece of given) pieces.push(piece);
  return Buffer.concat(pieces);
}

interface Reads {
  read(given: Given, ...how: unknown[]): Promise<void>;
}

const lists: Reads = openpgp.PacketList.prototype as unknown as Reads;
const { read } = lists;

// What is inside encryption and compression is seen by nobody but the library, which offers no other place to look at it: whichever list of
// packets it reads, outside or inside, comes through this method. Its version is pinned, and test/endurance/flood.test.ts fails when that changes.
lists.read = async function (this: Reads, given, ...how) {
  const bytes = bounded(await bytesOf(given));
  return read.call(this, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length), ...how);
};
