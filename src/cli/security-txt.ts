// The text of a security.txt (RFC 9116): who takes reports, with which key, until when this can be believed.

/** What a security.txt says. Addresses on the web begin with https. */
export interface SecurityTxt {
  readonly address: string;
  /** At most a year ahead (RFC 9116 §2.5.5). */
  readonly expires: Date;
  /** Where the key is, in the order in which it should be tried (§2.5.4). */
  readonly encryption: readonly string[];
  readonly languages: readonly string[];
  readonly canonical: readonly string[];
  readonly policy?: string;
  readonly acknowledgments?: string;
  readonly csaf?: string;
}

/** The fields, one a line, ready to be signed (§2.3). */
export function securityTxt(said: SecurityTxt): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    // A local part may hold what a URI may not (RFC 6068 §2).
    ['Contact', `mailto:${said.address.split('@').map(encodeURIComponent).join('@')}`],
    ['Expires', `${said.expires.toISOString().slice(0, 19)}Z`],
    ...said.encryption.map((uri) => ['Encryption', uri] as const),
    ['Preferred-Languages', said.languages.length > 0 ? said.languages.join(', ') : undefined],
    ...said.canonical.map((uri) => ['Canonical', uri] as const),
    ['Policy', said.policy],
    ['Acknowledgments', said.acknowledgments],
    ['CSAF', said.csaf],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`])).join('');
}

/** The address in the Contact of a security.txt that lies somewhere already; undefined when it has none. */
export function contactIn(text: string): string | undefined {
  const uri = /^Contact:[ \t]{0,20}mailto:([^\s]{1,400})/im.exec(text)?.[1];
  try {
    return uri && decodeURIComponent(uri).toLowerCase();
  } catch {
    return undefined;
  }
}
