// The stage that scenes are played on: time moves, people write, the daemon works, everybody reads, and expectations are checked.
import { momentOf, type PlayClock } from '#demo/clock.ts';
import type { House } from '#demo/house.ts';
import type { Letter } from '#demo/letter.ts';
import { relayed } from '#demo/letter.ts';
import { calledBy, cast, type Role, roles } from '#demo/people.ts';
import type { Writing } from '#demo/person.ts';
import { type Entry, NotAsExpected, type Outcome, type Play, type Remark, Stopped } from '#demo/record.ts';
import type { Teller } from '#demo/terminal.ts';

export interface Stage {
  readonly people: House['people'];
  readonly house: House;
  /** The day of the play as ISO date: so many days after its first Monday. */
  day(days: number): string;
  /** Time passes until so many days after the first Monday, at that time (UTC). */
  at(days: number, time: string): Promise<void>;
  scene(title: string, about: string): Promise<void>;
  /** Somebody writes a mail that holds no commands. `what` is told. */
  write(role: Role, writing: Writing, what: string, remark?: Remark): Promise<void>;
  /** Bytes are handed in with another envelope; `told` says who and what. */
  hand(role: Role, bytes: Buffer, from: string, to: string, told: { from: string; what: string }, remark?: Remark): Promise<void>;
  /** A member answers a letter with commands, signed and sealed; all must be done, but those that begin with one of `refused`. Answers with the transcript. */
  order(role: Role, answers: Letter, text: string, refused?: readonly string[]): Promise<Letter>;
  /** What became of the commands in the mail with this Message-ID, by the newest transcript of somebody. */
  outcomes(role: Role, messageId: string): ReadonlyMap<string, Outcome>;
  check(claim: string, holds: boolean): void;
  play(incident: string): Play;
}

/** Opens the stage. Once the signal aborts, the next step throws `Stopped`; a failed check throws `NotAsExpected`. */
export function openStage(house: House, monday: Date, clock: PlayClock, teller: Teller, signal: AbortSignal): Stage {
  const entries: Entry[] = [];
  const remarks = new Map<string, Remark>();
  const { people } = house;
  let told = 0;

  const note = (to: number) => {
    while (told < to) entries.push({ is: 'mail', at: house.deliveries[told]?.at ?? clock.now(), delivery: told++ });
  };
  const settle = async () => {
    if (signal.aborted) throw new Stopped('stopped');
    await house.quiet();
    const fresh: { role: Role; letter: Letter }[] = [];
    for (const role of roles) for (const letter of await people[role].read()) fresh.push({ role, letter });
    note(house.deliveries.length);
    for (const group of grouped(fresh)) await tell(group);
  };
  const tell = async (group: readonly { role: Role; letter: Letter }[]) => {
    const [first] = group;
    if (!first) return;
    const { letter } = first;
    const quiet = /Your commands$/.test(letter.subject) || relayed().test(letter.subject);
    await teller.mail({
      at: clock.now(),
      from: calledBy(letter.from).replace(' address', '').replace('’s', ''),
      to: group.map(({ role }) => cast[role].name).join(', '),
      what: letter.subject,
      quiet,
      mark: letter.sealed ? 'sealed' : 'signed',
    });
  };
  const send = async (bytes: Buffer, remark: Remark | undefined) => {
    const id = messageIdOf(bytes);
    if (remark) remarks.set(id, { ...remarks.get(id), ...remark });
    await settle();
    return id;
  };

  const stage: Stage = {
    people,
    house,
    day: (days) => momentOf(monday, days, '00:00').toISOString().slice(0, 10),
    async at(days, time) {
      clock.set(momentOf(monday, days, time));
      await settle();
    },
    async scene(title, about) {
      entries.push({ is: 'scene', at: clock.now(), title, about });
      await teller.scene(title, about);
    },
    async write(role, writing, what, remark) {
      await teller.mail({
        at: clock.now(),
        from: cast[role].name,
        to: 'the team',
        what,
        quiet: false,
        ...(writing.sealed && { mark: 'sealed' as const }),
      });
      await send(await people[role].write(writing), remark);
    },
    async hand(role, bytes, from, to, { from: who, what }, remark) {
      await teller.mail({
        at: clock.now(),
        from: who,
        to: 'the team',
        what,
        quiet: false,
        ...(remark?.forged && { mark: 'forged' as const }),
      });
      await people[role].hand(bytes, from, to);
      await send(bytes, remark);
    },
    async order(role, answers, text, refused = []) {
      const words = text.split('\n').filter((line) => /^\/(?!end\b)/.test(line));
      const before = people[role].letters.length;
      await teller.mail({ at: clock.now(), from: cast[role].name, to: 'the team', what: shortened(words), quiet: false, mark: 'sealed' });
      const id = await send(await people[role].write({ answers, text, sealed: true }), undefined);
      const transcript = people[role].letters.slice(before).findLast(({ subject }) => /Your commands/.test(subject));
      if (!transcript) throw new NotAsExpected(`${cast[role].name} got no answer to ${words.join(', ')}`);
      const outcomes = outcomesIn(transcript.text);
      remarks.set(id, { outcomes });
      for (const [line, outcome] of outcomes) {
        const wanted = refused.some((start) => line.startsWith(start)) ? 'refused' : 'done';
        if (outcome !== wanted)
          throw new NotAsExpected(`"${line}" of ${cast[role].name} should be ${wanted} and is ${outcome}:\n${transcript.text}`);
      }
      if (outcomes.size < words.length)
        throw new NotAsExpected(`not every command of ${cast[role].name} was answered:\n${transcript.text}`);
      return transcript;
    },
    outcomes(role, messageId) {
      const outcomes = outcomesIn(people[role].letter(/Your commands/).text);
      remarks.set(messageId, { ...remarks.get(messageId), outcomes });
      return outcomes;
    },
    check(claim, holds) {
      if (!holds) throw new NotAsExpected(`not as expected: ${claim}`);
      entries.push({ is: 'check', at: clock.now(), claim });
      teller.check(claim);
    },
    play: (incident) => ({ entries, remarks, incident }),
  };
  return stage;
}

type Fresh = { readonly role: Role; readonly letter: Letter };

/** Letters that say the same to several people, together. */
function grouped(fresh: readonly Fresh[]): Fresh[][] {
  const groups = new Map<string, Fresh[]>();
  for (const one of fresh) {
    const key = JSON.stringify([one.letter.subject, one.letter.from, one.letter.sealed]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** The command lines of a transcript with their outcomes. */
export function outcomesIn(transcript: string): Map<string, Outcome> {
  const found = transcript.matchAll(/^ {2}(\/[^\n]{1,2100})\n {6}(Done|Refused|Not reached|Ignored)\./gm);
  const outcomes = new Map<string, Outcome>();
  // What is quoted below may hold the same words; the sender's own come first.
  for (const [, line = '', word = ''] of found)
    if (!outcomes.has(line.trim()) && word !== 'Ignored') outcomes.set(line.trim(), word.toLowerCase() as Outcome);
  return outcomes;
}

function shortened(words: readonly string[]): string {
  const short = words.map((line) => (line.length > 60 ? `${line.slice(0, 59)}…` : line));
  return short.length > 5 ? `${short.slice(0, 4).join('  ')}  … and ${short.length - 4} more` : short.join('  ');
}

function messageIdOf(bytes: Buffer): string {
  return /^Message-ID: <([^>]{1,500})>/im.exec(bytes.subarray(0, 20_000).toString('latin1'))?.[1] ?? '';
}
