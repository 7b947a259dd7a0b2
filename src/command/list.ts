// Every command we obey. What the machine obeys is a security boundary: one reviewable list, never discovered.

import { accept } from '#command/accept.ts';
import { acceptHandoff } from '#command/accept-handoff.ts';
import { acceptKey } from '#command/accept-key.ts';
import { access } from '#command/access.ts';
import { announce } from '#command/announce.ts';
import { answer } from '#command/answer.ts';
import { approve } from '#command/approve.ts';
import { ask } from '#command/ask.ts';
import { breach } from '#command/breach.ts';
import { cancel } from '#command/cancel.ts';
import { classify } from '#command/classify.ts';
import { close } from '#command/close.ts';
import type { Command } from '#command/command.ts';
import { confirm } from '#command/confirm.ts';
import { critique } from '#command/critique.ts';
import { cve } from '#command/cve.ts';
import { decide } from '#command/decide.ts';
import { decline } from '#command/decline.ts';
import { declineHandoff } from '#command/decline-handoff.ts';
import { declineKey } from '#command/decline-key.ts';
import { done } from '#command/done.ts';
import { draft } from '#command/draft.ts';
import { duplicate } from '#command/duplicate.ts';
import { explain } from '#command/explain.ts';
import { fixReady } from '#command/fix-ready.ts';
import { fixTeam } from '#command/fix-team.ts';
import { fixUnready } from '#command/fix-unready.ts';
import { handoff } from '#command/handoff.ts';
import { headsUp } from '#command/heads-up.ts';
import { helpFor } from '#command/help.ts';
import { keys } from '#command/keys.ts';
import { lead } from '#command/lead.ts';
import { lgtm } from '#command/lgtm.ts';
import { list } from '#command/list-incidents.ts';
import { note } from '#command/note.ts';
import { notify } from '#command/notify.ts';
import { onCallNow } from '#command/on-call.ts';
import { parts } from '#command/parts.ts';
import { pass } from '#command/pass.ts';
import { patch } from '#command/patch.ts';
import { plan } from '#command/plan.ts';
import { privacy } from '#command/privacy.ts';
import { markPrivate } from '#command/private.ts';
import { proveKey } from '#command/prove-key.ts';
import { markPublic } from '#command/public.ts';
import { reopen } from '#command/reopen.ts';
import { reply } from '#command/reply.ts';
import { reporter } from '#command/reporter.ts';
import { retrospective } from '#command/retrospective.ts';
import { schedule } from '#command/schedule.ts';
import { set } from '#command/set.ts';
import { severity } from '#command/severity.ts';
import { spam } from '#command/spam.ts';
import { stats } from '#command/stats.ts';
import { status } from '#command/status.ts';
import { take } from '#command/take.ts';
import { takePart } from '#command/take-part.ts';
import { tell } from '#command/tell.ts';
import { timeline } from '#command/timeline.ts';
import { undone } from '#command/undone.ts';
import { upstream } from '#command/upstream.ts';
import { whoKnows } from '#command/who-knows.ts';
import { withdrawKey } from '#command/withdraw-key.ts';

export const commands: readonly Command[] = [
  helpFor(() => commands),
  status,
  timeline,
  plan,
  whoKnows,
  list,
  stats,
  note,
  reply,
  ask,
  reporter,
  take,
  handoff,
  acceptHandoff,
  declineHandoff,
  takePart,
  pass,
  parts,
  onCallNow,
  accept,
  decline,
  duplicate,
  spam,
  markPublic,
  markPrivate,
  privacy,
  severity,
  classify,
  explain,
  decide,
  lead,
  fixTeam,
  tell,
  fixReady,
  fixUnready,
  access,
  answer,
  cve,
  set,
  patch,
  lgtm,
  done,
  undone,
  schedule,
  upstream,
  breach,
  draft,
  approve,
  notify,
  headsUp,
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
