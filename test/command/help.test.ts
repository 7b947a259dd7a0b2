// /help: read off the definitions, for everybody of the roster.
import { expect, test } from 'vitest';
import { commands } from '#command/list.ts';
import { member, obey, situation, stranger } from '#test/situation.ts';

const said = (order: string, bent = {}) => obey(order, situation([], bent)).transcript[0]?.text ?? '';

test('lists every command with its usage and its help', () => {
  const all = said('/help', { policy: { extends: 'kubernetes-pst' } });
  for (const { word } of commands) expect(all).toMatch(new RegExp(`^/${word}\\b`, 'm'));
  for (const { help } of commands) expect(all).toContain(help);
});

test('leaves out what the team does not use', () => {
  expect(said('/help', { policy: { commands: { cve: { off: true } } } })).not.toMatch(/^\/cve/m);
});

test('explains one command: usage, who, proof, examples that work', () => {
  expect(said('/help /severity')).toBe(
    [
      '/severity <rating> [provisional] [because <reason>]',
      'Set the severity: a CVSS vector is scored; a level alone overrides the score and needs a reason, or is only provisional.',
      'For: lead, commander. Proof: signed.',
      'Examples:',
      '/severity CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      '/severity medium because only reachable from the node itself',
      '/severity high provisional',
    ].join('\n'),
  );
});

test("explains a word of the team's severity catalogue, which no command has (S2-104)", () => {
  expect(said('/help remote-anonymous', { policy: { extends: 'kubernetes-pst' } })).toMatch(/^remote-anonymous: /);
  expect(said('/help remote-anonymous')).toBe('There is no command /remote-anonymous.');
});

test('guesses a mistyped word', () => {
  expect(said('/help sevrity')).toBe('There is no command /sevrity. Did you mean /severity?');
  expect(said('/help xyzzy')).toBe('There is no command /xyzzy.');
});

test('tells a stranger nothing, and a member without a signature everything', () => {
  expect(said('/help', { by: stranger })).toBe(
    '/help is for: member, associate, steering, release-manager, engineer. You are: none of these.',
  );
  expect(said('/help', { by: member('lead', { proof: 'none' }) })).toContain('/take');
});

test.each(commands.flatMap(({ word, examples }) => examples.map((example) => [word, example] as const)))(
  'the example of /%s is read without a mistake: %s',
  (_, example) => {
    const { transcript } = obey(example, situation([]));
    expect(transcript).toHaveLength(1);
    expect(transcript[0]?.text).not.toContain('Write: ');
  },
);
