// embargod rehearse: takes mails through the whole of intake in transactions that are rolled back, and says what would happen.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { mailsUnder, type NamedMail } from '#cli/mails.ts';
import { openConfig } from '#cli/open-config.ts';
import { rehearseScenario, type ScenarioWish } from '#cli/rehearse-scenario.ts';
import { asJson, asText } from '#cli/rehearsed.ts';
import type { Terminal } from '#cli/terminal.ts';
import type { Config } from '#config/read.ts';
import { openOffices } from '#daemon/offices.ts';
import { openVouchers } from '#daemon/vouchers.ts';
import { isOurs } from '#incident/thread.ts';
import { take } from '#intake.ts';
import { openLog } from '#log.ts';
import { mailDate } from '#mail/date.ts';
import { parse } from '#mail/parse.ts';
import type { Office } from '#office/office.ts';
import { type Taken, takenOf } from '#office/taken.ts';
import type { World } from '#office/world.ts';
import { openDatabase } from '#store/database.ts';
import { openStore } from '#store/store.ts';
import { openVault, type Vault } from '#store/vault.ts';
import { readMoment } from '#time.ts';

interface Wish extends Partial<ScenarioWish> {
  readonly json?: true;
}

/** Adds `rehearse` to the program. */
export function addRehearse(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  program
    .command('rehearse')
    .description('say what would happen with mails, or play a whole incident; nothing is sent or kept')
    .argument('[paths...]', 'mail files, mbox files, or folders of them')
    .option('-c, --config <dir>', 'the config folder (default: ".", or the team of the scenario)')
    .option('--team <name>', 'as mail to this team; otherwise by its recipients, else the first team')
    .option('--json', 'one JSON object a mail and line')
    .option('--at <moment>', 'the moment the mails are taken at (UTC), or "date": each at its own Date; of a scenario its beginning')
    .option('--scenario <file>', 'play an incident: a file, or the name of one that comes along')
    .option('--as <name=handle...>', 'who of the roster plays a name of the scenario')
    .option('--speed <times>', 'how much faster than real a scenario is played, or "max" (default: 1000)')
    .option('--show <letter...>', 'print letters of this kind in full')
    .option('--out <dir>', 'write every letter of a scenario there')
    .action(async (paths: string[], wish: Wish) => ended(await chosen(paths, wish, terminal)));
}

async function chosen(paths: readonly string[], { scenario, ...wish }: Wish, terminal: Terminal): Promise<number> {
  if (scenario !== undefined && paths.length === 0) return rehearseScenario({ ...wish, scenario }, terminal);
  if (scenario === undefined && paths.length > 0) return rehearse(paths, wish, terminal);
  terminal.err('Name the mails to rehearse, or the scenario to play: rehearse mail.eml, or rehearse --scenario file.yaml.');
  return 2;
}

async function rehearse(paths: readonly string[], wish: Omit<Wish, 'scenario'>, terminal: Terminal): Promise<number> {
  const at = wish.at === undefined || wish.at === 'date' ? undefined : readMoment(wish.at)?.at;
  if (wish.at !== undefined && wish.at !== 'date' && !at) {
    terminal.err(`"${wish.at}" is no moment; write one like 2026-03-01T16:00Z, or "date".`);
    return 2;
  }
  const config = await openConfig(wish.config ?? '.', terminal);
  if (!config) return 1;
  const vault = openVault({ keys: config.vaultKeys, mac: config.macKey });
  const offices = await openOffices(config, vault);
  if (wish.team !== undefined && !offices.has(wish.team)) {
    terminal.err(`There is no team "${wish.team}"; there is ${[...offices.keys()].join(', ')}.`);
    return 2;
  }
  const store = await storeFor(config, vault, terminal);
  const log = openLog({ level: 'silent' });
  let count = 0;
  try {
    for await (const mail of mailsUnder(paths, (sentence) => terminal.err(sentence))) {
      const now = at ?? (wish.at === 'date' ? await dateOf(mail) : undefined) ?? terminal.now();
      const world: World = {
        store,
        clock: () => now,
        random: (bytes) => randomBytes(bytes),
        limits: config.limits,
        log,
        vouchers: openVouchers(config),
      };
      const office = await officeFor(mail, wish.team, offices);
      const taken = await rehearseOne(mail, office, world);
      terminal.out(wish.json ? JSON.stringify(await asJson(mail.file, taken, office)) : await asText(mail.file, taken, office));
      count += 1;
      if (count % 100 === 0 && terminal.colour) terminal.err(`${count} mails`);
    }
  } finally {
    await store.close();
  }
  if (count === 0) terminal.err('There was no mail to rehearse.');
  return count === 0 ? 1 : 0;
}

/** One mail; what a bug throws is told like any unusable mail, so that the rest goes on. */
async function rehearseOne({ bytes }: NamedMail, office: Office, world: World): Promise<Taken> {
  const tooLarge = bytes.length > world.limits.bytes;
  const place = { mailbox: 'rehearsal', uidValidity: '0', uid: 0 };
  try {
    return await take({ place, size: bytes.length, arrived: world.clock(), bytes: tooLarge ? undefined : bytes }, office, world, {
      keep: false,
    });
  } catch (error) {
    return takenOf({
      kind: 'unusable',
      why: `a fault in the service: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}`,
    });
  }
}

/** The config's own database where it can be had, so that mails find their incidents; otherwise an empty one in memory, said aloud. */
async function storeFor(config: Config, vault: Vault, terminal: Terminal) {
  if (config.databaseUrl !== undefined) return openStore(await openDatabase({ url: config.databaseUrl }), vault);
  if (existsSync(join(config.data, 'postgres'))) {
    try {
      return await openStore(await openDatabase({ directory: config.data }), vault);
    } catch {
      terminal.err('The database is in use or cannot be opened, so the mails are rehearsed against an empty one: no incident is known.');
    }
  }
  return openStore(await terminal.memory(), vault);
}

async function dateOf({ bytes }: NamedMail): Promise<Date | undefined> {
  const message = await parse(bytes);
  return 'unreadable' in message ? mailDate(/^date:(.{1,200})$/im.exec(bytes.toString('latin1', 0, 20_000))?.[1] ?? '') : message.date;
}

async function officeFor({ bytes }: NamedMail, wanted: string | undefined, offices: ReadonlyMap<string, Office>): Promise<Office> {
  const [first] = offices.values();
  const named = wanted === undefined ? undefined : offices.get(wanted);
  if (named || offices.size === 1) return named ?? (first as Office);
  const message = await parse(bytes);
  const recipients = 'unreadable' in message ? [] : message.recipients;
  return [...offices.values()].find((office) => recipients.some((recipient) => isOurs(recipient, office))) ?? (first as Office);
}
