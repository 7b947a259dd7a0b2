// Audiences, commands, steps, decisions, noise and catalogues of a policy that contradict each other: each is warned of in a sentence.
import { expect, test } from 'vitest';
import { commands } from '#command/list.ts';
import { said } from '#test/config/contradicted.ts';

const step = { key: 'look', what: 'Look at it', phase: 'fix' };
const cell = { scope: 'server', effect: 'worm', level: 'high', text: 'Because.' };
const catalogue = { scopes: { server: { what: 'Servers.', components: ['proxy'] } }, effects: { worm: 'A worm.' }, cells: [cell] };

test('every command that a process needs is missed when it is off, and no other', () => {
  const off = Object.fromEntries(commands.map(({ word }) => [word, { off: true }]));
  const missed = ['kubernetes', 'kubernetes-pst', 'gardener'].flatMap((base) =>
    said({ extends: base, commands: off }).flatMap((sentence) => /^commands\.(\S+) is off/.exec(sentence)?.[1] ?? []),
  );
  expect([...new Set(missed)].sort()).toEqual([
    'access',
    'announce',
    'classify',
    'cve',
    'decide',
    'done',
    'fix-ready',
    'fix-team',
    'heads-up',
    'lead',
    'notify',
    'public',
    'schedule',
    'severity',
    'take-part',
  ]);
});

test('a catalogue that agrees with itself is not warned of', () => {
  expect(said({ catalogue })).toEqual([]);
});

test.each<[what: string, policy: Record<string, unknown>, roster: Record<string, unknown>, sentence: string]>([
  // Audiences.
  [
    'an administrator who is needed and has no address (S2-57)',
    { extends: 'gardener' },
    { distributors: [], administrator: undefined },
    'fixTeam.access is must, and the roster has no administrator: requests for access reach nobody by mail.',
  ],
  [
    'a duty to tell distributors, and there are none (S1-76)',
    {},
    { distributors: [] },
    'notice.duty is cve, and the roster has no distributors: nobody would be told.',
  ],
  [
    'distributors whom nothing reaches',
    { extends: 'gardener' },
    {},
    'the roster has distributors, notice.duty is never and /notify is off: they would hear nothing.',
  ],
  ['a public without a list', {}, { channels: [] }, 'the roster has no channel of the kind mail: an announcement reaches nobody by mail.'],
  // Commands that are off.
  [
    'a decision whose command is off (S1-60)',
    { commands: { decide: { off: true } } },
    {},
    'commands.decide is off, and decisions.slow needs it: nobody could do it.',
  ],
  [
    'a notice that nobody can release (S1-76)',
    { commands: { notify: { off: true } } },
    {},
    'commands.notify is off, and notice.duty cve needs it: nobody could do it.',
  ],
  [
    'steps that nobody can tick off',
    { commands: { done: { off: true } } },
    {},
    'commands.done is off, and steps needs it: nobody could do it.',
  ],
  [
    'a catalogue that nobody can ask (S2-60)',
    { catalogue, commands: { classify: { off: true } } },
    {},
    'commands.classify is off, and catalogue needs it: nobody could do it.',
  ],
  [
    'a heads-up that nobody can release (S4-24)',
    { extends: 'gardener', commands: { 'heads-up': { off: true } } },
    { distributors: [] },
    'commands.heads-up is off, and headsUp needs it: nobody could do it.',
  ],
  // Steps and branches.
  [
    'branches that nobody named (S1-87)',
    { branches: [] },
    {},
    'branches is empty, and the steps cherry-pick are for each branch: they are asked for once.',
  ],
  [
    'patches for branches that nobody named (S1-81)',
    { branches: [] },
    {},
    'branches is empty, and notice.allBranches is true: no missing patch is noticed.',
  ],
  [
    'a step that holds up what came before it',
    { steps: [{ ...step, phase: 'release', gate: 'notice' }] },
    {},
    'the step look holds up the notice, and its phase (release) comes later: the notice always takes a reason.',
  ],
  [
    'a step that holds up a notice nobody gets',
    { extends: 'gardener', steps: [{ ...step, gate: 'notice' }] },
    { distributors: [] },
    'the step look holds up the notice, and notice.duty is never.',
  ],
  [
    'a step that must be done before whoever does it is told (S1-89)',
    { steps: [{ ...step, phase: 'release', tell: '6h', ahead: '1d' }] },
    {},
    'the step look must be done 1 day ahead, and those who do it are told only 6 hours ahead: its tell must be the longer one.',
  ],
  [
    'an overview for those who join that nobody wrote (S1-58)',
    { process: { overview: null } },
    {},
    'fixTeam.overview is true, and process.overview is empty: whoever is invited gets no overview.',
  ],
  // Decisions and the CVE.
  [
    'a notice by decision that nobody can take (S2-69b)',
    { extends: 'kubernetes-pst', decisions: { distributors: null } },
    {},
    'notice.duty is decision, and decisions.distributors is absent: nobody can decide it.',
  ],
  [
    'a decision that changes nothing (S1-76)',
    { decisions: { distributors: {} } },
    {},
    'decisions.distributors is there, and notice.duty is cve: the decision changes nothing.',
  ],
  [
    'what is worse and waits for the next release (S1-67)',
    { decisions: { release: { outOfBand: ['medium'] } } },
    {},
    'decisions.release.outOfBand has medium and not high, critical: what is worse would wait longer.',
  ],
  [
    'a CVE that comes too late for the notice (S1-76, S4-32)',
    { cve: { when: 'release' } },
    {},
    'notice.duty is cve, and a CVE is asked for on the day of release only (cve.when): no notice could come in time.',
  ],
  [
    'an announcement that waits for the CVE of its own day (S4-35)',
    { extends: 'gardener', advisory: { announcement: ['title', 'cve'] } },
    { distributors: [] },
    'advisory.announcement has cve, and a CVE is asked for on the day of release only (cve.when): the announcement waits for the authority.',
  ],
  // Noise.
  [
    'noise that suggests a class which is not there',
    { declines: { 'known-cve': null } },
    {},
    'triage.noise.container-scan suggests /decline known-cve, and declines has no such class.',
  ],
  [
    'noise that takes more words than it has',
    { triage: { noise: { clickjacking: { least: 9 } } } },
    {},
    'triage.noise.clickjacking takes 9 words and has 4: it is never recognised.',
  ],
  // The catalogue.
  [
    'a rating for an effect that nobody explained (S2-70)',
    { catalogue: { ...catalogue, cells: [{ ...cell, effect: 'wurm' }] } },
    {},
    'catalogue.cells[0] names the effect "wurm", and catalogue.effects explains worm.',
  ],
  [
    'a rating for a scope that nobody explained (S2-71)',
    { catalogue: { ...catalogue, cells: [{ ...cell, scope: 'toaster' }] } },
    {},
    'catalogue.cells[0] names the scope "toaster", and catalogue.scopes explains server.',
  ],
  [
    'a rating for somebody whom nobody explained (S2-104)',
    { catalogue: { ...catalogue, cells: [{ ...cell, actor: 'neighbour' }] } },
    {},
    'catalogue.cells[0] names the actor "neighbour", and catalogue.actors explains none.',
  ],
  [
    'a change by a circumstance that nobody explained (S2-78)',
    { catalogue: { ...catalogue, changes: [{ when: 'adjacent', from: 'high', to: 'low', text: 'Near.' }] } },
    {},
    'catalogue.changes[0] names the circumstance "adjacent", and catalogue.circumstances explains none.',
  ],
  [
    'a change that is none',
    { catalogue: { ...catalogue, circumstances: { near: 'Near.' }, changes: [{ when: 'near', from: 'high', to: 'high', text: 'Near.' }] } },
    {},
    'catalogue.changes[0] changes high to high, which is no change.',
  ],
  [
    'two ratings of the same',
    { catalogue: { ...catalogue, cells: [cell, { ...cell, level: 'low' }] } },
    {},
    'catalogue.cells[1] rates "server worm" low, which catalogue.cells[0] rates high already: the second is never asked.',
  ],
  [
    'a component of two scopes (S2-71)',
    { catalogue: { ...catalogue, scopes: { ...catalogue.scopes, client: { what: 'Clients.', components: ['proxy'] } } } },
    {},
    'catalogue.scopes: the component "proxy" is of server and of client.',
  ],
  [
    'a decision that names an effect of no catalogue (S2-69c)',
    { extends: 'kubernetes-pst', catalogue: null },
    {},
    'decisions.distributors.effects names effects, and there is no catalogue.',
  ],
])('warns of %s', (_, policy, roster, sentence) => {
  expect(said(policy, roster)).toContain(sentence);
});
