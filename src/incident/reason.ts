// A reason as it ends a sentence of the timeline.

/** " because <reason>", without the reason's own full stop; nothing where there is none. */
export function shortReason(reason: string | undefined): string {
  return reason ? ` because ${reason.replace(/\.$/, '')}` : '';
}
