// One connection from login to its end: the opened inbox, the filing over it, and the waiting for news.
import type { ImapFlow } from 'imapflow';
import { Unavailable } from '#fault.ts';
import { connect, type MailboxSettings, peerOf, socketTimeoutOf } from '#post/imap-connection.ts';
import { type Filing, openFiling } from '#post/imap-filing.ts';
import { createMissing, type Folders, foldersOf } from '#post/imap-folders.ts';
import { rest } from '#post/pause.ts';

/** A connection with the inbox opened. */
export interface Link {
  readonly client: ImapFlow;
  readonly folders: Folders;
  readonly uidValidity: string;
  readonly filing: Filing;
  /** The work's answer, or Unavailable when the connection ends or the server falls silent: not every call of imapflow ends then. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Answers when the server told of new mail since the last call, when the time is over or the signal aborts; throws when the connection ends. */
  news(most: number, signal: AbortSignal): Promise<void>;
}

/**
 * Connects, makes the folders that are missing and opens the inbox. Throws what `connect` or the server throws; nothing stays open then.
 * The signal ends an attempt under way.
 */
export async function openLink(settings: MailboxSettings, copied: Set<number>, signal: AbortSignal): Promise<Link> {
  const client = await connect(settings, signal);
  const ending = endWith(client, `imap ${peerOf(settings)}: the connection was lost`);
  const during = impatient(client, socketTimeoutOf(settings) + 1000, ending);
  const giveUp = () => client.close();
  signal.addEventListener('abort', giveUp);
  try {
    const folders = foldersOf(client, settings);
    await during(createMissing(client, folders));
    const news = newsOf(client);
    const { uidValidity } = await during(client.mailboxOpen(folders.inbox));
    return {
      client,
      folders,
      uidValidity: String(uidValidity),
      filing: openFiling({ client, peer: peerOf(settings), copied, during, mend: () => createMissing(client, folders) }),
      during,
      news: (most, until) => ending(news(most, until)),
    };
  } catch (error) {
    client.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Wraps work so that it ends with the connection. */
function endWith(client: ImapFlow, what: string): Link['during'] {
  const waiting = new Set<(why: Error) => void>();
  client.once('close', () => {
    for (const fail of waiting) fail(new Unavailable(what, { cause: client.byeReason }));
  });
  return (work) =>
    new Promise((resolve, fail) => {
      waiting.add(fail);
      work.then(resolve, fail).finally(() => waiting.delete(fail));
      if (client.isClosed) fail(new Unavailable(what, { cause: client.byeReason }));
    });
}

/**
 * Closes the connection when the server owes an answer and says nothing for so long. imapflow does so itself but for one case: an IDLE that the
 * server never took up cannot be broken, counts as a quiet link, and every command after it waits for ever.
 */
function impatient(client: ImapFlow, silence: number, ending: Link['during']): Link['during'] {
  return async (work) => {
    let heard = client.stats().received;
    const watch = setInterval(() => {
      const { received } = client.stats();
      if (received === heard) client.close();
      heard = received;
    }, silence);
    try {
      return await ending(work);
    } finally {
      clearInterval(watch);
    }
  };
}

function newsOf(client: ImapFlow): Link['news'] {
  let told = false;
  let wake = () => {};
  client.on('exists', () => {
    told = true;
    wake();
  });
  client.once('close', () => wake());
  return async (most, signal) => {
    const woken = new AbortController();
    wake = () => woken.abort();
    signal.addEventListener('abort', wake);
    if (told || signal.aborted || client.isClosed) wake();
    await rest(most, woken.signal);
    signal.removeEventListener('abort', wake);
    told = false;
  };
}
