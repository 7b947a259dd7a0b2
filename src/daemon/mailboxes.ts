// The mailboxes of all teams: each is read by the daemon that holds its lease; how they are is told to health and metrics.
import type { Team } from '#config/read.ts';
import type { Terms } from '#daemon/daemon.ts';
import { keepLease } from '#daemon/lease.ts';
import { readMailbox } from '#daemon/reader.ts';
import { type Mailbox, openMailbox } from '#post/imap.ts';

export interface Mailboxes {
  /** One sentence for each mailbox that this daemon should read and cannot. */
  troubles(): string[];
  /** By team: whether this daemon reads the mailbox. */
  connected(): ReadonlyMap<string, boolean>;
  /** Reads until the signal; `letters` is poked after each mail. Resolves when every reader has ended. */
  read(terms: Terms, letters: () => void): Promise<void>;
}

/** The mailboxes of these teams; nothing is connected before `read`. */
export function openMailboxes(teams: readonly Team[]): Mailboxes {
  const held = new Map<string, Mailbox>();
  return {
    troubles: () => [...held].flatMap(([team, { state }]) => (state.connected ? [] : [`${team}: ${state.trouble ?? 'not connected yet'}`])),
    connected: () => new Map(teams.map(({ name }) => [name, held.get(name)?.state.connected ?? false])),
    async read(terms, letters) {
      await Promise.all(teams.map((team) => readTeam(team, held, terms, letters)));
    },
  };
}

async function readTeam(team: Team, held: Map<string, Mailbox>, terms: Terms, letters: () => void): Promise<void> {
  const { world, offices, metrics, holder, leases, signal } = terms;
  const { store, clock, log } = world;
  const { name } = team;
  const office = offices.get(name);
  if (!office) throw new Error(`${name} has no office`);
  const news = {
    taken: (kind: string) => {
      metrics.mails.inc({ team: name, kind });
      letters();
    },
    shunted: () => metrics.shunted.inc({ team: name }),
  };
  await keepLease(`mailbox:${name}`, { store, clock, holder, length: leases.work, log, signal }, async (whileHeld) => {
    const mailbox = openMailbox(team.mailbox, {
      trouble: (_, error) => log.warn('mailbox trouble', { team: name, fault: error }),
      connected: () => log.info('mailbox connected', { team: name }),
    });
    held.set(name, mailbox);
    try {
      await readMailbox(mailbox, office, world, news, whileHeld);
    } finally {
      held.delete(name);
      await mailbox.close();
    }
  });
}
