// Which place each sealed value is bound to, and which values are only kept as a keyed MAC: in one list, so that none is told twice.
import type { Vault } from '#store/vault.ts';

/** The contexts that the vault authenticates: table, row, column. */
export const at = {
  event: (subject: string, number: number) => `event/${subject}/${number}/payload`,
  raw: (message: string) => `message/${message}/raw`,
  inner: (message: string) => `message/${message}/inner`,
  note: (message: string) => `message/${message}/note`,
  letter: (letter: string) => `letter/${letter}/body`,
  response: (letter: string) => `letter/${letter}/response`,
  probe: (name: string) => `setting/${name}/value`,
} as const;

/** The look-up values. Addresses are compared in lower case; a Message-ID is a claim and compared as it came. */
export const macs = (vault: Vault) => ({
  fingerprint: (team: string, fingerprint: string) => vault.mac('fingerprint', `${team}\0${fingerprint}`),
  messageId: (id: string) => vault.mac('message-id', id),
  address: (address: string) => vault.mac('address', address.toLowerCase()),
  signature: (digest: string) => vault.mac('signature', digest),
});
