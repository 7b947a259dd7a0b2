// What each action that needs a confirmation is about: the draft it releases and the command that prepares it.
import type { Action, DraftKind } from '#incident/event.ts';

const of: { readonly [act in Action['act']]: { readonly kind: DraftKind; readonly command: string } } = {
  notify: { kind: 'notice', command: 'notify' },
  'heads-up': { kind: 'heads-up', command: 'heads-up' },
  announce: { kind: 'announcement', command: 'announce' },
  update: { kind: 'announcement', command: 'announce' },
  retrospective: { kind: 'retrospective', command: 'retrospective' },
};

/** The draft whose text an action releases. */
export function draftKindOf({ act }: Action): DraftKind {
  return of[act].kind;
}

/** The word of the command that prepares an action: policies speak of it. */
export function commandOf({ act }: Action): string {
  return of[act].command;
}

/** The kinds of drafts in the order in which an incident needs them. */
export const draftKinds = ['notice', 'heads-up', 'announcement', 'retrospective'] as const satisfies readonly DraftKind[];

/** The line that releases an approved draft. */
export function releaseLine(kind: DraftKind): string {
  return { notice: '/notify', 'heads-up': '/heads-up', announcement: '/announce', retrospective: '/retrospective send' }[kind];
}
