// The config as the rest of the house reads it: whole, checked and frozen. Plain values; secrets are opened, files are read.
import type { Limits } from '#mail/entity.ts';
import type { MailboxSettings } from '#post/imap.ts';
import type { RelaySettings } from '#post/smtp.ts';
import type { Policy } from '#team/policy.ts';
import type { Roster } from '#team/roster.ts';

/** Whose a certificate is: a member's handle, a distributor's id, `cna`, `administrator` or `operator`. */
export interface HeldCertificate {
  readonly who: string;
  readonly armored: string;
  /** Relative to the config folder. */
  readonly file: string;
}

/** An armored private key and the passphrase that opens it, where it is locked. */
export interface TeamKey {
  readonly private: string;
  readonly passphrase?: string;
}

/** A local copy of a repository; its path is absolute. */
export interface Checkout {
  readonly name: string;
  readonly path: string;
}

export interface Team {
  /** The folder's name. */
  readonly name: string;
  readonly title: string;
  /** How ids of incidents begin. */
  readonly prefix: string;
  /** In lower case. */
  readonly address: string;
  readonly subaddressing: boolean;
  readonly mailbox: MailboxSettings;
  readonly key: TeamKey;
  /** They open old mail and sign nothing. */
  readonly formerKeys: readonly TeamKey[];
  readonly authserv: readonly string[];
  /** Whether From domains are proved by what our mail servers wrote, or by our own verification of DKIM. */
  readonly domainProof: 'results' | 'dkim';
  readonly website?: string;
  readonly checkouts: readonly Checkout[];
  /** The effective policy: the base and what differs. */
  readonly policy: Policy;
  /** Which file says what: the path of a setting ("spans.triage") and the file, relative to the config folder. Absent: the default. */
  readonly policyOrigins: Readonly<Record<string, string>>;
  readonly roster: Roster;
  readonly certificates: readonly HeldCertificate[];
  /** Sources by file name; only what differs from `Config.templates`. */
  readonly templates: Readonly<Record<string, string>>;
}

export interface Config {
  /** Absolute. */
  readonly directory: string;
  /** Absolute; may not exist yet. */
  readonly data: string;
  /** Absent: the database is embedded in `data`. */
  readonly databaseUrl?: string;
  /** 32 bytes each; the first seals, all of them open. */
  readonly vaultKeys: readonly { readonly id: string; readonly key: Buffer }[];
  /** 32 bytes. */
  readonly macKey: Buffer;
  readonly relay: RelaySettings;
  /** Without a port nothing listens. */
  readonly http: { readonly host: string; readonly port?: number };
  readonly limits: Limits;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly teams: readonly Team[];
  /** Sources by file name: what comes with the package, and what DIR/templates puts in its place. */
  readonly templates: Readonly<Record<string, string>>;
}

/** Freezes a value with all that lies in it; bytes cannot be frozen and are left. */
export function frozen<T>(value: T): T {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) frozen(inner);
  return value;
}
