// Whether signed bytes were signed as a MIME entity or as a text: read as the other, the same words would say something else.

const longestHead = 256_000;

/**
 * Whether bytes may be read as a MIME entity without losing words: they begin with an empty line, or with nothing but header fields, one of them
 * about the content (RFC 2045 §3). A text signed as such would lose everything above its first empty line.
 */
export function isEntity(bytes: Buffer): boolean {
  const lines = headOf(bytes);
  if (lines.length === 0) return true;
  const fields = lines.every((line, index) => /^[!-9;-~]{1,200}[ \t]{0,10}:/.test(line) || (index > 0 && /^[ \t]/.test(line)));
  return fields && lines.some((line) => /^content-[a-z-]{1,50}[ \t]{0,10}:/i.test(line));
}

/**
 * Whether bytes may be read as a text: nothing about the content stands above the first empty line. In the source of an entity every attachment
 * would become the signer's own words.
 */
export function isText(bytes: Buffer): boolean {
  return !headOf(bytes).some((line) => /^content-type[ \t]{0,10}:/i.test(line));
}

/** The lines above the first empty one. */
function headOf(bytes: Buffer): string[] {
  const lines = bytes.subarray(0, longestHead).toString('latin1').split(/\r?\n/);
  const end = lines.indexOf('');
  return end < 0 ? lines : lines.slice(0, end);
}
