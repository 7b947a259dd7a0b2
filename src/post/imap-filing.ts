// Moving mails out of the inbox: many wishes become few commands, also on servers that cannot MOVE.
import type { ImapFlow } from 'imapflow';
import { Unavailable } from '#fault.ts';

/** Takes wishes to move a mail; each answers when the server has done it, or throws Unavailable. */
export interface Filing {
  move(uid: number, folder: string): Promise<void>;
  /** Answers when nothing is left to move. */
  settled(): Promise<void>;
}

interface Wish {
  readonly uid: number;
  readonly folder: string;
  readonly done: () => void;
  readonly failed: (why: Unavailable) => void;
}

/** The most mails one command moves: keeps the line short for servers that limit it. */
const together = 200;

/** What filing needs of its connection. */
export interface FilingOver {
  /** Has the inbox selected. */
  readonly client: ImapFlow;
  readonly peer: string;
  /** UIDs that lie in their new folder already though they still lie in the inbox; outlives the connection. */
  readonly copied: Set<number>;
  /** Ends work with its connection. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Called once when the server refuses, to make missing folders anew. */
  mend(): Promise<void>;
}

/**
 * Files mails over one connection. Wishes that come while a command is under way go together in the next one, so a caller who does not wait
 * for each answer pays few round trips.
 */
export function openFiling(over: FilingOver): Filing {
  let wishes: Wish[] = [];
  let under: Promise<void> | undefined;

  async function run(): Promise<void> {
    // One turn of the loop gathers what the caller asks for in the same breath.
    await new Promise((resolve) => setImmediate(resolve));
    for (let first = wishes[0]; first; first = wishes[0]) {
      const { folder } = first;
      const now = wishes.filter((wish) => wish.folder === folder).slice(0, together);
      wishes = wishes.filter((wish) => !now.includes(wish));
      const uids = [...new Set(now.map(({ uid }) => uid))];
      try {
        await over.during(moveAway(over, uids, folder));
        for (const wish of now) wish.done();
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : 'refused';
        for (const wish of now)
          wish.failed(new Unavailable(`imap ${over.peer}: cannot file uid ${wish.uid} in ${folder} (${why})`, { cause }));
      }
    }
  }

  return {
    move(uid, folder) {
      const answer = new Promise<void>((done, failed) => wishes.push({ uid, folder, done, failed }));
      under ??= run().finally(() => {
        under = undefined;
      });
      return answer;
    },
    settled: async () => {
      await under;
    },
  };
}

async function moveAway({ client, copied, mend }: FilingOver, uids: number[], folder: string): Promise<void> {
  const fresh = uids.filter((uid) => !copied.has(uid));
  if (client.capabilities.has('MOVE') && fresh.length === uids.length) {
    await insist(client, () => client.messageMove(uids, folder, { uid: true }), mend);
    return;
  }
  if (fresh.length > 0) {
    await insist(client, () => client.messageCopy(fresh, folder, { uid: true }), mend);
    // From here on the copy exists. Should the flag below fail, the next attempt must not copy again: at most one copy for each life of
    // this process and each answer that got lost, which is as good as a server without MOVE allows.
    for (const uid of fresh) copied.add(uid);
  }
  if (!(await client.messageFlagsAdd(uids, ['\\Deleted'], { uid: true, silent: true }))) {
    throw new Error('copied, but the server does not let us flag it \\Deleted');
  }
  // The mail is filed now: nothing that is flagged \Deleted is handed out. What follows only tidies up.
  if (client.capabilities.has('UIDPLUS')) {
    if (await client.messageDelete(uids, { uid: true })) for (const uid of uids) copied.delete(uid);
    return;
  }
  // RFC 3501 §6.4.3: EXPUNGE removes whatever is flagged, also what a person flagged and may want to unflag.
  const flagged = await client.search({ deleted: true }, { uid: true });
  if (!Array.isArray(flagged) || !flagged.every((uid) => copied.has(uid))) return;
  if (await client.messageDelete(uids, { uid: true })) for (const uid of flagged) copied.delete(uid);
}

async function insist(client: ImapFlow, command: () => Promise<unknown>, mend: () => Promise<void>): Promise<void> {
  if (await command()) return;
  if (!client.usable) throw new Error('the connection was lost');
  await mend();
  if (!(await command())) throw new Error(client.usable ? 'the server refuses' : 'the connection was lost');
}
