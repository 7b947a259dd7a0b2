// The embedded database on disk: what was acknowledged survives a killed process, and its limits are said aloud.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#store/database.ts';
import { openStore } from '#store/store.ts';
import { template, testVault } from '#test/store/database.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'embargod-crash-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Lets a process take turns, kills it in the middle of them, and answers with the turns that it had acknowledged. */
async function killedAfter(turns: number, round: string): Promise<string[]> {
  const program = fileURLToPath(new URL('./crashing.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', program, directory, round], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString();
    if (said.split('\n').length > turns) child.kill('SIGKILL');
  });
  await gone;
  return said.split('\n').slice(0, -1);
}

describe('an embedded database on disk', () => {
  test('kill -9 in the middle of turns: every acknowledged turn is there whole, and no other one by half', async () => {
    await (await openDatabase({ directory, from: await template() })).close();
    const acknowledged = [...(await killedAfter(30, 'A')), ...(await killedAfter(55, 'B'))];
    expect(acknowledged.length).toBeGreaterThanOrEqual(85);
    const store = await openStore(await openDatabase({ directory }), testVault());
    const there = (await store.subjects.incidents('src', 'all')).map(({ id }) => id);
    expect(there).toEqual(expect.arrayContaining(acknowledged));
    expect(there.length - acknowledged.length).toBeLessThanOrEqual(2);
    for (const id of there) {
      expect((await store.subjects.peek(id))?.recorded).toHaveLength(2);
      expect(await store.messages.message(id)).toMatchObject({ subject: id });
      expect(await store.outbox.letterById(id)).toMatchObject({ subject: id, state: 'waiting' });
    }
    for await (const { broken } of store.journal.audit()) expect(broken).toBeUndefined();
    expect(store.limits()).toMatch(/no fsync.*not a power cut/);

    // Somebody who could not see this process took the directory over: from here on it writes nothing.
    for (const name of readdirSync(directory).filter((name) => name.startsWith('embargod.lock.'))) rmSync(join(directory, name));
    await expect(store.turn(async () => 1)).rejects.toMatchObject({
      name: 'Unavailable',
      message: expect.stringMatching(/taken the directory over/),
    });
    await expect(store.ping()).rejects.toThrow(/taken the directory over/);
    await store.close();
  }, 120_000);

  test('the choice of a database is exactly one, and what cannot be read is not repeated', async () => {
    await expect(openDatabase({})).rejects.toThrow(/either a url/);
    await expect(openDatabase({ memory: true, directory })).rejects.toThrow(/either a url/);
    await expect(openDatabase({ url: 'mysql://root:password@example.org/' })).rejects.toThrow(/must look like/);
    await expect(openDatabase({ url: 'mysql://root:password@example.org/' })).rejects.not.toThrow(/password/);
  });
});
