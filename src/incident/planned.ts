// One mail of the disclosure plan: who gets it, when, and what still stands in its way.

/** A mail that left or is to come, or the same one to many. */
export interface Planned {
  /** What it is, in a few words: "notice under embargo". */
  readonly what: string;
  /** Who gets it, in words, with names where they are few: "2 distributors (acme, beta)". */
  readonly to: string;
  readonly state: 'sent' | 'to come';
  /** Absent where no date is known yet. */
  readonly at?: Date;
  /** Of what is to come. `by`: a person releases it, at the latest then; `asap`: the same, but sooner; `at`: it leaves by itself at that moment. */
  readonly when?: 'by' | 'asap' | 'at';
  /** What must be there first, in short phrases. */
  readonly missing: readonly string[];
  readonly remark?: string;
}

/** One that left. */
export function sent(what: string, to: string, at: Date, remark?: string): Planned {
  return { what, to, state: 'sent', at, missing: [], ...(remark !== undefined && { remark }) };
}

/** One that is still to come. */
export function toCome(
  what: string,
  to: string,
  when: 'by' | 'at',
  at: Date | undefined,
  missing: readonly string[],
  remark?: string,
): Planned {
  return { what, to, state: 'to come', when, ...(at && { at }), missing, ...(remark !== undefined && { remark }) };
}

/** The same once everything is due at once: what a person releases or has no date yet (S1-51). */
export function hurried(one: Planned): Planned {
  return one.when === 'by' || !one.at ? { ...one, when: 'asap' } : one;
}

/** More names than these are only counted. */
const few = 8;

/** People or lists in words: "2 distributors (acme, beta)", "5000 distributors". */
export function named(one: string, names: readonly string[]): string {
  const many = one === 'person' ? 'people' : `${one}s`;
  const count = `${names.length} ${names.length === 1 ? one : many}`;
  return names.length > 0 && names.length <= few ? `${count} (${names.join(', ')})` : count;
}
