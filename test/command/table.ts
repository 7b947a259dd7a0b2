// Tests of a command as a table: what it answers and what happens; and what holds for every command whatever it does.
import { expect, test } from 'vitest';
import { usage } from '#command/command.ts';
import { commandFor } from '#command/list.ts';
import type { Event } from '#incident/event.ts';
import { type Bent, member, obey, situation, stranger } from '#test/situation.ts';

/** One row: after these events the order is answered or refused with exactly this sentence, and these events follow. */
export interface Row extends Bent {
  readonly it: string;
  readonly after?: readonly Event[];
  readonly order: string;
  readonly answers?: string;
  readonly refuses?: string;
  readonly happens?: readonly Event[];
}

/** One test for each row. */
export function rows(...all: readonly Row[]): void {
  test.each(all.map((row) => [row.it, row] as const))('%s', (_, { after = [], order, answers, refuses, happens = [], ...bent }) => {
    const { transcript, events } = obey(order, situation(after, bent));
    const last = transcript.at(-1);
    expect({ outcome: last?.outcome, text: last?.text }).toEqual(
      refuses === undefined ? { outcome: 'done', text: answers } : { outcome: 'refused', text: refuses },
    );
    expect(events).toEqual(happens);
  });
}

/** What every command keeps to, shown with an order that works after these events: who, proof, policy, leftover words. */
export function guards(order: string, after: readonly Event[] = [], bent: Bent = {}): void {
  const word = order.slice(1).split(/\s/, 1)[0] ?? '';
  const command = commandFor(word);
  if (!command) throw new Error(`there is no /${word}`);
  const refused = (text: string, changes: Bent) => {
    const { transcript, events } = obey(text, situation(after, { ...bent, ...changes }));
    expect(events).toEqual([]);
    expect(transcript[0]?.outcome).toBe('refused');
    return transcript[0]?.text;
  };
  const by = bent.by ?? member();

  test(`/${word} works for whom it is meant`, () => {
    expect(obey(order, situation(after, bent)).transcript[0]?.outcome).toBe('done');
  });
  test(`/${word} does nothing for a stranger, however well proved (S1-01)`, () => {
    for (const proof of ['none', 'domain', 'signed'] as const)
      expect(refused(order, { by: { ...stranger, proof } })).toMatch(new RegExp(`^/${word} `));
    expect(refused(order, { by: { ...stranger, proof: 'signed' } })).toBe(`/${word} is for: ${who(word, bent)}. You are: none of these.`);
  });
  test(`/${word} does nothing for a distributor who signed (S1-01)`, () => {
    const distributor = { ...stranger, who: 'acme', roles: ['distributor' as const], proof: 'signed' as const };
    expect(refused(order, { by: distributor })).toBe(`/${word} is for: ${who(word, bent)}. You are: distributor.`);
  });
  if (command.changes) {
    test(`/${word} needs a signature, the From proves nothing (S1-01)`, () => {
      const sentence = `/${word} needs a mail signed with your key on the roster; this one is not known to be yours`;
      for (const proof of ['none', 'domain'] as const) expect(refused(order, { by: { ...by, proof } })).toBe(`${sentence}.`);
      expect(refused(order, { by: { ...by, proof: 'none', doubt: 'signed with an expired key' } })).toBe(
        `${sentence} (signed with an expired key).`,
      );
    });
    test(`/${word} serves a team without keys by the domain's word, never by less`, () => {
      const keyless = { ...bent, policy: { ...bent.policy, proof: 'domain' } };
      expect(obey(order, situation(after, { ...keyless, by: { ...by, proof: 'domain' } })).transcript[0]?.outcome).toBe('done');
      expect(refused(order, { ...keyless, by: { ...by, proof: 'none' } })).toMatch(/needs a mail that our mail server vouches for/);
    });
  }
  test(`/${word} is narrowed and switched off by the policy`, () => {
    expect(refused(order, { policy: { ...bent.policy, commands: { [word]: { off: true } } } })).toBe(`This team does not use /${word}.`);
    const few = { policy: { ...bent.policy, commands: { [word]: { who: ['steering'] } } } };
    expect(refused(order, few)).toMatch(new RegExp(`^/${word} is for: `));
  });
  // A reason goes on to the end of the line.
  if (!command.text && !/ because /.test(order)) {
    test(`/${word} refuses words it does not understand, with its usage`, () => {
      const filled =
        command.because === 'required' || command.parameters.length > order.split(' ').length - 1 ? undefined : `${order} and more`;
      if (filled) expect(refused(filled, {})).toBe(`"and more" is not understood. Write: ${usage(command)}`);
    });
  }
}

function who(word: string, bent: Bent): string {
  const narrowed = (situation([], bent).policy.commands[word]?.who ?? commandFor(word)?.who ?? []).join(', ');
  return narrowed;
}
