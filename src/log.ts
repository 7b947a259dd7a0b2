// The log: a fixed sentence and a closed list of facts beside it. Bodies, subjects, keys and people's addresses cannot get in.
import { type DestinationStream, pino } from 'pino';
import { Unavailable } from '#fault.ts';

/** The facts that may be logged: ids, kinds, codes, counts and lengths of time. Whatever else is handed over is dropped. */
export interface Facts {
  readonly team?: string;
  readonly incident?: string;
  /** Row ids of ours. */
  readonly message?: string;
  readonly letter?: string;
  readonly event?: number | string;
  readonly deadline?: string;
  readonly uid?: number;
  readonly kind?: string;
  readonly audience?: string;
  readonly stage?: string;
  readonly state?: string;
  readonly outcome?: string;
  readonly proof?: string;
  /** A word of ours for why: "expired", "seen-before". */
  readonly why?: string;
  /** Codes of systems and protocols: "ECONNREFUSED", "5.1.1". */
  readonly code?: string;
  readonly status?: number | string;
  /** Whom we speak to, by what the operator wrote: "imap.example.org:993". */
  readonly peer?: string;
  readonly holder?: string;
  readonly count?: number;
  readonly attempts?: number;
  readonly bytes?: number;
  readonly port?: number;
  readonly version?: string;
  /** Milliseconds. */
  readonly took?: number;
  readonly late?: number;
  /** What was thrown: its kind, its code and where it came from; its message only where we wrote it. */
  readonly fault?: unknown;
}

/** A sentence known when the program was written: one that facts were put into does not compile. */
export type Fixed<Sentence extends string> = Record<never, never> extends Record<Sentence, unknown> ? never : Sentence;

export interface Log {
  info<Sentence extends string>(message: Fixed<Sentence>, facts?: Facts): void;
  warn<Sentence extends string>(message: Fixed<Sentence>, facts?: Facts): void;
  error<Sentence extends string>(message: Fixed<Sentence>, facts?: Facts): void;
}

const words = [
  'team',
  'incident',
  'message',
  'letter',
  'event',
  'deadline',
  'kind',
  'audience',
  'stage',
  'state',
  'outcome',
  'proof',
  'why',
  'code',
  'status',
  'peer',
  'holder',
  'version',
] as const;
const numbers = ['uid', 'event', 'status', 'count', 'attempts', 'bytes', 'port', 'took', 'late'] as const;

/** Opens the log; one JSON object a line with the time in UTC, to `destination` or standard output. */
export function openLog(settings: {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly destination?: DestinationStream;
}): Log {
  const options = {
    level: settings.level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const out = settings.destination ? pino(options, settings.destination) : pino(options);
  return {
    info: (message, facts) => out.info(kept(facts), message),
    warn: (message, facts) => out.warn(kept(facts), message),
    error: (message, facts) => out.error(kept(facts), message),
  };
}

// The type holds back what the compiler sees; this holds back what comes in by spread, by cast, or in a word's clothes.
function kept(facts: Facts = {}): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const name of words) {
    const value = facts[name];
    if (typeof value === 'string') said[name] = /^[\w.:/+-]{1,120}$/.test(value) ? value : '(dropped)';
  }
  for (const name of numbers) {
    const value = facts[name];
    if (typeof value === 'number' && Number.isFinite(value)) said[name] = value;
  }
  if (facts.fault !== undefined) said.fault = faultOf(facts.fault, 3);
  return said;
}

/** A thrown thing without what others may have put into its message: only `Unavailable` is worded by us (see fault.ts). */
function faultOf(thrown: unknown, causes: number): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { kind: typeof thrown };
  const code = 'code' in thrown && /^[A-Z0-9_.]{1,40}$/i.test(String(thrown.code)) ? { code: String(thrown.code) } : {};
  const what = thrown instanceof Unavailable ? { what: thrown.message.slice(0, 300) } : {};
  const cause = thrown.cause !== undefined && causes > 0 ? { cause: faultOf(thrown.cause, causes - 1) } : {};
  return { kind: /^\w{1,40}$/.test(thrown.name) ? thrown.name : 'Error', ...code, ...what, at: frames(thrown), ...cause };
}

/** The first places of a stack: file, line and column, without the message above them. */
function frames({ stack, message }: Error): string[] {
  // The message stands at the head of the stack and may have lines that look like places.
  const head = stack?.indexOf(message) ?? -1;
  const below = stack && head >= 0 ? stack.slice(head + message.length) : '';
  return Array.from(below.matchAll(/^ {4}at .{0,300}?([\w.-]{1,80}:\d{1,7}:\d{1,7})\)?$/gm), (match) => match[1] ?? '').slice(0, 6);
}
