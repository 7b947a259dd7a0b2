// What an attack is: a class with a name, the mails that try it, and honest mails of the same shape that must be obeyed.
import type { Event } from '#incident/event.ts';
import type { Scene } from '#test/attacks/scene.ts';

/**
 * Marks in mails: `evil` stands in every forged word, `secret` in what only the team may read, `embargoed` in what distributors may read too, and
 * `honest` in what must be obeyed.
 */
export const marks = { evil: 'EVILWORD', secret: 'CANARYWORD', embargoed: 'EMBARGOEDWORD', honest: 'HONESTWORD' } as const;

/** One mail of an attack. */
export interface AttackMail {
  readonly name: string;
  build(scene: Scene): Promise<Buffer>;
  /** Events beside a joined or refused mail that this mail may rightly cause, as the part of it that is honest is obeyed. */
  readonly also?: readonly Event['type'][];
  /** Of an honest mail: the event that shows that it was obeyed, where that is not a note with the honest mark. */
  readonly shows?: Event['type'];
  /** A hole that is known and not mended yet, with the file that must change: the test fails when it holds. */
  readonly open?: string;
}

/** A class of attacks. `name` and `what` are cells of the table in docs/security.md. */
export interface Attack {
  readonly id: string;
  readonly name: string;
  readonly what: string;
  /** The distributors have the notice of the incident, so letters about it may go to them. */
  readonly released?: true;
  readonly mails: readonly AttackMail[];
  /** Of the same shape and obeyed, so that refusing everything would not pass. */
  readonly honest: readonly AttackMail[];
}

/** Rows of a table as mails: `[name, build]`. */
export function mails(rows: readonly (readonly [string, AttackMail['build']])[]): AttackMail[] {
  return rows.map(([name, build]) => ({ name, build }));
}
