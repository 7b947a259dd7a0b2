// The office as it stands now: the files of the roster, and what the team's register says of its people's certificates.
import { type Held, type Office, withHeld } from '#office/office.ts';
import { readCertificates } from '#pgp/keyring.ts';
import { merged } from '#pgp/merge.ts';
import type { Store } from '#store/store.ts';
import type { Subject } from '#store/subjects.ts';
import type { Turn } from '#store/turn.ts';
import { counting, emptyRegister, type Register, registerOf } from '#team/register.ts';

/** The subject that a team's own matters are written to. */
export function teamSubject({ name }: Pick<Office, 'name'>): string {
  return `team:${name}`;
}

/** The register that a subject is; an empty one where there is no subject yet. */
function registerIn(subject: Subject | undefined): Register {
  return subject?.kind === 'team' ? registerOf(subject.recorded) : emptyRegister;
}

// Reading certificates takes milliseconds each; the same files and the same journal give the same office.
const known = new WeakMap<Office, { readonly entries: number; readonly office: Promise<Office> }>();

/** An office with the certificates that count now; any daemon over the same database may have changed them. `now` only bounds what is merged. */
export async function current(office: Office, { subjects }: Pick<Store, 'subjects'>, now: Date): Promise<Office> {
  const subject = await subjects.peek(teamSubject(office));
  if (!subject || subject.recorded.length === 0) return office;
  const before = known.get(office);
  if (before?.entries === subject.recorded.length) return before.office;
  const opened = withRegister(office, registerIn(subject), now);
  known.set(office, { entries: subject.recorded.length, office: opened });
  opened.catch(() => known.delete(office));
  return opened;
}

async function withRegister(office: Office, register: Register, now: Date): Promise<Office> {
  const files = office.filed.map(({ who, certificate }) => ({ who, fingerprint: certificate.fingerprint, certificate }));
  const held: Held[] = [];
  for (const one of counting(register, files)) {
    const [certificate] = 'certificate' in one ? [one.certificate] : await readCertificates(one.armored);
    if (!certificate) continue;
    const newer = register.refreshed.get(one.fingerprint);
    held.push({ who: one.who, certificate: (newer && (await merged(certificate, newer, now))) || certificate });
  }
  return withHeld(office, held, register);
}

/** The register under the lock of this turn, for those who will write to it; the subject is made where there is none. */
export async function lockRegister(turn: Turn, office: Office, now: Date): Promise<Register> {
  const id = teamSubject(office);
  const subject = await turn.subject(id);
  if (subject) return registerIn(subject);
  if (await turn.create({ id, team: office.name, kind: 'team', openedAt: now })) return emptyRegister;
  // Another daemon made it between the two questions.
  return registerIn(await turn.subject(id));
}
