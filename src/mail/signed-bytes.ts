// The bytes that DKIM signatures of a mail speak of: the fields they sign, the signatures themselves, and the body (RFC 6376 §3.7).
import type { DkimSignature } from '#mail/dkim.ts';
import type { Message } from '#mail/message.ts';

const mostBytes = 65_536;
const mostLines = 1000;
const lf = 10;

/**
 * A mail of only what these signatures cover, in its order, lines ending with CRLF: verification says the same of it as of the whole, and
 * nobody's other fields cost anything. Undefined when the header is not plain: control characters, too long, lines that are no field.
 */
export function signedBytes(message: Pick<Message, 'root' | 'fields'>, signatures: readonly DkimSignature[]): Buffer | undefined {
  const { root, fields } = message;
  const raw = rawFields(root.bytes.subarray(0, root.bytes.length - root.body.length));
  if (raw.length !== fields.length || raw.some(({ name }, index) => name !== fields[index]?.name)) return undefined;
  const signed = new Set(signatures.flatMap(({ signs }) => signs));
  const own = new Set(signatures.map(({ field }) => field));
  const kept = raw.filter(({ name }, index) => {
    const field = fields[index];
    return name === 'dkim-signature' ? field !== undefined && own.has(field) : signed.has(name);
  });
  const lines = kept.flatMap(({ lines }) => lines);
  const bytes = lines.reduce((sum, line) => sum + line.length + 2, 0);
  if (bytes > mostBytes || lines.length > mostLines || lines.some(hasControls)) return undefined;
  const header = lines.flatMap((line) => [line, crlf]);
  return Buffer.concat([...header, crlf, withCrlf(root.body)]);
}

const crlf = Buffer.from('\r\n');

interface RawField {
  readonly name: string;
  readonly lines: Buffer[];
}

// The same lines as #mail/header.ts reads, unchanged. What is no field is dropped there with its continuations.
function rawFields(header: Buffer): RawField[] {
  const found: RawField[] = [];
  let current: RawField | undefined;
  for (let at = 0; at < header.length; ) {
    const end = header.indexOf(lf, at);
    const next = end < 0 ? header.length : end + 1;
    const line = withoutBreak(header.subarray(at, next));
    at = next;
    if (line[0] === 0x20 || line[0] === 0x09) {
      current?.lines.push(line);
      continue;
    }
    const colon = line.indexOf(0x3a);
    const name = line.subarray(0, Math.max(colon, 0)).subarray(0, 200).toString('latin1').trimEnd().toLowerCase();
    current = /^[!-9;-~]{1,200}$/.test(name) ? { name, lines: [line] } : undefined;
    if (current) found.push(current);
  }
  return found;
}

function withoutBreak(line: Buffer): Buffer {
  if (line.at(-1) !== lf) return line;
  return line.subarray(0, line.at(-2) === 13 ? -2 : -1);
}

function hasControls(line: Buffer): boolean {
  return line.some((byte) => (byte < 0x20 && byte !== 0x09) || byte === 0x7f);
}

/** Bytes with every line end as CRLF, the form in which text is signed (RFC 6376 §3.4, RFC 3156 §5, RFC 9580 §5.2.1.2); the same bytes when they have it. */
export function withCrlf(body: Buffer): Buffer {
  for (let at = body.indexOf(lf); at >= 0; at = body.indexOf(lf, at + 1)) {
    if (body[at - 1] !== 13) return Buffer.from(body.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
  }
  return body;
}
