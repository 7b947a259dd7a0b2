// The smallest words of the journal: who did something, and when.

/** A moment as it stands in the journal: ISO 8601, UTC. */
export type Instant = string;

/** Who did it: a roster handle, `reporter`, a distributor's id, or `embargod` itself. */
export type Who = string;

/** A person outside the roster, as their mail claims. */
export interface Outsider {
  readonly address: string;
  readonly name: string;
}
