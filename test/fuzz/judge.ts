// What must hold after every mail, whatever it was: nothing is lost, nobody is obeyed without proof, no word and no letter goes astray.
import { sql } from 'drizzle-orm';
import { Unavailable } from '#fault.ts';
import type { Recorded } from '#incident/event.ts';
import { fingerprint, fingerprintOf } from '#mail/fingerprint.ts';
import { parse } from '#mail/parse.ts';
import type { Taken } from '#office/taken.ts';
import { rowsOf } from '#store/query.ts';
import type { Ground, Said } from '#test/fuzz/ground.ts';
import { astray } from '#test/fuzz/letters.ts';
import { unproved } from '#test/fuzz/proof.ts';

/** What was found about one mail: sentences about what is wrong, and figures. */
export interface Verdict {
  readonly wrong: readonly string[];
  readonly taken: Taken | undefined;
  /** Milliseconds of processor time that `take` used. */
  readonly spent: number;
}

export interface Judge {
  /** Takes a mail (one character per byte) in which these people signed these words, and looks at all that came of it. */
  judge(text: string, said: readonly Said[]): Promise<Verdict>;
}

/** The most processor time one mail may use, in milliseconds. */
const longest = 2000;

interface Counts {
  readonly messages: number;
  readonly letters: number;
  readonly events: ReadonlyMap<string, number>;
}

/** A judge of all mails of one ground. */
export function openJudge(ground: Ground): Judge {
  const obeyed = new Set<Said>();
  const known = new Set<string>();
  return {
    async judge(text, said) {
      const bytes = Buffer.from(text, 'latin1');
      // Asked each time: letters that left since may have failed, and that is in the journal too.
      const before = await countsOf(ground);
      const began = process.cpuUsage();
      const outcome = await ground.arrives(bytes).then(
        (taken) => ({ taken }),
        (error: unknown) => ({ error }),
      );
      const { user, system } = process.cpuUsage(began);
      const spent = (user + system) / 1000;
      const slow = spent > longest ? [`it took ${Math.round(spent)} ms of processor time`] : [];
      if ('error' in outcome) return { wrong: [...slow, ...thrown(outcome.error)], taken: undefined, spent };
      const { taken } = outcome;
      const after = await countsOf(ground);
      const grown = await grownSince(before, after, ground);
      const print = await printOf(bytes);
      const wrong = [
        ...slow,
        ...(await lost(taken, bytes, { before, after, knew: known.has(print) }, ground)),
        ...elsewhere(taken, grown),
        ...unproved(
          taken,
          grown.flatMap(({ recorded }) => recorded),
          said,
          obeyed,
          ground.town.office.policy,
        ),
        ...(await astray(
          taken,
          grown.flatMap(({ all }) => all),
          ground,
        )),
        ...(after.letters - before.letters === taken.letters.length
          ? []
          : [`${after.letters - before.letters} letters wait, it told of ${taken.letters.length}`]),
      ];
      known.add(print);
      ground.before.push({ text, said });
      return { wrong, taken, spent };
    },
  };
}

function thrown(error: unknown): string[] {
  if (error instanceof Unavailable) return [];
  return [`take throws: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
}

async function countsOf({ database }: Ground): Promise<Counts> {
  const [row] = await database.run((db) =>
    rowsOf(db, sql`select (select count(*) from message) as messages, (select count(*) from letter) as letters`),
  );
  const subjects = await database.run((db) => rowsOf(db, sql`select id, events from subject`));
  return {
    messages: Number(row?.messages),
    letters: Number(row?.letters),
    events: new Map(subjects.map(({ id, events }) => [String(id), Number(events)])),
  };
}

interface Grown {
  readonly subject: string;
  readonly recorded: readonly Recorded[];
  readonly all: readonly Recorded[];
}

async function grownSince(before: Counts, after: Counts, { town }: Ground): Promise<Grown[]> {
  const grown: Grown[] = [];
  for (const [subject, count] of after.events) {
    const had = before.events.get(subject) ?? 0;
    if (count === had) continue;
    const all = ((await town.store.subjects.peek(subject))?.recorded ?? []) as readonly Recorded[];
    grown.push({ subject, recorded: all.slice(had), all });
  }
  return grown;
}

async function printOf(bytes: Buffer): Promise<string> {
  const message = await parse(bytes);
  return 'unreadable' in message ? fingerprintOf(bytes) : fingerprint(message);
}

interface Rows {
  readonly before: Counts;
  readonly after: Counts;
  /** The same mail came before, as mails are known again. */
  readonly knew: boolean;
}

/** One row for each mail, with every byte of it; none for a mail that came before. */
async function lost(taken: Taken, bytes: Buffer, { before, after, knew }: Rows, ground: Ground): Promise<string[]> {
  const rows = after.messages - before.messages;
  if (taken.kind === 'seen' || (taken.kind === 'unusable' && rows === 0 && knew))
    return knew && rows === 0 ? [] : [`${rows} rows for a mail that it took for seen, ${knew ? 'and it was' : 'and it was not'}`];
  if (rows !== 1) return [`${rows} rows were kept for a mail taken as ${taken.kind}`];
  const [row] = await ground.database.run((db) => rowsOf(db, sql`select id from message order by sequence desc limit 1`));
  const kept = await ground.town.store.messages.message(String(row?.id));
  if (!kept?.raw.equals(bytes)) return ['what was kept is not the mail that came'];
  if (kept.subject !== taken.incident) return [`it is kept with ${kept.subject ?? 'nothing'} and told of ${taken.incident ?? 'nothing'}`];
  return [];
}

/** A mail changes its own incident and no other. */
function elsewhere(taken: Taken, grown: readonly Grown[]): string[] {
  return grown
    .filter(({ subject }) => subject !== taken.incident)
    .map(({ subject }) => `events were added to ${subject}, the mail was about ${taken.incident ?? 'none'}`);
}
