// A gate is advice with memory: what speaks against going on is refused once, and goes on with a reason that is kept (S1-49, house rule 7).
import { type Decision, refuse } from '#command/command.ts';

/**
 * The refusal while something speaks against going on and no reason is given; undefined when the way is free. `advice` are whole sentences,
 * `goOn` says how to go on all the same, up to the reason: "To notify all the same: /notify". Seals, audiences and proof never pass here.
 */
export function gate(advice: readonly string[], because: string | undefined, goOn: string): Decision | undefined {
  if (advice.length === 0 || because !== undefined) return undefined;
  return refuse(`${advice.join(' ')} ${goOn} because <reason>.`);
}

/** What goes into the journal beside the reason: the advice that it went against; nothing where there was none. */
export function against(advice: readonly string[], because: string | undefined): { readonly against?: string } {
  return because !== undefined && advice.length > 0 ? { against: advice.join(' ') } : {};
}
