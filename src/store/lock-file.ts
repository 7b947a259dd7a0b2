// Keeps a second process away from an embedded database: two at once would silently lose what they acknowledged.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Who holds a directory. `started` tells a process from a later one with the same number; `scope` where the number means something. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly scope: string;
  readonly started: string;
}

export interface DirectoryLock {
  /** False when another process took the directory over, as may happen to one that stood still for longer than their patience. */
  held(): boolean;
  release(): void;
}

const prefix = 'embargod.lock.';
const beatEvery = 2_000;

/**
 * Takes the directory for this process, or throws a sentence that names the process that has it.
 *
 * Each process puts a file of its own name there first and looks for others afterwards: of two that come at once at least one sees the
 * other and steps back, and removing the file of a dead process can never hit a living one. Processes of another machine or container
 * cannot be asked for; theirs counts as alive while its heartbeat moves. `patience` is how long to look, in milliseconds.
 */
export async function lockDirectory(directory: string, patience = 15_000): Promise<DirectoryLock> {
  for (let tries = 0; ; tries += 1) {
    const mine = place(directory, ourselves());
    const other = await livingOther(directory, mine.name, patience);
    if (!other) return mine;
    mine.release();
    if (tries === 2) throw new Error(`${directory} is in use by ${other}: the embedded database is for one process at a time`);
    // Two that met at the door step back for different times.
    await pause(20 + (randomBytes(1)[0] ?? 0));
  }
}

/** The file appears whole, by renaming, so that nobody reads half an owner. */
function place(directory: string, owner: Owner): DirectoryLock & { name: string } {
  const name = `${prefix}${randomBytes(9).toString('hex')}`;
  const path = join(directory, name);
  const unnamed = join(directory, `.${name}`);
  writeFileSync(unnamed, `${JSON.stringify(owner)}\n0`, { flag: 'wx', mode: 0o600 });
  renameSync(unnamed, path);
  const file = openSync(path, 'r+');
  const at = Buffer.byteLength(JSON.stringify(owner)) + 1;
  let beats = 0;
  const heart = setInterval(() => {
    beats = (beats + 1) % 10;
    try {
      writeSync(file, String(beats), at);
    } catch {
      // A full disk stops the heartbeat, not the process: on this machine the process itself shows that it lives.
    }
  }, beatEvery);
  heart.unref();
  const release = () => {
    clearInterval(heart);
    closeSync(file);
    rmSync(path, { force: true });
  };
  return { name, held: () => existsSync(path), release };
}

/** A living owner beside us, in words; the files of dead ones are removed. */
async function livingOther(directory: string, mine: string, patience: number): Promise<string | undefined> {
  const us = ourselves();
  for (const name of readdirSync(directory)) {
    if (!name.startsWith(prefix) || name === mine) continue;
    const path = join(directory, name);
    const text = read(path);
    if (text === undefined) continue;
    const owner = ownerIn(text);
    if (!owner) return `somebody who left ${path} unreadable (remove it when no other process uses the directory)`;
    const alive = owner.scope === us.scope ? startOf(owner.pid) === owner.started : await moves(path, text, patience);
    if (alive) return `process ${owner.pid} on ${owner.host}`;
    rmSync(path, { force: true });
  }
  return undefined;
}

async function moves(path: string, before: string, patience: number): Promise<boolean> {
  for (let waited = 0; waited < patience; waited += 250) {
    await pause(250);
    const text = read(path);
    if (text === undefined) return false;
    if (text !== before) return true;
  }
  return false;
}

function ourselves(): Owner {
  return { pid: process.pid, host: hostname(), scope: scope(), started: startOf(process.pid) ?? '' };
}

/** Boot and process namespace where Linux tells them, otherwise the machine's name. */
function scope(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

/** When a process started, in the kernel's ticks; '' where only its life can be told; undefined when there is none. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  const stat = read(`/proc/${pid}/stat`);
  // The name in field 2 may hold anything; what follows its last parenthesis is fields 3 and on, the start is field 22.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  if (state === 'Z' || state === 'X') return undefined;
  return fields[18] ?? '';
}

function ownerIn(text: string): Owner | undefined {
  try {
    const owner: Partial<Owner> = JSON.parse(text.slice(0, text.indexOf('\n')));
    const { pid, host, scope, started } = owner;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof scope !== 'string' || typeof started !== 'string') return undefined;
    return { pid, host, scope, started };
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
