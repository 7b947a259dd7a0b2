// A name for an attachment that is safe to write, show and send on.

const longestName = 120;

const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': '.eml',
  'message/global': '.eml',
  'message/delivery-status': '.txt',
  'text/rfc822-headers': '.txt',
  'text/plain': '.txt',
  'text/html': '.html',
  'text/calendar': '.ics',
  'text/x-patch': '.patch',
  'text/x-diff': '.diff',
  'application/pgp-keys': '.asc',
  'application/pgp-signature': '.asc',
  'application/pgp-encrypted': '.txt',
  'application/pdf': '.pdf',
  'application/zip': '.zip',
  'application/json': '.json',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
};

/**
 * A file name without path, control, direction-changing or shell-special characters, at most 120 characters, the extension kept.
 * Without a usable name: "part-<number>" with an extension that suits the type.
 */
export function safeName(name: string | undefined, contentType: string, number: number): string {
  const last = (name ?? '').slice(0, 2000).split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    // Cc, Cf and the separators: controls, zero-width and right-to-left overrides ("gpj.exe" shown as "exe.jpg").
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s{1,2000}/g, ' ')
    .replace(/^[. ]{1,2000}/, '')
    .replace(/[. ]{1,2000}$/, '');
  if (clean === '') return `part-${number}${extensions[contentType] ?? '.bin'}`;
  const letters = [...clean];
  if (letters.length <= longestName) return clean;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? '';
  return letters.slice(0, longestName - extension.length).join('') + extension;
}
