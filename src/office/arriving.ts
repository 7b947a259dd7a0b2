// A mail as the team will be shown it: who, how well known, what the commands in it did.
import type { Carried, TranscriptLine } from '#command/carry-out.ts';
import { commandFor } from '#command/list.ts';
import type { Incident } from '#incident/incident.ts';
import type { Arrival } from '#letter/arrival.ts';
import type { Opened } from '#mail/message.ts';
import { textOf } from '#mail/message.ts';
import { text as ownText } from '#mail/own-words.ts';
import type { Mail } from '#office/read.ts';
import type { Sender } from '#team/sender.ts';

/** What follow-up may tell of a mail. */
export function arrivalOf(mail: Mail, by: Sender, incident: Incident | undefined, carried: Carried, ambiguous?: string): Arrival {
  const { opened } = mail;
  const warning = warningOf(mail, by, carried);
  const passable = passableOf(opened, by);
  const question = ambiguous ? `This opened an incident of its own, because ${ambiguous}.` : questionOf(mail);
  return {
    by,
    role: partOf(by, incident),
    from: opened.from ?? { name: '', address: '' },
    subject: opened.subject,
    // People of the team quote what the others have; from anybody else nothing is left out.
    text: by.who === 'outsider' || !incident ? textOf(opened) : ownText(mail.own),
    proof: by.proof,
    origin: mail.origin ? mail.origin.raw : '',
    signature: signatureWords(opened, by),
    encrypted: opened.decrypted,
    attachments: opened.attachments.map(({ filename, content }) => `${filename} (${size(content.length)})`),
    gist: gistOf(mail, carried),
    done:
      by.who === 'outsider' ? [] : carried.transcript.filter(({ outcome }) => outcome === 'done' || outcome === 'refused').map(lineWords),
    ...(passable && { passable }),
    ...(warning && { warning }),
    ...(question && { question }),
  };
}

/**
 * What of a mail may go on in the name of its sender. Whoever carries a signed mail can put files beside what was signed. A signature around
 * ciphertext covers none of its words, so one that covers all was made by somebody who knew them; files that were opened one by one are no part of
 * what was signed.
 */
export function passableOf({ decrypted, signature, inner }: Opened, by: Sender): Arrival['passable'] {
  const whole = by.proof !== 'signed' || signature.covers === 'all';
  if (!decrypted || by.roles.includes('member')) return whole ? 'all' : 'text';
  if (by.proof !== 'signed' || !whole) return undefined;
  return inner === undefined ? 'text' : 'all';
}

const longestGist = 70;

function gistOf({ own, opened }: Mail, carried: Carried): string {
  const given = carried.transcript.filter(({ outcome }) => outcome === 'done').map(({ line }) => line.split(/\s/, 1)[0] ?? '');
  const lines = own.lines.map(({ text }) => text.trim()).filter((text) => /[\p{L}\p{N}]/u.test(text));
  const first = lines.find((text) => !isSalutation(text)) ?? lines[0] ?? '';
  const words = given.length > 1 ? given.join(' ') : given.length === 1 && first.startsWith('/') ? first : first || opened.subject;
  return words.length > longestGist ? `${words.slice(0, longestGist - 1).trimEnd()}…` : words;
}

/** Whether a line only greets ("Hello,", "Liebe Kolleginnen und Kollegen,"): it says nothing of what follows. */
function isSalutation(line: string): boolean {
  return line.length <= 40 && /^\p{L}[^,:;.?/]{0,39},$/u.test(line);
}

/** The sender's part in an incident, in words. */
function partOf(by: Sender, incident: Incident | undefined): string {
  if (incident?.reporter && incident.reporter.address === by.address && by.who === 'outsider') return 'reporter';
  if (by.roles.includes('member')) {
    const part = incident?.commander === by.who ? 'incident commander' : incident?.lead === by.who ? 'fix lead' : 'member';
    return by.proof === 'none' ? `somebody who writes as ${part}` : part;
  }
  if (by.who === 'outsider') return 'somebody outside';
  if (incident?.fixTeam.some(({ person }) => person === by.who))
    return by.proof === 'none' ? 'somebody who writes as fix team' : 'fix team';
  return by.who === 'cna' ? 'CNA' : (by.roles[0] ?? 'somebody outside');
}

/** A command and what became of it, in one line. What a question about more than one incident was answered is for its writer alone. */
export function lineWords({ line, outcome, text }: TranscriptLine): string {
  const command = commandFor(line.slice(1).split(/\s/, 1)[0] ?? '');
  if (outcome === 'done' && command && !command.needsIncident && !command.changes) return `${line}: answered`;
  return outcome === 'done' ? `${line}: ${firstLine(text)}` : `${line}: refused. ${firstLine(text)}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function warningOf({ opened }: Mail, by: Sender, carried: Carried): string | undefined {
  const refused = carried.transcript.some(({ outcome }) => outcome === 'refused');
  const warnings: string[] = [];
  if (by.doubt) warnings.push(`Not known to be from ${by.name}: ${by.doubt}.`);
  else if (refused && by.proof === 'none') warnings.push(`Nothing proves that this is from ${by.name}; its commands were not obeyed.`);
  if (opened.differs.length > 0)
    warnings.push(`The outside of this mail says something else than its protected header: ${opened.differs.join(', ')}.`);
  return warnings.length > 0 ? warnings.join(' ') : undefined;
}

function questionOf({ reporter }: Mail): string | undefined {
  switch (reporter.kind) {
    case 'direct':
    case 'forwarded':
      return undefined;
    case 'ambiguous':
      return `Who reported this could not be told from the mail (${reporter.why}). Name them: /reporter <address>`;
    case 'platform':
      return reporter.reporter
        ? undefined
        : `This came by way of ${reporter.platform}; answer there, or name the reporter: /reporter <address>`;
    default:
      return reporter satisfies never;
  }
}

function signatureWords({ signature }: Opened, by: Sender): string {
  switch (signature.status) {
    case 'none':
      return 'not signed';
    case 'good': {
      const whose =
        by.proof === 'signed' ? `good, by ${by.name}` : `good, by the key ${signature.by?.slice(-16) ?? ''}, which proves nothing here`;
      return signature.covers === 'all' ? whose : `${whose}; it covers ${signature.covers === 'part' ? 'a part' : 'none'} of the text`;
    }
    case 'bad':
      return 'BAD: the text was changed or the signature is forged';
    case 'unknown-key':
      return 'by a key that is not on the roster';
    case 'expired':
      return 'by an expired key';
    case 'revoked':
      return 'by a revoked key';
    case 'weak':
      return 'too weak to count';
    default:
      return signature.status satisfies never;
  }
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
