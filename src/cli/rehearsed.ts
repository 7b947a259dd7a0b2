// A rehearsed mail as JSON for programs and as text for people.

import type { Letter } from '#letter/letter.ts';
import { letterOfKind } from '#letter/list.ts';
import { render } from '#letter/render.ts';
import { content } from '#mail/content.ts';
import { textOf } from '#mail/message.ts';
import { text as ownText } from '#mail/own-words.ts';
import type { Office } from '#office/office.ts';
import type { Taken } from '#office/taken.ts';

/** One line of `rehearse --json`. */
export interface Rehearsed {
  readonly file: string;
  readonly kind: string;
  /** Why an unusable mail is unusable. */
  readonly why?: string;
  readonly machine: null | {
    readonly is: string;
    readonly recipients: readonly { readonly address: string; readonly permanent: boolean; readonly status: string | null }[];
  };
  readonly from: string | null;
  readonly sender: {
    readonly handle: string;
    readonly name: string;
    readonly roles: readonly string[];
    readonly proof: string;
    readonly doubt?: string;
  };
  readonly decrypted: boolean;
  readonly signature: { readonly status: string; readonly by: string | null; readonly covers: string };
  readonly subject: string;
  readonly text: string;
  readonly ownWords: string;
  readonly incident: string | null;
  readonly commands: readonly { readonly line: string; readonly outcome: string; readonly why: string }[];
  readonly letters: readonly {
    readonly kind: string;
    readonly audience: string;
    readonly to: string;
    readonly seal: string;
    readonly subject: string;
  }[];
}

/** What became of a mail, as the documented JSON object; `subject` and `text` are as read after decryption. */
export async function asJson(file: string, taken: Taken, office: Office): Promise<Rehearsed> {
  const { mail, machine, message, by } = taken;
  const from = message?.from;
  const { status, by: signer, covers } = mail?.opened.signature ?? { status: 'none', covers: 'none' as const };
  return {
    file,
    kind: taken.kind,
    ...(taken.why !== undefined && { why: taken.why }),
    machine: machine
      ? {
          is: machine.is,
          recipients: machine.recipients.map(({ address, permanent, status: code }) => ({ address, permanent, status: code ?? null })),
        }
      : null,
    from: from?.address ?? null,
    sender: {
      handle: by?.who ?? 'outsider',
      name: by?.name ?? from?.name ?? '',
      roles: by?.roles ?? [],
      proof: by?.proof ?? 'none',
      ...(by?.doubt && { doubt: by.doubt }),
    },
    decrypted: mail?.opened.decrypted ?? false,
    signature: { status, by: signer ?? null, covers },
    subject: mail?.opened.subject ?? message?.subject ?? '',
    text: mail ? textOf(mail.opened) : message ? textOf(await content(message.root, false)) : '',
    ownWords: mail ? ownText(mail.own) : '',
    incident: taken.incident ?? null,
    commands: taken.transcript.map(({ line, outcome, text }) => ({ line, outcome, why: text })),
    letters: taken.letters.map((letter) => ({
      kind: letter.kind,
      audience: letter.audience,
      to: letter.to.address,
      seal: letter.seal,
      subject: subjectOf(letter, office),
    })),
  };
}

function subjectOf(letter: Letter, office: Office): string {
  if (letter.draft !== undefined || !letterOfKind(letter.kind)) return '';
  const about = { team: office.title, address: office.address, zone: office.policy.zone, recipient: letter.to.name };
  return render(letter, about, office.templates).subject;
}

/** The same for people: a few indented lines. */
export async function asText(file: string, taken: Taken, office: Office): Promise<string> {
  const seen = await asJson(file, taken, office);
  const lines = [`${seen.file}: ${seen.kind}${seen.incident ? ` ${seen.incident}` : ''}${seen.why ? ` (${seen.why})` : ''}`];
  if (seen.machine) {
    const recipients = seen.machine.recipients.map(({ address, permanent, status }) =>
      `${address} ${permanent ? 'permanent' : 'temporary'} ${status ?? ''}`.trim(),
    );
    lines.push(`  machine mail: ${[seen.machine.is, ...recipients].join('; ')}`);
  }
  lines.push(
    `  from ${seen.from ?? 'nobody'}, taken as ${seen.sender.handle} (${seen.sender.roles.join(', ') || 'no role'}), proof ${seen.sender.proof}${seen.sender.doubt ? `: ${seen.sender.doubt}` : ''}`,
  );
  lines.push(
    `  ${seen.decrypted ? 'encrypted' : 'in clear'}, signature ${seen.signature.status}${seen.signature.status === 'none' ? '' : ` over ${seen.signature.covers} of the text`}`,
  );
  lines.push(`  subject: ${seen.subject}`);
  for (const { line, outcome, why } of seen.commands) lines.push(`  ${line} -> ${outcome}: ${why.split('\n', 1)[0]}`);
  for (const { kind, to, seal, subject } of seen.letters)
    lines.push(`  letter ${kind} to ${to} (seal: ${seal})${subject ? `: ${subject}` : ''}`);
  return lines.join('\n');
}
