// The probe: a mail from the team to a sub-address of itself, to see that such mail arrives and what time the mail server has.
import { randomBytes } from 'node:crypto';
import type { ImapFlow } from 'imapflow';
import { compareClocks } from '#cli/examine-peers.ts';
import { type Finding, findings, sentenceOf } from '#cli/finding.ts';
import type { Config, Team } from '#config/read.ts';
import { composeClear } from '#mail/compose.ts';
import { connect } from '#post/imap-connection.ts';
import { createMissing, foldersOf } from '#post/imap-folders.ts';
import { openRelay } from '#post/smtp.ts';

/** Sends the probe of one team and waits for it, `patience` milliseconds at most. A probe that is found in the inbox is filed. */
export async function probe(config: Config, team: Team, now: () => Date, patience = 60_000): Promise<Finding[]> {
  const { ok, wrong } = findings(`addresses ${team.name}`);
  const word = `probe-${randomBytes(6).toString('hex')}`;
  const to = team.subaddressing ? team.address.replace('@', `+${word}@`) : team.address;
  const messageId = `${word}@${team.address.slice(team.address.lastIndexOf('@') + 1)}`;
  const sent = now();
  const trouble = await send(config, team, { to, messageId, sent });
  if (trouble) return [wrong(`the probe to ${to} was not taken: ${trouble}.`)];
  try {
    const arrived = await find(team, messageId, patience);
    // It arrived after it was sent and before it was found: only a time outside of that speaks of clocks.
    if (arrived) {
      const here = new Date(Math.min(Math.max(arrived.getTime(), sent.getTime()), now().getTime()));
      return [ok(`a mail to ${to} arrives.`), compareClocks(arrived, here, 'the mail server')];
    }
    const advice = team.subaddressing
      ? 'the mail server may know no sub-addresses: set subaddressing: false in team.yaml, or mend the server'
      : 'is the address delivered to this mailbox?';
    return [wrong(`a mail to ${to} was taken by the relay and did not arrive within ${Math.round(patience / 1000)} s; ${advice}.`)];
  } catch (error) {
    return [wrong(`the mailbox could not be searched for the probe: ${sentenceOf(error)}.`)];
  }
}

async function send(config: Config, team: Team, mail: { to: string; messageId: string; sent: Date }): Promise<string | undefined> {
  const bytes = await composeClear({
    from: { address: team.address, name: team.title },
    to: [{ address: mail.to, name: '' }],
    subject: 'Probe of the mail way',
    date: mail.sent,
    messageId: mail.messageId,
    autoSubmitted: 'auto-generated',
    text: 'This mail was sent to see whether it arrives. Nothing is to be done.\n',
  });
  const relay = openRelay(config.relay);
  try {
    const { outcome, response } = await relay.hand({ from: team.address, to: mail.to, bytes });
    return outcome === 'accepted' ? undefined : response;
  } finally {
    await relay.close();
  }
}

/** When the mail server took the probe; undefined when it is nowhere after `patience` milliseconds. */
async function find(team: Team, messageId: string, patience: number): Promise<Date | undefined> {
  const until = performance.now() + patience;
  const client = await connect(team.mailbox);
  try {
    const folders = foldersOf(client, team.mailbox);
    await createMissing(client, folders);
    for (;;) {
      // The service may run beside us and file the probe first.
      for (const folder of [folders.inbox, folders.done, folders.shunted]) {
        const arrived = await findIn(client, folder, messageId, folder === folders.inbox ? folders.done : undefined);
        if (arrived) return arrived;
      }
      if (performance.now() >= until) return undefined;
      await new Promise((go) => setTimeout(go, 1000));
    }
  } finally {
    await client.logout().catch(() => undefined);
    client.close();
  }
}

async function findIn(client: ImapFlow, folder: string, messageId: string, fileTo: string | undefined): Promise<Date | undefined> {
  const opened = await client.mailboxOpen(folder).catch(() => undefined);
  if (!opened) return undefined;
  const uids = await client.search({ header: { 'message-id': messageId } }, { uid: true });
  const uid = uids ? uids[0] : undefined;
  if (uid === undefined) return undefined;
  const mail = await client.fetchOne(String(uid), { internalDate: true }, { uid: true });
  const arrived = mail ? mail.internalDate : undefined;
  if (fileTo) await client.messageMove(String(uid), fileTo, { uid: true }).catch(() => undefined);
  return new Date(arrived ?? Number.NaN);
}
