// What commands look at that costs time: gathered before the turn, and only for mails whose commands ask for it.
import type { Situation } from '#command/command.ts';
import type { OwnWords } from '#mail/own-words.ts';
import { looks } from '#office/matter.ts';
import { type Office, reachAll } from '#office/office.ts';
import { lookForOwners } from '#office/owners.ts';
import { standingOf } from '#office/standing.ts';

/** How the certificates stand and whom a notice would reach at `now`, as far as a command in the own words looks there. */
export async function look(own: OwnWords, office: Office, now: Date): Promise<Pick<Situation, 'standing' | 'reach' | 'owners'>> {
  return {
    standing: looks(own, 'certificates') ? await standingOf(office, now) : [],
    owners: looks(own, 'owners') ? await lookForOwners(own, office.checkouts ?? []) : unasked,
    reach: looks(own, 'reach') ? await reachAll(office, now) : unasked,
  };
}

/** Stands where nobody said that they would ask: looking at every distributor's certificate, or at files, takes time. */
export function unasked(): never {
  throw new Error('nobody said beforehand that this would be looked at');
}
