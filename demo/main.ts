// npm run demo: three weeks of one incident in less than a minute, through real IMAP, SMTP and OpenPGP, and a page to read it.
import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { notifies, prepares } from '#demo/act-disclosure.ts';
import { announces, looksBack } from '#demo/act-public.ts';
import { arrives, opens, taken, talks } from '#demo/act-report.ts';
import { writeKeys, writeMails } from '#demo/archive.ts';
import { firstMonday, openClock, type PlayClock } from '#demo/clock.ts';
import { freshFolder, leaveFolder } from '#demo/folder.ts';
import { type House, openHouse } from '#demo/house.ts';
import { pageOf } from '#demo/page.ts';
import { type Keys, makeKeys } from '#demo/people.ts';
import { NotAsExpected, type Play, Stopped } from '#demo/record.ts';
import { openStage } from '#demo/stage.ts';
import { waysToJoin } from '#demo/stay.ts';
import { openTeller, type Teller } from '#demo/terminal.ts';

const usage = `npm run demo -- [--out DIR] [--quick] [--stay]

  --out DIR   where the mails, keys and the page go (default: demo-out; emptied first)
  --quick     no pauses; there are none anyway where nobody looks on
  --stay      afterwards keep everything running, to take part with a mail program
`;

interface Wish {
  readonly out: string;
  readonly quick: boolean;
  readonly stay: boolean;
}

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());
process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<number> {
  const wish = read(words);
  if (wish === undefined) return 2;
  if (wish === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const teller = openTeller(process.stdout, process.stdout.isTTY && !wish.quick ? 250 : 0);
  try {
    return await demo(wish, teller);
  } catch (error) {
    if (error instanceof Stopped) return 130;
    const words = error instanceof Error ? (error instanceof NotAsExpected ? error.message : error.stack) : String(error);
    process.stderr.write(`${words}\n`);
    return 1;
  }
}

function read(words: readonly string[]): Wish | 'help' | undefined {
  try {
    const options = {
      out: { type: 'string' },
      quick: { type: 'boolean' },
      stay: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { values } = parseArgs({ args: [...words], options });
    return values.help ? 'help' : { out: values.out ?? 'demo-out', quick: values.quick ?? false, stay: values.stay ?? false };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return undefined;
  }
}

async function demo(wish: Wish, teller: Teller): Promise<number> {
  const began = Date.now();
  const directory = await freshFolder(wish.out);
  const monday = firstMonday(new Date());
  const clock = openClock(monday);
  teller.title('embargod: three weeks of a security incident, run by mail');
  teller.plain('A mail server of its own, the real daemon, an embedded database; only the clock is moved. One moment …');
  const keys = await makeKeys(monday);
  const house = await openHouse(directory, monday, keys, clock);
  try {
    const { play, failure } = await played(house, monday, clock, teller);
    await writeKeys(directory, keys);
    await writePage(directory, play, house, keys, monday);
    if (failure) throw failure;
    const seconds = Math.round((Date.now() - began) / 1000);
    teller.plain(`\nAll as expected, after ${seconds} seconds. Read it: ${join(shortest(directory), 'index.html')}`);
    teller.plain(`Every mail as it went over the wire, and its text: ${join(shortest(directory), 'mails')}\n`);
    if (wish.stay) await stay(directory, house, clock, teller);
    return 0;
  } finally {
    await house.close();
    await leaveFolder(directory);
  }
}

/** Plays all scenes; a failure is handed back beside what was played so far, so that the page shows how far it came. */
async function played(house: House, monday: Date, clock: PlayClock, teller: Teller): Promise<{ play: Play; failure?: unknown }> {
  const stage = openStage(house, monday, clock, teller, stopping.signal);
  let incident = '';
  try {
    await opens(stage);
    incident = await arrives(stage);
    await taken(stage);
    await talks(stage);
    await prepares(stage, incident);
    await notifies(stage);
    await announces(stage);
    await looksBack(stage);
    return { play: stage.play(incident) };
  } catch (failure) {
    return { play: stage.play(incident), failure };
  }
}

async function writePage(directory: string, play: Play, house: House, keys: Keys, monday: Date): Promise<void> {
  const mails = await writeMails(directory, house.deliveries, keys);
  await writeFile(join(directory, 'index.html'), pageOf(play, mails, monday));
}

async function stay(directory: string, house: House, clock: PlayClock, teller: Teller): Promise<void> {
  clock.run();
  house.daemon.poke();
  for (const line of await waysToJoin(directory, house)) teller.plain(line);
  if (stopping.signal.aborted) return;
  await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve, { once: true }));
  teller.plain('\nStopping …');
}

function shortest(directory: string): string {
  const near = relative(process.cwd(), directory);
  return near === '' || near.startsWith('..') ? directory : near;
}
