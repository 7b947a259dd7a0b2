// What an examination found: one line for the operator, and whether something is to be done.

/** `ok`: nothing to do; `warning`: it works and should be looked at; `wrong`: it does not work. */
export interface Finding {
  readonly area: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly sentence: string;
}

/** Makes the findings of one area. */
export function findings(area: string) {
  const say =
    (state: Finding['state']) =>
    (sentence: string): Finding => ({ area, state, sentence });
  return { ok: say('ok'), warning: say('warning'), wrong: say('wrong') };
}

/** A thrown thing as a sentence: its message and that of its cause, on one line. */
export function sentenceOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown trouble';
  const cause = thrown.cause instanceof Error && thrown.cause.message ? ` (${thrown.cause.message})` : '';
  return `${thrown.message}${cause}`.replace(/\s+/g, ' ').slice(0, 400);
}
