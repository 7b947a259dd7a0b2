// How many automatic answers may leave: to one address and to all strangers within an hour (RFC 3834 §2, house rule 9).
import type { Office } from '#office/office.ts';
import type { Turn } from '#store/turn.ts';
import { before } from '#time.ts';

/** Whether one more acknowledgement may go to this address. */
export async function mayAcknowledge(turn: Turn, address: string | undefined, office: Office, now: Date): Promise<boolean> {
  return address !== undefined && mayAnswer(turn, 'acknowledgement', address, office, now);
}

/** The same for any kind of letter that a stranger's mail sets off. */
export async function mayAnswer(turn: Turn, kind: string, address: string, office: Office, now: Date): Promise<boolean> {
  const since = before(now, '1h');
  const { acknowledgementsPerSender, acknowledgementsPerHour } = office.policy.intake;
  if ((await turn.recentLetters(office.name, kind, address, since)) >= acknowledgementsPerSender) return false;
  return (await turn.recentLetters(office.name, kind, undefined, since)) < acknowledgementsPerHour;
}
