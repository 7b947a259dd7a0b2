// Why a mail server cannot be reached, in one sentence for the operator. No secret of ours is ever part of it.

/** The fields that Node, imapflow and nodemailer hang on their errors; all of them optional. */
export interface PeerError {
  readonly code?: string;
  /** Where nodemailer put a code of its own over the system's. */
  readonly originalCode?: string;
  readonly message?: string;
  readonly authenticationFailed?: boolean;
  readonly tlsFailed?: boolean;
  readonly response?: unknown;
  /** The SMTP command that failed. */
  readonly command?: string;
  readonly responseText?: string;
  readonly cause?: unknown;
}

const certificate = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Whether an error speaks of a certificate we do not trust. */
function isCertificateTrouble(error: PeerError): boolean {
  return certificate.has(error.originalCode ?? error.code ?? '') || /certificate|altnames/i.test(error.message ?? '');
}

/** Makes any thrown thing readable as a peer's error. */
export function asPeerError(thrown: unknown): PeerError {
  return thrown !== null && typeof thrown === 'object' ? (thrown as PeerError) : { message: String(thrown) };
}

/** Says why the connection to `peer` ("imap.example.org:993") failed; other errors are passed on by their message, on one line. */
export function connectionTrouble(peer: string, thrown: unknown): string {
  const error = asPeerError(thrown);
  const code = error.originalCode ?? error.code ?? '';
  if (isCertificateTrouble(error)) return `the certificate of ${peer} is not trusted (${oneLine(error.message || code)})`;
  if (code === 'ECONNREFUSED') return `nothing listens at ${peer}`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EDNS') return `the name of ${peer} cannot be resolved`;
  if (code === 'GREETING_TIMEOUT') return `${peer} takes the connection but says nothing; is it a port for implicit TLS?`;
  if (code === 'STARTTLS_INJECTION') return `somebody between us and ${peer} writes into the TLS handshake`;
  if (/^(CONNECT_TIMEOUT|ETIMEDOUT|ETIMEOUT|EHOSTUNREACH|ENETUNREACH|SOCKET_TIMEOUT|CONNECTION_TIMEOUT|UPGRADE_TIMEOUT)$/.test(code))
    return `${peer} does not answer`;
  if (/wrong version number|packet length too long|unknown protocol/i.test(`${code} ${error.message ?? ''}`))
    return `${peer} does not speak TLS at this port; the setting may have to be starttls`;
  if (error.tlsFailed || code === 'ETLS') return `no TLS with ${peer}: ${oneLine(error.message ?? code)}`;
  if (/^(ECONNRESET|EPIPE|NoConnection|EConnectionClosed|ClosedAfterConnect.*|ECONNECTION)$/.test(code))
    return `${peer} closed the connection`;
  return `${peer}: ${oneLine(error.message || code || 'unknown trouble')}`;
}

/** A peer's text on one line, without control characters, at most 200 characters. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 200)
    .trim();
}
