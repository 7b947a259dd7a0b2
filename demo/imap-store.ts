// The folders of the demo's IMAP server, in memory: mails with UIDs, flags and mod-sequences, and who watches them.

/** A mail in a folder. Flags keep the case they came in; `modseq` grows with each change (RFC 7162). */
export interface Stored {
  readonly uid: number;
  readonly bytes: Buffer;
  readonly at: Date;
  flags: ReadonlySet<string>;
  modseq: number;
}

/** One folder of an account; whoever is in `watchers` is called after each change. */
export interface Folder {
  name: string;
  readonly specialUse: string | undefined;
  uidValidity: number;
  uidNext: number;
  modseq: number;
  mails: readonly Stored[];
  subscribed: boolean;
  readonly watchers: Set<() => void>;
}

/** One user's folders by name. */
export interface Account {
  readonly user: string;
  readonly folders: Map<string, Folder>;
}

let lastValidity = 1_700_000_000;

/** An account with an empty inbox and the folders that mail programs look for. */
export function openAccount(user: string): Account {
  const account: Account = { user, folders: new Map() };
  createFolder(account, 'INBOX');
  for (const name of ['Archive', 'Drafts', 'Junk', 'Sent', 'Trash']) createFolder(account, name, `\\${name}`);
  return account;
}

/** Makes a folder; a name that exists answers undefined. */
export function createFolder(account: Account, name: string, specialUse?: string): Folder | undefined {
  if (folderNamed(account, name)) return undefined;
  lastValidity += 1;
  const shape = { uidValidity: lastValidity, uidNext: 1, modseq: 1, mails: [], subscribed: true, watchers: new Set<() => void>() };
  const folder: Folder = { name: canonical(name), specialUse, ...shape };
  account.folders.set(folder.name, folder);
  return folder;
}

/** The folder of that name; INBOX in any case (RFC 3501 §5.1). */
export function folderNamed(account: Account, name: string): Folder | undefined {
  return account.folders.get(canonical(name));
}

function canonical(name: string): string {
  return name.toUpperCase() === 'INBOX' ? 'INBOX' : name;
}

/** Adds a mail as the newest one. */
export function addMail(folder: Folder, bytes: Buffer, flags: Iterable<string>, at: Date): Stored {
  const mail: Stored = { uid: folder.uidNext, bytes, at, flags: new Set(flags), modseq: folder.modseq + 1 };
  folder.uidNext += 1;
  folder.mails = [...folder.mails, mail];
  changed(folder);
  return mail;
}

/** Takes mails out of a folder. */
export function removeMails(folder: Folder, mails: readonly Stored[]): void {
  const gone = new Set(mails);
  folder.mails = folder.mails.filter((mail) => !gone.has(mail));
  changed(folder);
}

/** Gives a mail these flags. */
export function setFlags(folder: Folder, mail: Stored, flags: Iterable<string>): void {
  mail.flags = new Set(flags);
  mail.modseq = folder.modseq + 1;
  changed(folder);
}

/** Whether the mail has the flag, in whatever case. */
export function hasFlag(mail: Stored, flag: string): boolean {
  const wanted = flag.toLowerCase();
  return [...mail.flags].some((there) => there.toLowerCase() === wanted);
}

/** Numbers the folder afresh under a new UIDVALIDITY, as after a restore from backup. */
export function renumber(folder: Folder): void {
  lastValidity += 1;
  folder.uidValidity = lastValidity;
  folder.mails = folder.mails.map((mail, index) => ({ ...mail, uid: index + 1 }));
  folder.uidNext = folder.mails.length + 1;
  changed(folder);
}

function changed(folder: Folder): void {
  folder.modseq += 1;
  for (const watch of folder.watchers) watch();
}
