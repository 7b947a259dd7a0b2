// A mail as each step has proved it: RawMail (bytes), Message (its claims, within limits), Opened (decrypted and verified).
import type { Entity } from '#mail/entity.ts';

/** Where a mail lies: the IMAP mailbox, its UIDVALIDITY and the UID (RFC 9051 §2.3.1.1). */
export interface Place {
  readonly mailbox: string;
  readonly uidValidity: string;
  readonly uid: number;
}

/** An addr-spec in lower case with the display name beside it; neither proves anything. */
export interface Address {
  readonly address: string;
  readonly name: string;
}

/** One header field: the name in lower case, the value unfolded but not decoded. */
export interface Field {
  readonly name: string;
  readonly value: string;
  /** Spelled as no mail server writes it: a blank before the colon (RFC 5322 §4.5.8), a NUL, a value that begins with no printable ASCII. */
  readonly odd?: true;
}

/** A part that is carried and never opened. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** A run of readable text in the order of the mail; `covered`: it lies inside bytes that the mail's signature covers. */
export interface Passage {
  readonly text: string;
  readonly from: 'plain' | 'html';
  readonly covered: boolean;
}

/** What a mail claims of itself, read within limits. Text is NFC, without NUL, with LF line ends. */
export interface Message {
  readonly bytes: Buffer;
  readonly root: Entity;
  readonly fields: readonly Field[];
  /** Exactly one address, or none: a mail with no From, several From fields or several authors has no sender. */
  readonly from: Address | undefined;
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  /** Every address of ours this mail may have come by: To, Cc, Delivered-To, X-Original-To, Envelope-To. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly date: Date | undefined;
  readonly messageId: string | undefined;
  /** Message-IDs of In-Reply-To and References, nearest first, without angle brackets, at most 50. */
  readonly cites: readonly string[];
}

/** Why a mail cannot be taken: shunted with this sentence, for the team and the log. */
export interface Unreadable {
  readonly unreadable: string;
}

export type SignatureStatus = 'none' | 'good' | 'bad' | 'unknown-key' | 'expired' | 'revoked' | 'weak';

/** What verification found. `covers` speaks of the readable text: all of it, a part, or none. */
export interface Signature {
  readonly status: SignatureStatus;
  /** Fingerprint of the primary key, upper-case hex; also for a bad signature when the claimed key is known. */
  readonly by?: string;
  readonly covers: 'none' | 'part' | 'all';
  readonly at?: Date;
  /** Digest in hex of signer, time and signed bytes: the same one twice is a replay. The packet itself would not do, anybody can change its unhashed part. */
  readonly digest?: string;
}

/** A certificate that came along with a mail. It proves nothing by itself: who sent it may have sent anybody's. */
export interface OfferedCertificate {
  /** One block of ASCII armor with LF line ends; what is in it was not looked at. */
  readonly armored: string;
  readonly from: 'attached' | 'inline' | 'autocrypt';
  /** Its bytes lie inside what the mail's good signature covers. */
  readonly covered: boolean;
}

/** A mail that was decrypted and verified; what later steps read. */
export interface Opened {
  readonly message: Message;
  /** Who wrote it as far as the header can tell: the protected From where a good signature over everything holds it, else the outer one. */
  readonly from: Address | undefined;
  /** The protected subject where there is one (RFC 9788), else the outer one. */
  readonly subject: string;
  /** Fields that the good signature protects, of a part that is signed alone too; without one those that encryption protects. */
  readonly protectedFields: readonly Field[];
  /** Names of outer fields that say something else than the protected ones ("From", "Reply-To"); a hidden subject does not. */
  readonly differs: readonly string[];
  /** What the mail answers, as `Message.cites`: by the protected fields where they speak for the whole header (RFC 9788), else by the outer. */
  readonly cites: readonly string[];
  readonly decrypted: boolean;
  readonly signature: Signature;
  readonly passages: readonly Passage[];
  readonly attachments: readonly Attachment[];
  /** Certificates that came along (RFC 3156 §7, Autocrypt 1.1 §2), attached and inline ones first. */
  readonly certificates: readonly OfferedCertificate[];
  /** Bytes of the decrypted MIME entity, when the mail was encrypted: kept, so that a relay need not decrypt again. */
  readonly inner: Buffer | undefined;
}

/** The whole readable text of a mail. */
export function textOf(opened: Pick<Opened, 'passages'>): string {
  return opened.passages.map((passage) => passage.text).join('\n');
}
