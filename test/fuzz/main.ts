// Fuzzes intake for a while: npm run fuzz -- --seconds 300 --seed 1 --keep DIR --only tree
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutationCount } from '#test/fuzz/case.ts';
import { type Kind, kinds } from '#test/fuzz/mutation.ts';
import { type Failure, type Figures, fuzz } from '#test/fuzz/run.ts';
import { shrink } from '#test/fuzz/shrink.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    /** The first case, to see one again: --from 4711 --mails 1 */
    from: { type: 'string', default: '0' },
    mails: { type: 'string', default: 'Infinity' },
    keep: { type: 'string' },
    only: { type: 'string' },
  },
});

const only = kinds.find((kind) => kind === values.only);
if (values.only !== undefined && only === undefined) {
  say(`--only takes one of: ${kinds.join(', ')}`);
  process.exit(2);
}

const [seconds, seed, from, mails] = [Number(values.seconds), Number(values.seed), Number(values.from), Number(values.mails)];
const began = performance.now();
const elapsed = () => (performance.now() - began) / 1000;
const failures: Failure[] = [];
let spoken = 0;

const figures = await fuzz({
  seed,
  from,
  ...(only && { only: only satisfies Kind }),
  enough: (so) => {
    if (elapsed() > spoken + 10) {
      spoken = elapsed();
      say(`${Math.round(spoken)} s: ${so.mails} mails, ${failures.length} failed`);
    }
    return so.mails >= mails || elapsed() > seconds;
  },
  failed: async (failure) => {
    const small = await shrink(failure);
    failures.push(small);
    tell(small);
  },
});

report(figures);
process.exitCode = failures.length > 0 ? 1 : 0;

function tell({ plan, base, steps, wrong, text }: Failure): void {
  const words = [
    `case ${plan.seed}/${plan.number}: ${base}; ${[...steps.values()].join(', ') || 'nothing done to it'}`,
    ...wrong.map((what) => `  ${what}`),
    `  again: npm run fuzz -- --seed ${plan.seed} --from ${plan.number} --mails 1${plan.only ? ` --only ${plan.only}` : ''}`,
  ];
  say(words.join('\n'));
  if (values.keep === undefined) return;
  mkdirSync(values.keep, { recursive: true });
  const name = join(values.keep, `${plan.seed}-${plan.number}`);
  writeFileSync(`${name}.eml`, Buffer.from(text, 'latin1'));
  writeFileSync(`${name}.txt`, `${words.join('\n')}\n`);
}

function report({ mails: count, grounds, kinds: taken, changed, refused, ignored, letters, sent, slowest }: Figures): void {
  const time = elapsed();
  say(
    `${count} mails in ${Math.round(time)} s (${(count / time).toFixed(1)} a second), ${mutationCount} mutations, ${grounds} grounds, seed ${seed}`,
  );
  say(
    `taken as: ${[...taken]
      .sort()
      .map(([kind, times]) => `${kind} ${times}`)
      .join(', ')}`,
  );
  say(`commands: ${changed} changed something, ${refused} refused, ${ignored} stood where nobody is obeyed`);
  say(`letters: ${letters} queued, ${sent} sealed, sent and read`);
  say(`slowest mail: ${Math.round(slowest.spent)} ms of processor time (case ${slowest.number})`);
  say(failures.length > 0 ? `${failures.length} mails failed` : 'nothing failed');
}
