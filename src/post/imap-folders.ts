// The three folders of a team's mailbox: where mail comes in, where filed mail goes, where mail waits for a person.
import type { ImapFlow } from 'imapflow';
import type { MailboxSettings } from '#post/imap-connection.ts';

/** The folders as this server calls them. */
export interface Folders {
  readonly inbox: string;
  readonly done: string;
  readonly shunted: string;
}

/** The names of the settings as this server writes them: its own separator, its namespace prefix (RFC 2342). */
export function foldersOf(client: ImapFlow, settings: MailboxSettings): Folders {
  const delimiter = client.namespace?.delimiter ?? '';
  const prefix = client.namespace?.prefix ?? '';
  const named = (name: string) => {
    if (name.toUpperCase() === 'INBOX') return 'INBOX';
    const path = delimiter === '' ? name : name.split('/').join(delimiter);
    return path.startsWith(prefix) ? path : prefix + path;
  };
  return { inbox: named(settings.inbox), done: named(settings.done), shunted: named(settings.shunted) };
}

/** Those of the three folders that are not there or cannot hold mails. Throws for a lost connection. */
export async function missingFolders(client: ImapFlow, folders: Folders): Promise<string[]> {
  const listed = await client.list({ listOnly: true });
  const usable = new Set(listed.filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent')).map(({ path }) => path));
  return [...new Set([folders.inbox, folders.done, folders.shunted])].filter((path) => !usable.has(path) && path !== 'INBOX');
}

/** Creates those of the folders for filed mail that are missing. Throws what the server answers; the inbox is never created. */
export async function createMissing(client: ImapFlow, folders: Folders): Promise<void> {
  for (const path of await missingFolders(client, folders)) {
    if (path !== folders.inbox) await client.mailboxCreate(path);
  }
}
