// What happened in the play, in order: scenes, mails, what was checked. The printed lines and the page are made from it.

/** What became of a command line, as the daemon's answer told. */
export type Outcome = 'done' | 'refused' | 'not reached';

export type Entry =
  | { readonly is: 'scene'; readonly at: Date; readonly title: string; readonly about: string }
  /** A mail, by its place among the deliveries. */
  | { readonly is: 'mail'; readonly at: Date; readonly delivery: number }
  | { readonly is: 'check'; readonly at: Date; readonly claim: string };

/** What the play knows of a mail beside its bytes, by Message-ID. */
export interface Remark {
  /** Command lines and what became of them. */
  readonly outcomes?: ReadonlyMap<string, Outcome>;
  /** A sentence for the reader of the page. */
  readonly note?: string;
  /** Not what it claims to be. */
  readonly forged?: true;
}

export interface Play {
  readonly entries: readonly Entry[];
  readonly remarks: ReadonlyMap<string, Remark>;
  /** The incident of the play. */
  readonly incident: string;
}

/** An expectation that does not hold: it ends the demo, and its message is for whoever looks on. */
export class NotAsExpected extends Error {
  override readonly name = 'NotAsExpected';
}

/** Somebody pressed Ctrl-C. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}
