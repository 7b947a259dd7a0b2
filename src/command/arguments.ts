// Reads what stands behind a command's word: the reason, the arguments word by word, the text; or says what is wrong with it.
import type { Command, Tail } from '#command/command.ts';
import { commandFor } from '#command/list.ts';
import { looksLikeCommand, type Order } from '#command/order.ts';

type Read = { readonly values: Record<string, unknown> & Tail } | { readonly wrong: string };

/** What a command line says, by the names of its definition; `wrong` is a sentence that the usage of the command is to follow (S1-01). */
export function readArguments(command: Command, order: Order): Read {
  const found = readReason(command, order);
  if ('wrong' in found) return found;
  const values: Record<string, unknown> = found.because === undefined ? {} : { because: found.because };
  let { rest } = found;
  for (const parameter of command.parameters) {
    const [token] = rest.split(/\s+/, 1);
    const given = token === '' ? undefined : token;
    if (given === undefined && !parameter.optional) return { wrong: `<${parameter.name}> is missing.` };
    const parsed = parameter.parse(given);
    if ('wrong' in parsed) return { wrong: `"${(given ?? '').slice(0, 60)}" ${parsed.wrong}.` };
    if (parsed.value !== undefined) values[parameter.name] = parsed.value;
    if (given !== undefined) rest = rest.slice(given.length).trim();
  }
  return readText(command, order, rest, values);
}

const longestReason = 1000;

function readReason(command: Command, { rest, block }: Order): { because?: string; rest: string } | { wrong: string } {
  if (!command.because) {
    // Whoever gives a reason where none is taken writes to the team; an optional text goes to somebody else.
    const first = rest.split(/\s+/, command.parameters.length + 1);
    const mistaken = command.text === 'optional' && block === undefined && first.some((word) => word.toLowerCase() === 'because');
    return mistaken ? { wrong: `/${command.word} takes no reason, and this would be its text; /note keeps a reason.` } : { rest };
  }
  const found = /(?:^|\s)because(?:\s|$)/i.exec(rest);
  if (!found) return command.because === 'required' ? { wrong: 'The reason is missing.' } : { rest };
  const because = rest.slice(found.index + found[0].length).trim();
  if (because === '') return { wrong: 'The reason is missing.' };
  if (because.length > longestReason) return { wrong: `The reason has more than ${longestReason} characters; /note keeps what is longer.` };
  return { because, rest: rest.slice(0, found.index).trim() };
}

// What is left is the text, or was not understood.
function readText(command: Command, order: Order, rest: string, values: Record<string, unknown>): Read {
  const given = order.block ?? rest;
  // Characters that nobody sees are no words.
  const text = /[^\s\p{Cc}\p{Cf}]/u.test(given) ? given : '';
  if (!command.text) return rest === '' ? { values } : { wrong: `"${rest.slice(0, 60)}" is not understood.` };
  const inside = order.block
    ?.split('\n')
    .find((line) => looksLikeCommand(line) && commandFor(line.slice(1).split(/\s/, 1)[0] ?? '') !== undefined);
  if (inside)
    return { wrong: `The text would swallow the line "${inside.slice(0, 60)}": end it with a line /end before, or indent that line.` };
  if (command.text === 'required' && text === '')
    return { wrong: order.unended ? 'The text has no end: close it with a line /end.' : 'The text is missing.' };
  return { values: text === '' ? values : { ...values, text } };
}
