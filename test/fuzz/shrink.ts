// Makes a failing case smaller: leaves out every step that is not needed for the same thing to be wrong.
import { openGround } from '#test/fuzz/ground.ts';
import { openJudge } from '#test/fuzz/judge.ts';
import { type Failure, one } from '#test/fuzz/run.ts';

/** The case with as few steps as still fail the same way, on a ground of its own; unchanged when it does not fail there. */
export async function shrink(failure: Failure): Promise<Failure> {
  if (failure.steps.size === 0) return failure;
  const ground = await openGround();
  const judge = openJudge(ground);
  const kind = kindOf(failure.wrong[0] ?? '');
  const attempt = async (without: ReadonlySet<number>): Promise<Failure | undefined> => {
    const plan = { ...failure.plan, without };
    const { mutated, verdict } = await one(plan, ground, judge, { seen: new Set() });
    return verdict.wrong.some((what) => kindOf(what) === kind) ? { ...mutated, plan, wrong: verdict.wrong } : undefined;
  };
  try {
    let best = await attempt(new Set());
    if (!best) return { ...failure, wrong: [...failure.wrong, 'alone on a fresh ground it does not fail'] };
    for (const step of failure.steps.keys()) {
      const tried = await attempt(new Set([...(best.plan.without ?? []), step]));
      if (tried) best = tried;
    }
    return best;
  } finally {
    await ground.close();
  }
}

// Addresses, ids and words differ from one run to the next; what is wrong does not.
function kindOf(what: string): string {
  return (
    what
      .split('\n', 1)[0]
      ?.replace(/\S*[-@\d|]\S*/g, '*')
      .slice(0, 40) ?? ''
  );
}
