// What the verbs share: the store, randomness and limits. There is one of it in a daemon; each mail, letter and deadline gets its `now`.
import type { Log } from '#log.ts';
import type { Limits } from '#mail/entity.ts';
import type { Vouch } from '#post/vouch.ts';
import type { Wkd } from '#post/wkd.ts';
import type { Store } from '#store/store.ts';
import type { Clock } from '#time.ts';

export interface World {
  readonly store: Store;
  readonly clock: Clock;
  /** Random bytes of a good source. */
  readonly random: (bytes: number) => Uint8Array;
  readonly limits: Limits;
  readonly log: Log;
  /** Asks Web Key Directories; absent: nobody is asked. */
  readonly wkd?: Wkd;
  /** By team: verifies From domains itself; absent for a team that believes its mail servers. */
  readonly vouchers?: ReadonlyMap<string, Vouch>;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A random word of this many base32 characters (five bits each), for row ids, Message-IDs and confirmation codes. */
export function draw(world: Pick<World, 'random'>, characters: number): string {
  return Array.from(world.random(characters), (byte) => crockford[byte % 32]).join('');
}
