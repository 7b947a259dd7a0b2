// Fingerprints as people compare them: in groups of four, a wider gap in the middle.

/** "0123ABCD…" as "0123 ABCD …", the two halves apart. */
export function grouped(fingerprint: string): string {
  const groups = fingerprint.match(/.{1,4}/g) ?? [];
  const half = Math.ceil(groups.length / 2);
  return `${groups.slice(0, half).join(' ')}  ${groups.slice(half).join(' ')}`.trim();
}
