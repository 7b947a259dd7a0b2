// The team's mailbox: hands out what lies in the inbox, files it when told, and comes back by itself when the server was away.
import type { ImapFlow } from 'imapflow';
import { Unavailable } from '#fault.ts';
import type { Place } from '#mail/message.ts';
import { connect, isRefusedLogin, type MailboxSettings, peerOf, trouble } from '#post/imap-connection.ts';
import { batches, download, listWaiting, measure } from '#post/imap-fetch.ts';
import { foldersOf, missingFolders } from '#post/imap-folders.ts';
import { type Link, openLink } from '#post/imap-link.ts';
import { openShelf } from '#post/imap-shelf.ts';
import { atMost, pause, rest } from '#post/pause.ts';

export type { MailboxSettings } from '#post/imap-connection.ts';

/** A mail as it lies in the inbox. */
export interface Fetched {
  readonly place: Place;
  readonly size: number;
  readonly arrived: Date;
  /** Undefined: larger than the limit, never downloaded. */
  readonly bytes: Buffer | undefined;
}

/** The open mailbox of one team. */
export interface Mailbox {
  /**
   * Hands out the mails that lie in the inbox, oldest first, one at a time, until the signal aborts. A mail that was handed out and neither
   * done nor shunted comes again after a growing pause. Connects again after growing pauses and never throws for a peer's trouble. One reader at a time.
   */
  mails(signal: AbortSignal): AsyncGenerator<Fetched, void, void>;
  /** Moves a mail to Done. Throws Unavailable when that cannot be had now; the mail comes again. */
  done(place: Place): Promise<void>;
  /** Moves a mail to Shunted. Throws as `done`. */
  shunt(place: Place): Promise<void>;
  readonly state: MailboxState;
  close(): Promise<void>;
}

/** How the mailbox is, for the operator; `trouble` is one sentence without secrets. */
export interface MailboxState {
  readonly connected: boolean;
  readonly since?: Date;
  readonly trouble?: string;
}

/** Failures in a row that a refused login counts as: servers lock accounts that knock too often. */
const loginWeight = 5;

/** Milliseconds after which a connection that ends was a good one. */
const longEnough = 60_000;

/** Mails whose sizes one FETCH asks for. */
const window = 256;

/** Opens a mailbox; nothing is connected before somebody reads `mails`. `on` hears of each trouble and of each connect. */
export function openMailbox(settings: MailboxSettings, on: { trouble(what: string, cause: unknown): void; connected(): void }): Mailbox {
  const jitter = settings.jitter ?? Math.random;
  const reconnect = { first: 1000, most: 300_000, ...settings.reconnect, jitter };
  const shelf = openShelf({ first: 30_000, most: 3_600_000, ...settings.again, jitter });
  const closing = new AbortController();
  let link: Link | undefined;
  let state: MailboxState = { connected: false };

  function say(cause: unknown): void {
    const what = trouble(settings, cause);
    state = { connected: false, trouble: what };
    on.trouble(what, cause);
  }

  async function linked(signal: AbortSignal): Promise<Link> {
    if (link?.client.usable) return link;
    const opened = await openLink(settings, shelf.copied, signal);
    if (signal.aborted) {
      opened.client.close();
      throw new Unavailable('stopped');
    }
    shelf.open(opened.uidValidity);
    link = opened;
    state = { connected: true, since: new Date() };
    on.connected();
    return opened;
  }

  /** Hands out until the connection ends (then throws) or the signal aborts. */
  async function* handOut(from: Link, signal: AbortSignal, took: () => void): AsyncGenerator<Fetched, void, void> {
    while (!signal.aborted) {
      const due = shelf.due(await from.during(listWaiting(from.client)), performance.now());
      for (let next = 0; next < due.length; next += window) {
        const asked = due.slice(next, next + window);
        const measured = await from.during(measure(from.client, asked));
        hold(asked, measured);
        for (const batch of batches(measured, settings.largestMail, shelf.alone)) {
          const bytes = await fetched(from, batch);
          took();
          hold(
            batch.map(({ uid }) => uid),
            batch.filter(({ uid, size }) => bytes.has(uid) || size > settings.largestMail),
          );
          for (const { uid, size, arrived } of batch) {
            if (signal.aborted || !from.client.usable) break;
            if (size <= settings.largestMail && !bytes.has(uid)) continue;
            shelf.tried(uid, performance.now());
            const place = { mailbox: settings.inbox, uidValidity: from.uidValidity, uid };
            yield { place, size, arrived, bytes: bytes.get(uid) };
          }
        }
      }
      if (due.length === 0) await from.news(Math.max(0, Math.min(settings.pollEvery, shelf.nextDue() - performance.now())), signal);
      else if (!from.client.usable) throw new Unavailable(`imap ${peerOf(settings)}: the connection was lost`);
    }
  }

  /** What the search found and the FETCH did not answer has just left the inbox, or is broken there: it must not make us spin. */
  function hold(asked: readonly number[], answered: readonly { uid: number }[]): void {
    const there = new Set(answered.map(({ uid }) => uid));
    for (const uid of asked) if (!there.has(uid)) shelf.tried(uid, performance.now());
  }

  async function fetched(from: Link, batch: readonly { uid: number; size: number }[]): Promise<Map<number, Buffer | undefined>> {
    const uids = batch.filter(({ size }) => size <= settings.largestMail).map(({ uid }) => uid);
    try {
      return await from.during(download(from.client, uids, settings.largestMail));
    } catch (cause) {
      shelf.failed(uids, performance.now());
      throw cause;
    }
  }

  async function file(place: Place, to: 'done' | 'shunted'): Promise<void> {
    const peer = peerOf(settings);
    if (!link?.client.usable) throw new Unavailable(`imap ${peer}: not connected`);
    if (place.mailbox !== settings.inbox || place.uidValidity !== link.uidValidity)
      throw new Unavailable(`imap ${peer}: uid ${place.uid} was of an older ${settings.inbox}; its UIDVALIDITY has changed`);
    shelf.filing(place.uid);
    try {
      await link.filing.move(place.uid, link.folders[to]);
      if (place.uidValidity === shelf.uidValidity) shelf.filed(place.uid);
    } catch (cause) {
      if (place.uidValidity === shelf.uidValidity) shelf.unfiled(place.uid);
      throw cause;
    }
  }

  return {
    async *mails(outer) {
      const signal = AbortSignal.any([outer, closing.signal]);
      let failures = 0;
      while (!signal.aborted) {
        let login = false;
        const began = performance.now();
        try {
          const from = await linked(signal);
          yield* handOut(from, signal, () => {
            failures = 0;
          });
        } catch (cause) {
          if (signal.aborted) return;
          link?.client.close();
          if (performance.now() - began > longEnough) failures = 0;
          login = isRefusedLogin(cause);
          say(cause);
        }
        failures += 1;
        if (!signal.aborted) await rest(pause(failures + (login ? loginWeight : 0), reconnect), signal);
      }
    },
    done: (place) => file(place, 'done'),
    shunt: (place) => file(place, 'shunted'),
    get state() {
      if (state.connected && !link?.client.usable) return { connected: false, trouble: `${peerOf(settings)} closed the connection` };
      return state;
    },
    async close() {
      closing.abort();
      const last = link;
      link = undefined;
      state = { connected: false };
      if (!last) return;
      await atMost(2000, last.filing.settled());
      if (last.client.usable) await atMost(1000, last.client.logout());
      last.client.close();
    },
  };
}

/** Tries the settings once and says what is wrong or missing, a sentence each; an empty list is good news. Changes nothing on the server. */
export async function tryMailbox(settings: MailboxSettings): Promise<string[]> {
  const peer = peerOf(settings);
  const limit = Math.min(settings.socketTimeout ?? 10_000, 10_000);
  let client: ImapFlow;
  try {
    client = await connect({ ...settings, socketTimeout: limit });
  } catch (error) {
    return [trouble(settings, error)];
  }
  try {
    const folders = foldersOf(client, settings);
    const missing = await missingFolders(client, folders);
    const said = missing.map((path) =>
      path === folders.inbox ? `${peer} has no folder ${path} to read` : `the folder ${path} is missing on ${peer} and would be created`,
    );
    if (!missing.includes(folders.inbox)) await client.mailboxOpen(folders.inbox, { readOnly: true });
    if (!client.capabilities.has('MOVE')) {
      said.push(`${peer} has no MOVE; mails are copied and deleted instead, which works`);
      if (!client.capabilities.has('UIDPLUS')) said.push(`${peer} has no UIDPLUS; filed mails may stay in the inbox, flagged as deleted`);
    }
    if (!client.capabilities.has('IDLE'))
      said.push(`${peer} does not push (no IDLE); the inbox is looked at every ${Math.round(settings.pollEvery / 1000)} s`);
    return said;
  } catch (error) {
    return [trouble(settings, error)];
  } finally {
    await atMost(1000, client.logout());
    client.close();
  }
}
