// Which teams have From domains verified by the service itself, and by whom.
import type { Config } from '#config/config.ts';
import type { DnsSettings } from '#post/dns.ts';
import { openVouch, type Vouch } from '#post/vouch.ts';

/** A verifier for each team whose `domainProof` is dkim; the others believe their mail servers. Asks nothing until a mail comes. */
export function openVouchers({ teams }: Pick<Config, 'teams'>, dns: DnsSettings = {}): ReadonlyMap<string, Vouch> {
  const own = teams.filter(({ domainProof }) => domainProof === 'dkim');
  // One for all: what it knows of the DNS is nobody's secret.
  const vouch = openVouch(dns);
  return new Map(own.map(({ name }) => [name, vouch]));
}
