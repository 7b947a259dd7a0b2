// Reading commands off a socket for the demo's IMAP server: lines, literals, and the change to TLS in the middle.
import type { Socket } from 'node:net';
import { literalMark, Refused } from '#demo/imap-words.ts';

/** A command as it came: tag, name in upper case ("UID FETCH" is one name), the rest of the line and its literals. */
export interface Command {
  readonly tag: string;
  readonly name: string;
  readonly rest: string;
  readonly literals: readonly Buffer[];
}

/** Lines and counted bytes of one connection; undefined when the peer is gone. */
export interface Wire {
  line(): Promise<string | undefined>;
  bytes(count: number): Promise<Buffer | undefined>;
  /** Goes on reading from another socket, as after STARTTLS. What the first one still held is thrown away (RFC 3501 §6.2.1). */
  use(socket: Socket): void;
}

const longestLine = 65_536;
const largestLiteral = 64 * 1_048_576;

/** Reads from a socket. */
export function openWire(first: Socket): Wire {
  let socket = first;
  let chunks: Buffer[] = [];
  let held = 0;
  let gone = false;
  let wake = () => {};

  const more = (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    wake();
  };
  const end = () => {
    gone = true;
    wake();
  };
  const listen = () => {
    socket.on('data', more);
    socket.on('close', end);
    socket.on('error', end);
  };
  listen();

  /** Waits until `enough` says how many of the held bytes to take. */
  async function take(enough: () => number | undefined): Promise<Buffer | undefined> {
    for (;;) {
      const count = enough();
      if (count !== undefined) {
        const all = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
        chunks = count < all.length ? [all.subarray(count)] : [];
        held = all.length - count;
        return all.subarray(0, count);
      }
      if (gone) return undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    async line() {
      const line = await take(() => {
        if (chunks.length > 1) chunks = [Buffer.concat(chunks)];
        const at = chunks[0]?.indexOf('\n') ?? -1;
        if (at < 0 && held > longestLine) gone = true;
        return at < 0 ? undefined : at + 1;
      });
      return line?.toString('latin1').replace(/\r?\n$/, '');
    },
    bytes(count) {
      return take(() => (held >= count ? count : undefined));
    },
    use(next) {
      socket.removeListener('data', more);
      socket.removeListener('close', end);
      chunks = [];
      held = 0;
      socket = next;
      listen();
    },
  };
}

/** The next command; `goOn` tells the client to send a literal. Undefined when the peer is gone. Throws Refused for a line that is none. */
export async function nextCommand(wire: Wire, goOn: () => void): Promise<Command | undefined> {
  let line = '';
  const literals: Buffer[] = [];
  for (;;) {
    const piece = await wire.line();
    if (piece === undefined) return undefined;
    const announced = /\{(\d{1,10})(\+?)\}$/.exec(piece);
    if (!announced) {
      line += piece;
      break;
    }
    const size = Number(announced[1]);
    if (size > largestLiteral) throw new Refused('BAD literal too large');
    if (announced[2] === '') goOn();
    const literal = await wire.bytes(size);
    if (literal === undefined) return undefined;
    literals.push(literal);
    line += piece.slice(0, announced.index) + literalMark;
  }
  const match = /^([^\s()]{1,64}) ((?:UID )?[A-Z]{1,20})(?: (.*))?$/is.exec(line);
  if (!match) throw new Refused('BAD not a command');
  return { tag: match[1] ?? '*', name: (match[2] ?? '').toUpperCase(), rest: match[3] ?? '', literals };
}
