// TXT records from the DNS, within a time: none, or an answer, or Unavailable. Nothing here knows what they mean.
import { Resolver } from 'node:dns/promises';
import { Unavailable } from '#fault.ts';
import { rest } from '#post/pause.ts';

/** The TXT records of a name, the strings of each joined (RFC 6376 §3.6.2.2); empty when there are none. Throws Unavailable for a DNS that gives no answer. */
export type Txt = (name: string) => Promise<readonly string[]>;

export interface DnsSettings {
  /** Milliseconds for one question; absent: 3000. */
  readonly timeout?: number;
  /** Absent: the name servers of the system. */
  readonly resolveTxt?: (name: string) => Promise<readonly (readonly string[])[]>;
}

const mostRecords = 50;

/** A way to ask for TXT records. */
export function openTxt({ timeout = 3000, resolveTxt = system(timeout) }: DnsSettings = {}): Txt {
  return async (name) => {
    const over = new AbortController();
    const late = rest(timeout, over.signal).then(() => Promise.reject(new Unavailable('dns')));
    // When the answer comes first, nobody waits for this any more.
    late.catch(() => undefined);
    try {
      const found = await Promise.race([resolveTxt(name), late]);
      return found.slice(0, mostRecords).map((strings) => strings.join(''));
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error instanceof Unavailable ? error : new Unavailable('dns', { cause: error });
    } finally {
      over.abort();
    }
  };
}

function system(timeout: number): NonNullable<DnsSettings['resolveTxt']> {
  const resolver = new Resolver({ timeout: Math.ceil(timeout / 2), tries: 2 });
  return (name) => resolver.resolveTxt(name);
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA');
}
