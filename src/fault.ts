// The one fault that heals by waiting. Every other thrown thing is a bug or a mail we cannot take: it is shunted.

/**
 * Thrown by effects only (post, store, pgp key sources) when a peer is away: the caller changes nothing, waits and tries again.
 * `what` names the peer for the log ("database", "imap security@example.org"); it never holds contents of a mail.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';

  constructor(what: string, options?: { cause?: unknown }) {
    super(what, options);
  }
}
