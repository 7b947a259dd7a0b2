// What happens to the certificates of a team's people: the vocabulary of the register's journal. Moments are ISO 8601 text in UTC.

/** Whose a certificate is: a member's handle, a distributor's id, `cna` or `operator`; `team` is the team's own key. */
export type Holder = string;

export const ways = ['old-key', 'second-person', 'challenge'] as const;
/** What made a new certificate count: the old key signed it, another person compared the fingerprint, or its owner answered a challenge. */
export type Way = (typeof ways)[number];

/** How a certificate came: in a mail, by a lookup, or as a file that the operator put beside the roster. */
export type Source = 'attached' | 'inline' | 'autocrypt' | 'wkd' | 'file';

/** Which certificate, of whom. Fingerprints are those of the primary key, upper-case hex. */
export interface Named {
  readonly who: Holder;
  readonly fingerprint: string;
}

export type RegisterEvent =
  /** The files of the roster, and the team's own key, differ from what they were when the service last looked. */
  | { readonly type: 'files-read'; readonly certificates: readonly Named[]; readonly teamKey: string }
  | ({
      readonly type: 'certificate-offered';
      readonly armored: string;
      readonly from: Source;
      /** A single-use code that only the owner of the new key can read. */
      readonly challenge?: { readonly code: string; readonly expires: string };
    } & Named)
  /** The same primary key with newer words about itself: a longer life, other subkeys, a revocation. */
  | ({ readonly type: 'certificate-refreshed'; readonly armored: string; readonly from: Source } & Named)
  | ({
      readonly type: 'certificate-accepted';
      readonly by: Holder;
      readonly way: Way;
      /** What it takes the place of. */
      readonly replaces: readonly string[];
    } & Named)
  | ({ readonly type: 'certificate-declined'; readonly by: Holder; readonly because?: string } & Named)
  | ({ readonly type: 'certificate-withdrawn'; readonly by: Holder; readonly because: string } & Named)
  /** Somebody was told how long a key still lasts; `step` in whole days before the end, 0 from the end on. */
  | ({ readonly type: 'end-warned'; readonly ends: string; readonly step: number } & Named);
