// Every command we obey. What the machine obeys is a security boundary: one reviewable list, never discovered.

import { accept } from '#command/accept.ts';
import { acceptHandoff } from '#command/accept-handoff.ts';
import { acceptKey } from '#command/accept-key.ts';
import { announce } from '#command/announce.ts';
import { approve } from '#command/approve.ts';
import { ask } from '#command/ask.ts';
import { cancel } from '#command/cancel.ts';
import { close } from '#command/close.ts';
import type { Command } from '#command/command.ts';
import { confirm } from '#command/confirm.ts';
import { critique } from '#command/critique.ts';
import { cve } from '#command/cve.ts';
import { decline } from '#command/decline.ts';
import { declineHandoff } from '#command/decline-handoff.ts';
import { declineKey } from '#command/decline-key.ts';
import { draft } from '#command/draft.ts';
import { handoff } from '#command/handoff.ts';
import { helpFor } from '#command/help.ts';
import { keys } from '#command/keys.ts';
import { lead } from '#command/lead.ts';
import { list } from '#command/list-incidents.ts';
import { note } from '#command/note.ts';
import { notify } from '#command/notify.ts';
import { proveKey } from '#command/prove-key.ts';
import { reopen } from '#command/reopen.ts';
import { reply } from '#command/reply.ts';
import { reporter } from '#command/reporter.ts';
import { retrospective } from '#command/retrospective.ts';
import { schedule } from '#command/schedule.ts';
import { set } from '#command/set.ts';
import { severity } from '#command/severity.ts';
import { spam } from '#command/spam.ts';
import { status } from '#command/status.ts';
import { take } from '#command/take.ts';
import { timeline } from '#command/timeline.ts';
import { withdrawKey } from '#command/withdraw-key.ts';

export const commands: readonly Command[] = [
  helpFor(() => commands),
  status,
  timeline,
  list,
  note,
  reply,
  ask,
  reporter,
  take,
  handoff,
  acceptHandoff,
  declineHandoff,
  accept,
  decline,
  spam,
  severity,
  lead,
  cve,
  set,
  schedule,
  draft,
  approve,
  notify,
  announce,
  confirm,
  cancel,
  critique,
  retrospective,
  close,
  reopen,
  keys,
  acceptKey,
  declineKey,
  withdrawKey,
  proveKey,
];

/** The command of a word, or undefined. */
export function commandFor(word: string): Command | undefined {
  return commands.find((command) => command.word === word);
}
