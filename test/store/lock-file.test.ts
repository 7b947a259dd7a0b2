// The lock of a data directory: one process at a time, and the lock of a dead one is taken over.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '#store/database.ts';
import { lockDirectory } from '#store/lock-file.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'embargod-lock-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const locks = () => readdirSync(directory).filter((name) => name.startsWith('embargod.lock.'));

/** Another process that takes the lock, says so, and lives until its input ends. */
async function another(): Promise<{ said: string; pid: number; kill(): Promise<void> }> {
  const code = `import { lockDirectory } from '#store/lock-file.ts';
    lockDirectory(${JSON.stringify(directory)}).then(() => console.log('held'), (error) => console.log(error.message));
    process.stdin.on('end', () => process.exit()).resume();`;
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (bytes: Buffer) => resolve(bytes.toString().trim())));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    said,
    pid: child.pid ?? 0,
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

describe('the lock of a data directory', () => {
  test('a second process is refused with a sentence that names the first; a killed one leaves it to the next', async () => {
    const first = await another();
    expect(first.said).toBe('held');
    await expect(openDatabase({ directory })).rejects.toThrow(`${directory} is in use by process ${first.pid} on`);
    await first.kill();
    expect(locks()).toHaveLength(1);
    const lock = await lockDirectory(directory);
    expect(locks()).toHaveLength(1);
    const third = await another();
    expect(third.said).toMatch(new RegExp(`in use by process ${process.pid} `));
    await third.kill();
    lock.release();
    expect(locks()).toEqual([]);
  });

  test('of many that come at once at most one gets it, and nobody takes it from a holder', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)));
    const held = asked.flatMap((way) => (way.status === 'fulfilled' ? [way.value] : []));
    expect(held.length).toBeLessThanOrEqual(1);
    for (const lock of held) lock.release();
    const lock = await lockDirectory(directory);
    await expect(lockDirectory(directory)).rejects.toThrow(/one process at a time/);
    lock.release();
  });

  test('a later process with the same number is not mistaken for the dead one', async () => {
    const lock = await lockDirectory(directory);
    const own = readFileSync(join(directory, locks()[0] ?? ''), 'utf8');
    lock.release();
    writeFileSync(join(directory, 'embargod.lock.stale'), own.replace(/"started":"\d*"/, '"started":"1"'));
    (await lockDirectory(directory)).release();
    expect(locks()).toEqual([]);
  });

  test('a process of another machine counts as alive while its heart beats, and as dead when it does not', async () => {
    const path = join(directory, 'embargod.lock.elsewhere');
    const owner = JSON.stringify({ pid: process.pid, host: 'db-2.example.org', scope: 'another machine', started: '1' });
    writeFileSync(path, `${owner}\n0`);
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
      writeFileSync(path, `${owner}\n${beats}`);
    }, 100);
    await expect(lockDirectory(directory, 1000)).rejects.toThrow(/on db-2\.example\.org/);
    clearInterval(heart);
    (await lockDirectory(directory, 500)).release();
    expect(locks()).toEqual([]);
  });

  test('an unreadable lock is not guessed about', async () => {
    writeFileSync(join(directory, 'embargod.lock.torn'), '');
    await expect(lockDirectory(directory)).rejects.toThrow(/unreadable \(remove it when/);
  });
});
