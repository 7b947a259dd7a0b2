// No event without proof: what a person of the roster did according to the journal stands in bytes that this person signed.
import { commandFor } from '#command/list.ts';
import type { Event, Recorded } from '#incident/event.ts';
import type { Taken } from '#office/taken.ts';
import type { Policy } from '#team/policy.ts';
import type { Said } from '#test/fuzz/ground.ts';

/** Who an event may name without having signed anything: a mail that joins says with what proof it came. */
const joining: ReadonlySet<Event['type']> = new Set(['mail-joined', 'reported']);

/** Every event and every obeyed line that nobody signed, signed for another incident, or signed once and obeyed twice. */
export function unproved(taken: Taken, recorded: readonly Recorded[], said: readonly Said[], obeyed: Set<Said>, policy: Policy): string[] {
  return [...recorded.flatMap(({ event }) => claims(event, taken, said, policy)), ...lines(taken, said, obeyed)];
}

function claims(event: Event, taken: Taken, said: readonly Said[], policy: Policy): string[] {
  const signed = (by: string) => said.some((one) => one.by === by);
  const by = 'by' in event ? event.by : undefined;
  if (joining.has(event.type)) {
    const who = taken.by?.who ?? '';
    const proved = !('proof' in event) || event.proof !== 'signed' || signed(who);
    return proved ? [] : [`${event.type} says that ${who} signed, and they did not`];
  }
  if (by === undefined) return [];
  if (!signed(by)) return [`${event.type} by ${by}, who signed nothing here`];
  const theirs = said.filter((one) => one.by === by).map(({ text }) => plain(text));
  // The team's policy has sentences of its own for what is declined.
  const ready = Object.values(policy.declines).map(plain);
  return wordsOf(event)
    .filter((words) => !theirs.some((text) => text.includes(ready.reduce((left, one) => left.replace(one, '').trim(), plain(words)))))
    .map((words) => `${event.type} by ${by} holds words that they did not sign: ${words.slice(0, 200)}`);
}

function wordsOf(event: Event): string[] {
  // A draft that the service wrote has words of the service.
  if (event.type === 'drafted' && !event.own) return [];
  const { text, because } = event as { readonly text?: unknown; readonly because?: unknown };
  return [text, because].filter((one) => typeof one === 'string');
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

function lines(taken: Taken, said: readonly Said[], obeyed: Set<Said>): string[] {
  const changed = changesOf(taken);
  if (changed.length === 0) return [];
  const who = taken.by?.who ?? '';
  const done = taken.transcript.filter(({ outcome }) => outcome === 'done').map(({ line }) => line);
  const source = said.find((one) => one.by === who && follows(done, one));
  if (!source) return [`obeyed ${who}, who did not sign this: ${done.join(' | ')}`];
  const twice = obeyed.has(source) ? [`obeyed twice: ${done.join(' | ')}`] : [];
  obeyed.add(source);
  const bound = source.incident === undefined || source.incident === taken.incident;
  return bound
    ? twice
    : [...twice, `obeyed in ${taken.incident ?? 'no incident'} what was signed for ${source.incident ?? 'none'}: ${done.join(' | ')}`];
}

// Whole mails are obeyed from their beginning up to the first refusal; of a story's mail some lines count, in order.
function follows(done: readonly string[], { lines: theirs, exact }: Said): boolean {
  if (exact) return done.every((line, index) => theirs[index] === line);
  let at = 0;
  for (const line of done) {
    const found = theirs.indexOf(line, at);
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

/** The commands of a mail that changed something, as they stood there. */
export function changesOf({ transcript }: Pick<Taken, 'transcript'>): string[] {
  const changes = (line: string) => commandFor(line.slice(1).split(/\s/, 1)[0] ?? '')?.changes === true;
  return transcript.filter(({ outcome, line }) => outcome === 'done' && changes(line)).map(({ line }) => line);
}
