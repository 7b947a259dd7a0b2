// Cases one after the other, in grounds that are laid anew every few hundred mails; what is wrong is handed out with the mail that did it.
import { sql } from 'drizzle-orm';
import { type Mutated, mutate, type Plan } from '#test/fuzz/case.ts';
import { type Ground, openGround } from '#test/fuzz/ground.ts';
import { type Judge, openJudge, type Verdict } from '#test/fuzz/judge.ts';
import { unfitBytes } from '#test/fuzz/letters.ts';
import type { Kind } from '#test/fuzz/mutation.ts';
import { changesOf } from '#test/fuzz/proof.ts';

/** A mail that something is wrong with, and how it was made. */
export interface Failure extends Pick<Mutated, 'base' | 'steps' | 'text'> {
  readonly plan: Plan;
  readonly wrong: readonly string[];
}

export interface Figures {
  mails: number;
  grounds: number;
  /** How often a mail was taken as what. */
  readonly kinds: Map<string, number>;
  /** Commands that changed something, that were refused, and that stood where nobody may obey them. */
  changed: number;
  refused: number;
  ignored: number;
  letters: number;
  /** Letters that were composed, sealed, handed over and read by their recipients. */
  sent: number;
  slowest: { spent: number; number: number };
}

export interface Wish {
  readonly seed: number;
  readonly only?: Kind;
  /** The first case; they go on from there. */
  readonly from?: number;
  /** Asked after each mail. */
  enough(figures: Figures): boolean;
  failed(failure: Failure): void | Promise<void>;
}

const perGround = 300;
/** Every so many mails their letters really leave; the others only wait. */
const perPost = 15;

/** Runs cases until it is enough, and answers with figures. */
export async function fuzz({ seed, only, from = 0, enough, failed }: Wish): Promise<Figures> {
  const figures: Figures = {
    mails: 0,
    grounds: 0,
    kinds: new Map(),
    changed: 0,
    refused: 0,
    ignored: 0,
    letters: 0,
    sent: 0,
    slowest: { spent: 0, number: from },
  };
  for (let number = from; !enough(figures); ) {
    const ground = await openGround();
    const judge = openJudge(ground);
    const seen = new Set<string>();
    figures.grounds += 1;
    for (let count = 0; count < perGround && !enough(figures); count += 1, number += 1) {
      const plan = { seed, number, ...(only && { only }) };
      const { mutated, verdict } = await one(plan, ground, judge, number % perPost === 0 ? { figures, seen } : undefined);
      tally(figures, verdict, number);
      if (verdict.wrong.length > 0) await failed({ ...mutated, plan, wrong: verdict.wrong });
    }
    const broken = await brokenChains(ground);
    if (broken.length > 0) await failed({ plan: { seed, number }, base: 'the journal', steps: new Map(), text: '', wrong: broken });
    await ground.close();
  }
  return figures;
}

/** One case in a ground; with `post` its letters leave and are looked at too. */
export async function one(
  plan: Plan,
  ground: Ground,
  judge: Judge,
  post?: { readonly figures?: Figures; readonly seen: Set<string> },
): Promise<{ mutated: Mutated; verdict: Verdict }> {
  const mutated = await mutate(plan, ground);
  if (post) await clear(ground);
  const verdict = await judge.judge(mutated.text, mutated.said);
  if (!post) return { mutated, verdict };
  const { sent, thrown } = await ground.send();
  if (post.figures) post.figures.sent += sent.length;
  const faults = thrown.map((error) => `dispatch throws: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const wrong = [...verdict.wrong, ...faults, ...(await unfitBytes(sent, post.seen, ground))];
  return { mutated, verdict: { ...verdict, wrong } };
}

// Letters of earlier mails wait for ever here; only those of the next one are to leave.
async function clear({ database }: Ground): Promise<void> {
  await database.run((db) => db.execute(sql`update letter set state = 'dropped' where state in ('waiting', 'leased')`));
}

function tally(figures: Figures, { taken, spent }: Verdict, number: number): void {
  figures.mails += 1;
  if (spent > figures.slowest.spent) figures.slowest = { spent, number };
  if (!taken) return;
  figures.kinds.set(taken.kind, (figures.kinds.get(taken.kind) ?? 0) + 1);
  figures.changed += changesOf(taken).length;
  figures.refused += taken.transcript.filter(({ outcome }) => outcome === 'refused').length;
  figures.ignored += taken.transcript.filter(({ outcome }) => outcome === 'ignored').length;
  figures.letters += taken.letters.length;
}

async function brokenChains({ town }: Ground): Promise<string[]> {
  const broken: string[] = [];
  for await (const audited of town.store.journal.audit()) if (audited.broken) broken.push(audited.broken);
  return broken;
}
