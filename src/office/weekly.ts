// Sends the weekly digest of a team: one look at all that is open, to every member, once a week whoever asks.
import { weekLetters } from '#letter/weekly-gathered.ts';
import { asTheyStand } from '#office/lately.ts';
import type { Office } from '#office/office.ts';
import { toQueue } from '#office/outgoing.ts';
import { lockRegister, teamSubject } from '#office/register.ts';
import { registerDeadline, weeklyDeadline } from '#office/registering.ts';
import { draw, type World } from '#office/world.ts';
import type { Turn } from '#store/turn.ts';
import { weekly } from '#team/week.ts';

/**
 * Makes sure that the next digest is expected, as the policy has it now. One whose moment has come while no daemon ran stays: it is sent late,
 * and once.
 */
export async function expectWeekly(office: Office, world: World): Promise<void> {
  const now = world.clock();
  const next = weekly(now, office.policy)?.next;
  const held = (await world.store.deadlines.of(teamSubject(office))).find(({ key }) => key === weeklyDeadline);
  const right = next ? held && (held.dueAt <= now || held.dueAt.getTime() === next.getTime()) : !held;
  if (right) return;
  await world.store.turn(async (turn) => {
    await lockRegister(turn, office, now);
    await expect(turn, next, office, now);
  });
}

/** Sends the digest of this week; true when somebody got one. Nothing open: nothing is sent. */
export async function sendWeekly(office: Office, world: World): Promise<boolean> {
  const now = world.clock();
  const moments = weekly(now, office.policy);
  return world.store.turn(async (turn) => {
    await lockRegister(turn, office, now);
    // Two daemons, or one that was killed after its commit: this week's is out already.
    const out = !moments || (await turn.recentLetters(office.name, 'weekly', undefined, moments.last)) > 0;
    const letters = out ? [] : weekLetters(await asTheyStand(turn, await turn.incidents(office.name, 'open'), world), office, now);
    const cause = `weekly/${draw(world, 12)}`;
    const rows = letters.map((letter) => toQueue(letter, cause, undefined, office, world, now));
    await expect(turn, moments?.next, office, now, rows);
    return rows.length > 0;
  });
}

async function expect(turn: Turn, next: Date | undefined, office: Office, now: Date, letters: ReturnType<typeof toQueue>[] = []) {
  await turn.commit({
    subject: { id: teamSubject(office), stage: 'open' },
    events: [],
    letters,
    deadlines: next ? [{ key: weeklyDeadline, dueAt: next }] : [],
    besides: [registerDeadline],
    now,
  });
}
