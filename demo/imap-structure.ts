// A mail's MIME structure for the demo's IMAP server: BODYSTRUCTURE, ENVELOPE and the bytes of single parts.
import addressparser from 'nodemailer/lib/addressparser';
import { nstring, type Piece } from '#demo/imap-words.ts';

/** An entity: header and body bytes, and what they hold. Parts count from 1 (RFC 3501 §6.4.5). */
export interface Entity {
  readonly header: Buffer;
  readonly body: Buffer;
  readonly type: string;
  readonly subtype: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly parts: readonly Entity[];
  /** The mail that a message/rfc822 part carries. */
  readonly mail: Entity | undefined;
}

const deepest = 20;

/** Takes a mail or a part apart. What is not as MIME wants it becomes one text or one block of bytes. */
export function entity(bytes: Buffer, depth = 0): Entity {
  const { header, body } = split(bytes);
  const { value, parameters } = contentType(field(header, 'content-type') ?? 'text/plain');
  const [, type = 'TEXT', subtype = 'PLAIN'] = /^([\w.+-]+)\/([\w.+-]+)$/.exec(value.toUpperCase()) ?? [];
  const boundary = type === 'MULTIPART' && depth < deepest ? parameters.get('BOUNDARY') : undefined;
  const parts = boundary ? cut(body, boundary).map((part) => entity(part, depth + 1)) : [];
  const mail = type === 'MESSAGE' && subtype === 'RFC822' && depth < deepest ? entity(body, depth + 1) : undefined;
  // A multipart without parts cannot be written as BODYSTRUCTURE.
  if (type === 'MULTIPART' && parts.length === 0)
    return { header, body, type: 'TEXT', subtype: 'PLAIN', parameters: new Map(), parts, mail };
  return { header, body, type, subtype, parameters, parts, mail };
}

function split(bytes: Buffer): { header: Buffer; body: Buffer } {
  // A mail that begins with an empty line has no header at all.
  if (bytes.subarray(0, 2).toString('latin1') === '\r\n') return { header: bytes.subarray(0, 2), body: bytes.subarray(2) };
  const crlf = bytes.indexOf('\r\n\r\n');
  if (crlf >= 0) return { header: bytes.subarray(0, crlf + 4), body: bytes.subarray(crlf + 4) };
  const lf = bytes.indexOf('\n\n');
  return lf >= 0 ? { header: bytes.subarray(0, lf + 2), body: bytes.subarray(lf + 2) } : { header: bytes, body: Buffer.alloc(0) };
}

function cut(body: Buffer, boundary: string): Buffer[] {
  const parts: Buffer[] = [];
  const sign = Buffer.from(`--${boundary}`, 'latin1');
  let from = -1;
  for (let at = body.indexOf(sign); at >= 0; at = body.indexOf(sign, at + sign.length)) {
    if (at > 0 && body[at - 1] !== 10) continue;
    const end = body[at - 2] === 13 ? at - 2 : at - 1;
    if (from >= 0) parts.push(body.subarray(from, Math.max(from, end)));
    if (body.subarray(at + sign.length, at + sign.length + 2).toString('latin1') === '--') return parts;
    const line = body.indexOf(10, at);
    if (line < 0) return parts;
    from = line + 1;
  }
  if (from >= 0) parts.push(body.subarray(from));
  return parts;
}

/** The unfolded value of the first field of that name (lower case), a character for each byte. */
export function field(header: Buffer, name: string): string | undefined {
  const found = fields(header).find((one) => one.name === name);
  return found?.raw
    .slice(found.raw.indexOf(':') + 1)
    .replace(/\r?\n/g, '')
    .trim();
}

/** The fields of a header block with their line ends. */
export function fields(header: Buffer): { name: string; raw: string }[] {
  return header
    .toString('latin1')
    .split(/(?<=\n)(?![ \t])/)
    .filter((raw) => raw.includes(':'))
    .map((raw) => ({ name: raw.slice(0, raw.indexOf(':')).trim().toLowerCase(), raw }));
}

function contentType(text: string): { value: string; parameters: Map<string, string> } {
  const [value = '', ...rest] = text.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((piece) => piece.trim());
  const parameters = new Map<string, string>();
  for (const piece of rest) {
    const equals = piece.indexOf('=');
    const content = piece.slice(equals + 1).trim();
    if (equals > 0) parameters.set(piece.slice(0, equals).trim().toUpperCase(), content.replace(/^"(.*)"$/s, '$1').replace(/\\(.)/g, '$1'));
  }
  return { value, parameters };
}

/** The part that "1.2" names; in a mail without parts, 1 is its body. */
export function partAt(root: Entity, path: readonly number[]): Entity | undefined {
  let here: Entity | undefined = root;
  for (const [index, number] of path.entries()) {
    const within: Entity | undefined = index === 0 ? here : (here?.mail ?? here);
    here = within && within.parts.length > 0 ? within.parts[number - 1] : number === 1 ? within : undefined;
  }
  return here;
}

/** ENVELOPE of a mail (RFC 3501 §7.4.2). */
export function envelope({ header }: Entity): Piece[] {
  const text = (name: string) => nstring(field(header, name));
  const from = addresses(field(header, 'from'));
  const or = (name: string) => (field(header, name) ? addresses(field(header, name)) : from);
  const to = ['to', 'cc', 'bcc'].map((name) => addresses(field(header, name)));
  const all = [text('date'), text('subject'), from, or('sender'), or('reply-to'), ...to, text('in-reply-to'), text('message-id')];
  return ['(', ...joined(all), ')'];
}

function addresses(value: string | undefined): Piece[] {
  const list = value ? addressparser(value, { flatten: true }) : [];
  if (list.length === 0) return ['NIL'];
  const written = list.flatMap(({ name, address = '' }): Piece[] => {
    const at = address.lastIndexOf('@');
    const [mailbox, host] = at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
    return ['(', ...joined([nstring(name || undefined), ['NIL'], nstring(mailbox), nstring(host)]), ')'];
  });
  return ['(', ...written, ')'];
}

/** BODYSTRUCTURE, or BODY where `extended` is false (RFC 3501 §7.4.2). */
export function structure(part: Entity, extended: boolean): Piece[] {
  const { header, body } = part;
  const [id, description] = [field(header, 'content-id'), field(header, 'content-description')];
  const tail = [disposition(header), nstring(field(header, 'content-language')), nstring(field(header, 'content-location'))];
  if (part.type === 'MULTIPART') {
    const inner = part.parts.flatMap((child) => structure(child, extended));
    return ['(', ...inner, ' ', ...joined([nstring(part.subtype), ...(extended ? [parameterList(part.parameters), ...tail] : [])]), ')'];
  }
  const encoding = (field(header, 'content-transfer-encoding') ?? '7BIT').toUpperCase();
  const common = [nstring(part.type), nstring(part.subtype), parameterList(part.parameters), nstring(id), nstring(description)];
  const size = [nstring(encoding), [String(body.length)]];
  const lines = [String(body.toString('latin1').split('\n').length - 1)];
  const special = part.mail ? [envelope(part.mail), structure(part.mail, extended), lines] : part.type === 'TEXT' ? [lines] : [];
  return ['(', ...joined([...common, ...size, ...special, ...(extended ? [['NIL'], ...tail] : [])]), ')'];
}

function disposition(header: Buffer): Piece[] {
  const text = field(header, 'content-disposition');
  if (!text) return ['NIL'];
  const { value, parameters } = contentType(text);
  return ['(', ...joined([nstring(value.toUpperCase()), parameterList(parameters)]), ')'];
}

function parameterList(parameters: ReadonlyMap<string, string>): Piece[] {
  if (parameters.size === 0) return ['NIL'];
  return ['(', ...joined([...parameters].flatMap(([name, value]) => [nstring(name), nstring(value)])), ')'];
}

function joined(values: readonly (readonly Piece[])[]): Piece[] {
  return values.flatMap((value, index) => (index === 0 ? value : [' ', ...value]));
}
