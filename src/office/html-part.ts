// Where the HTML of a letter goes: into the mail where nothing is encrypted; under a seal only a picture of the text, or a file of it.
import type { AnyLetter } from '#letter/define.ts';
import type { Outgoing } from '#mail/compose.ts';
import type { Policy } from '#team/policy.ts';

/** The HTML part of a mail, or the file that stands for it. */
export interface HtmlPart {
  readonly html?: string;
  readonly files: NonNullable<Outgoing['attachments']>;
}

/**
 * HTML does not stand inside an encrypted letter (decisions/0004), but where it is only a picture of the text and loads nothing. A team whose
 * programs must not show that has it as a file, which they do not open by themselves.
 */
export function htmlPart(
  html: string | undefined,
  { kind, picture }: Pick<AnyLetter, 'kind' | 'picture'>,
  encrypted: { readonly seal: 'must' | 'may' | 'never'; readonly to: boolean },
  { reminders }: Pick<Policy, 'reminders'>,
): HtmlPart {
  if (html === undefined) return { files: [] };
  const inClear = encrypted.seal === 'never' || (picture === true && encrypted.seal === 'may' && !encrypted.to);
  if (inClear || (picture && reminders.picture === 'shown')) return { html, files: [] };
  if (!picture) return { files: [] };
  return { files: [{ filename: `${kind}.html`, contentType: 'text/html', content: Buffer.from(html) }] };
}
