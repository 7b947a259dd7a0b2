// Copies of one approved text: signed and encrypted once, the session key wrapped for each reader, so that a notice to hundreds leaves in seconds.
import { createHash } from 'node:crypto';
import type { Outgoing } from '#mail/compose.ts';
import { type Share, share } from '#pgp/many.ts';
import { type How, type Sealed, seal } from '#pgp/seal.ts';

/** How a copy is sealed. `copies`: whether its body may be shared with other readers (the default), or is encrypted for this one alone. */
export interface HowCopied extends How {
  readonly copies?: 'shared' | 'individual';
}

export interface Copies {
  /** Seals one letter as `seal` does. What it shares with an earlier one of the last minutes, all but To and Message-ID, is not encrypted again. */
  seal(mail: Outgoing, how: HowCopied): Promise<Sealed>;
}

interface Kept {
  readonly body: Promise<Share>;
  readonly since: Date;
}

/** Milliseconds that a body is kept: its signature bears the moment of the first copy. */
const longest = 300_000;
/** Bodies kept at a time; each lies encrypted in memory, with its session key. */
const most = 4;

/** Opens the copies of one team. Each reader's certificate is looked at for each copy; only a letter that must be sealed is ever shared. */
export function openCopies(): Copies {
  const kept = new Map<string, Kept>();

  const bodyFor = (mail: Outgoing, how: How): Promise<Share> => {
    for (const [mark, { since }] of kept) if (Math.abs(how.now.getTime() - since.getTime()) > longest) kept.delete(mark);
    const mark = markOf(mail, how);
    const known = kept.get(mark);
    if (known) return known.body;
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
    const body = share(mail, how);
    kept.set(mark, { body, since: how.now });
    body.catch(() => kept.delete(mark));
    return body;
  };

  return {
    async seal(mail, how) {
      if (how.seal !== 'must' || !how.certificate || how.copies === 'individual') return seal(mail, how);
      const copy = await bodyFor(mail, how);
      return copy({ mail, certificate: how.certificate }, how.now);
    },
  };
}

/** Says of everything that the readers have in common whether it is the same, byte by byte. */
function markOf({ to: _to, cc: _cc, messageId: _id, attachments = [], ...common }: Outgoing, { key, outerSubject }: How): string {
  const hash = createHash('sha256').update(JSON.stringify([key.fingerprint, outerSubject, common]));
  for (const { content, ...named } of attachments) hash.update(JSON.stringify([named, content.length])).update(content);
  return hash.digest('hex');
}
