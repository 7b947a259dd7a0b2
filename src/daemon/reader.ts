// Reads one team's mailbox while this daemon holds its lease: each mail is taken, committed, and only then filed.
import { Unavailable } from '#fault.ts';
import { take } from '#intake.ts';
import { alarmLetters } from '#office/aside.ts';
import type { Office } from '#office/office.ts';
import { toQueue } from '#office/outgoing.ts';
import { draw, type World } from '#office/world.ts';
import type { Fetched, Mailbox } from '#post/imap.ts';

/** What a reader tells of its work. */
export interface ReaderNews {
  taken(kind: string): void;
  shunted(): void;
}

/** Takes the mails of a mailbox one by one until the signal; returns when it aborts. A database that is away is waited for. */
export async function readMailbox(mailbox: Mailbox, office: Office, world: World, news: ReaderNews, signal: AbortSignal): Promise<void> {
  const filing = new Set<Promise<void>>();
  const file = (move: Promise<void>) => {
    const filed = move.catch((error: unknown) =>
      world.log.warn('a taken mail could not be filed yet', { team: office.name, fault: error }),
    );
    filing.add(filed);
    filed.finally(() => filing.delete(filed));
  };
  for await (const fetched of mailbox.mails(signal)) {
    try {
      const taken = await take(fetched, office, world);
      world.log.info('mail taken', {
        team: office.name,
        kind: taken.kind,
        ...(taken.incident && { incident: taken.incident }),
        count: taken.letters.length,
      });
      news.taken(taken.kind);
      // Filing waits for nobody: moves under way share one command, and a mail whose move is lost comes again and is known.
      file(taken.kind === 'unusable' ? shunt(fetched, mailbox, news) : mailbox.done(fetched.place));
    } catch (error) {
      if (error instanceof Unavailable) {
        // The mail stays where it is and is handed out again.
        world.log.warn('a mail waits', { team: office.name, uid: fetched.place.uid, fault: error });
        continue;
      }
      world.log.error('a mail could not be taken and is shunted', { team: office.name, uid: fetched.place.uid, fault: error });
      await putAside(fetched, mailbox, office, world, news);
    }
  }
  await Promise.all(filing);
}

/** Shunts a mail that a bug of ours could not take, with an alarm; when even that fails the mail stays in the inbox. */
async function putAside(fetched: Fetched, mailbox: Mailbox, office: Office, world: World, news: ReaderNews): Promise<void> {
  try {
    const now = world.clock();
    const cause = `shunted/${fetched.place.uidValidity}/${fetched.place.uid}`;
    const letters = alarmLetters(
      'A mail could not be taken because of a fault in the service.',
      'It lies in the folder for shunted mail. Look at it there; it may be a report. The log has the cause.',
      office,
    );
    await world.store.turn((turn) =>
      turn.commit({
        events: [],
        team: office.name,
        letters: letters.map((letter) => toQueue(letter, `${cause}/${draw(world, 6)}`, undefined, office, world, now)),
        now,
      }),
    );
    await shunt(fetched, mailbox, news);
  } catch (error) {
    world.log.error('a mail could not be put aside and waits', { team: office.name, uid: fetched.place.uid, fault: error });
  }
}

async function shunt(fetched: Fetched, mailbox: Mailbox, news: ReaderNews): Promise<void> {
  await mailbox.shunt(fetched.place);
  news.shunted();
}
