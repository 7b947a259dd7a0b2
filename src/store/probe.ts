// Wrong keys are found at start, not at the first mail: the store keeps a sealed word for each key it was ever written with.
import { like } from 'drizzle-orm';
import type { Run } from '#store/query.ts';
import { setting } from '#store/schema.ts';
import { at } from '#store/sealed.ts';
import type { Vault } from '#store/vault.ts';

const word = Buffer.from('embargod');
const ofLookUps = 'probe:look-up';
const ofKey = 'probe:key:';

/**
 * Opens the probes of all keys that the database was sealed with; only when all fit it leaves one for the key that seals now.
 * Throws a sentence that names the key, never its value.
 */
export async function checkKeys(run: Run, vault: Vault): Promise<void> {
  const lookUp = Buffer.from(vault.mac('probe', 'embargod'));
  const name = `${ofKey}${vault.sealsWith}`;
  const probes = await probesThatFit(run, vault, lookUp);
  if (probes.has(ofLookUps) && probes.has(name)) return;
  const missing = [
    { name: ofLookUps, value: lookUp },
    { name, value: vault.seal(word, at.probe(name)) },
  ];
  await run((db) => db.insert(setting).values(missing).onConflictDoNothing());
  // Another daemon with other keys may have been first.
  await probesThatFit(run, vault, lookUp);
}

async function probesThatFit(run: Run, vault: Vault, lookUp: Buffer): Promise<Set<string>> {
  const probes = await run((db) => db.select().from(setting).where(like(setting.name, 'probe:%')));
  for (const probe of probes) {
    if (probe.name === ofLookUps ? probe.value.equals(lookUp) : opens(vault, probe)) continue;
    const which = probe.name === ofLookUps ? 'the key for look-ups (mac)' : `the vault key "${probe.name.slice(ofKey.length)}"`;
    throw new Error(
      `${which} is missing or is not the one this database was written with: give the service the keys it had before ` +
        '(old vault keys stay in the list after the new one), or point it to the database that belongs to these keys',
    );
  }
  return new Set(probes.map((probe) => probe.name));
}

function opens(vault: Vault, probe: { name: string; value: Buffer }): boolean {
  try {
    return vault.open(probe.value, at.probe(probe.name)).equals(word);
  } catch {
    return false;
  }
}
