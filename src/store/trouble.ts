// What went wrong in the database, told apart: wait for it, try the turn again, or a sentence without any value of a row.
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { Unavailable } from '#fault.ts';

/** SQLSTATEs that heal by running the transaction again: serialization failure, deadlock, lock not available. */
const again = new Set(['40001', '40P01', '55P03']);
const unique = '23505';
/** Uniqueness that another daemon may have just used up; asked again, the turn sees what the other one wrote. */
const raced = new Set([
  'message_pkey',
  'message_place',
  'message_fingerprint',
  'signature_pkey',
  'subject_pkey',
  'event_subject_number_pk',
]);

/** Codes of Node and postgres.js for a peer that is away, and SQLSTATEs of a server that stops, starts, is full or only a copy. */
const away = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOENT',
    'ECONNABORTED',
  ],
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  ...['57P01', '57P02', '57P03', '53300', '53100', '25006', '25P03', '57014'],
]);

/** The innermost error of a chain of causes that carries a code, within ten steps. */
function origin(error: unknown): { code: string; message: string; constraint?: string } | undefined {
  let found: { code: string; message: string; constraint?: string } | undefined;
  for (let step = 0, at = error; step < 10 && at instanceof Error; step += 1, at = at.cause) {
    const { code, constraint, constraint_name } = at as Error & { code?: unknown; constraint?: unknown; constraint_name?: unknown };
    const name = constraint_name ?? constraint;
    if (typeof code === 'string') found = { code, message: at.message, ...(typeof name === 'string' && { constraint: name }) };
  }
  return found;
}

/** How often a transaction that ended with this error may be run in all: 1 where the next time would end the same way. */
export function triesFor(error: unknown): number {
  const from = origin(error);
  if (from && again.has(from.code)) return 8;
  return from?.code === unique && raced.has(from.constraint ?? '') ? 3 : 1;
}

/** Whether the database said that this is there already (SQLSTATE 23505), or that the table is (42P07). */
export function alreadyThere(error: unknown): boolean {
  const code = origin(error)?.code;
  return code === unique || code === '42P07' || code === '42710';
}

/**
 * What the rest of the program sees of an error that a query threw: `Unavailable` naming the database when it is away or too busy, otherwise a
 * plain error. The query builder's own error quotes the parameters of the query, so it is never passed on.
 */
export function told(error: unknown, where: string): unknown {
  if (error instanceof Unavailable) return error;
  const from = origin(error);
  if (from && (away.has(from.code) || again.has(from.code) || from.code.startsWith('08'))) {
    return new Unavailable(`database ${where}`, { cause: new Error(`${from.message} (${from.code})`) });
  }
  if (from) return new Error(`database ${where}: ${from.message} (${from.code})`);
  return error instanceof DrizzleQueryError ? new Error(`database ${where}: ${innermost(error)}`) : error;
}

function innermost(error: Error): string {
  let at = error;
  for (let step = 0; step < 10 && at.cause instanceof Error; step += 1) at = at.cause;
  return at instanceof DrizzleQueryError ? 'a query failed' : at.message;
}
