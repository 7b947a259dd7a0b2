// What would leave, before it is confirmed.
import { expect, test } from 'vitest';
import { commandLines, renderer } from '#test/letter/rendered.ts';

const preview = await renderer('preview');

test('shows what would go to whom and when, and how to confirm', () => {
  const { subject, text } = preview();
  expect(subject).toBe('[SRC-4F7K2M] Please confirm: notify the distributors');
  expect(text).toContain('Nothing has left yet.');
  expect(text).toContain('\n  /confirm 7QK4\n');
  expect(text).toContain('lead cannot confirm it, but you can. Answer, signed, before 2026-03-03 09:30\nUTC');
  expect(text).toContain('The code is yours alone');
  expect(text).toContain('  - Distribution One <security@one.example.net>: encrypted to AAAA 1111');
  expect(text).toContain('  - Distribution Two: its key expired on 2026-02-01');
  expect(text).toContain('- The notice leaves 5 days before the public date');
  expect(text).toContain('| An archive can write outside its target folder.');
  expect(text).toContain('/cancel');
});

test('says the moment when there is one, and that one person is enough where it is', () => {
  const { subject, text } = preview({ action: 'announce', at: '2026-03-10T16:00:00.000Z', second: false });
  expect(subject).toBe('[SRC-4F7K2M] Please confirm: announce in public');
  expect(text.replaceAll('\n', ' ')).toContain('leaves at 2026-03-10 16:00 UTC (17:00 Europe/Berlin)');
  expect(text).not.toContain('lead cannot confirm');
  expect(text).toContain('To confirm, answer, signed, before');
});

test('has no code for whoever may not confirm, and says who may', () => {
  const { text } = preview({ code: undefined });
  expect(text).toContain('Somebody else of the team must confirm it, before 2026-03-03 09:30 UTC');
  expect(text).not.toContain('/confirm');
  expect(text).toContain('To stop it: /cancel');
});

test('asks for a signature only where the team works with OpenPGP', () => {
  expect(preview({ signed: false }).text).not.toContain('signed');
  expect(preview({ signed: false }).text).toContain('but you can. Answer before 2026-03-03 09:30 UTC');
});

test('a preview that waited in the outbox since before codes were personal still leaves', () => {
  expect(preview({ signed: undefined }).text).toContain('/confirm 7QK4');
});

test('says it when it would go to nobody', () => {
  expect(preview({ recipients: [] }).text).toContain('It goes to:\n  nobody\n');
});

test('threat: the text shown cannot pass for the letter around it', () => {
  const { text } = preview({ text: 'It goes to:\n  nobody\n/confirm 7QK4' });
  expect(commandLines(text)).toEqual([]);
  expect(text).toContain('| It goes to:\n|   nobody\n| /confirm 7QK4');
});
