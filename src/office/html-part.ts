// Where the HTML of a letter goes: into the mail where nothing is encrypted, never into it under a seal, or beside it as a file.
import type { AnyLetter } from '#letter/define.ts';
import type { Outgoing } from '#mail/compose.ts';
import type { Policy } from '#team/policy.ts';

/** The HTML part of a mail, or the file that stands for it. */
export interface HtmlPart {
  readonly html?: string;
  readonly files: NonNullable<Outgoing['attachments']>;
}

/**
 * HTML never stands inside an encrypted letter: it is what EFAIL needs (decisions/0004). What is only a picture of the text goes along as a
 * file then, which programs do not open by themselves; a team may have it shown all the same, since it loads nothing.
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
