// Notifications of bounty and code platforms: which platform, whose report, where to read it. They suggest; a From can be forged.
import type { Address } from '#mail/message.ts';

export type PlatformName = 'github' | 'hackerone' | 'bugcrowd' | 'intigriti' | 'yeswehack' | 'huntr' | 'gitlab';

/** A notification read: the reporter's handle, the report's address and its own subject where the text names them. */
export interface Notification {
  readonly platform: PlatformName;
  readonly handle?: string;
  readonly url?: string;
  readonly subject?: string;
}

interface Platform {
  readonly name: PlatformName;
  /** Domains it sends from. */
  readonly senders: RegExp;
  /** Addresses of reports; one of them, or a word of the subject, must be there. */
  readonly url: RegExp;
  readonly about: RegExp;
}

const platforms: readonly Platform[] = [
  {
    name: 'github',
    senders: /@(?:[a-z0-9-]{1,60}\.)?github\.com$/,
    url: /https:\/\/github\.com\/(?:[\w.-]{1,100}\/[\w.-]{1,100}\/security\/advisories\/GHSA-[\w-]{5,30}|advisories\/GHSA-[\w-]{5,30})/i,
    about: /\bGHSA-[\w]{4}-[\w]{4}-[\w]{4}\b|vulnerability report|security advisory/i,
  },
  {
    name: 'hackerone',
    senders: /@(?:[a-z0-9-]{1,60}\.)?hackerone\.com$/,
    url: /https:\/\/(?:www\.)?hackerone\.com\/(?:reports|bugs)\/?[\w?=&#-]{1,60}/i,
    about: /#\d{4,9}\b|\breport\b|submitted|hackerone/i,
  },
  {
    name: 'bugcrowd',
    senders: /@(?:[a-z0-9-]{1,60}\.)?bugcrowd\.com$/,
    url: /https:\/\/(?:tracker\.|www\.)?bugcrowd\.com\/[\w./-]{3,200}/i,
    about: /submission|report|bugcrowd/i,
  },
  {
    name: 'intigriti',
    senders: /@(?:[a-z0-9-]{1,60}\.)?intigriti\.(?:com|io)$/,
    url: /https:\/\/app\.intigriti\.com\/[\w./-]{3,200}/i,
    about: /submission|report|intigriti/i,
  },
  {
    name: 'yeswehack',
    senders: /@(?:[a-z0-9-]{1,60}\.)?yeswehack\.(?:com|io)$/,
    url: /https:\/\/(?:[a-z0-9-]{1,40}\.)?yeswehack\.com\/[\w./-]{3,200}/i,
    about: /report|vulnerabilit|yeswehack/i,
  },
  {
    name: 'huntr',
    senders: /@(?:[a-z0-9-]{1,60}\.)?huntr\.(?:dev|com)$/,
    url: /https:\/\/(?:www\.)?huntr\.(?:dev|com)\/[\w./-]{3,200}/i,
    about: /report|vulnerab|bounty|huntr/i,
  },
  {
    name: 'gitlab',
    senders: /@(?:[a-z0-9-]{1,60}\.){0,2}gitlab\.(?:com|org)$/,
    url: /https:\/\/gitlab\.com\/[\w./-]{3,200}\/-\/(?:issues|work_items|security)\/[\w./-]{1,100}/i,
    about: /confidential|vulnerab|security|\(#\d{1,9}\)/i,
  },
];

const handles: readonly RegExp[] = [
  // The report's author, as platforms phrase it; the first that fits is taken.
  /(?:^|[\s(])@([\w-]{1,39}) (?:has )?(?:(?:just )?(?:reported|submitted|opened|created|sent|filed|disclosed)|privately reported|started)/im,
  /(?:^|\n)\s{0,8}(?:reported|submitted|opened|created|filed) (?:privately )?by:? ?@?([\w.-]{1,39})(?=[\s.,)(]|$)/im,
  /(?:reported|submitted|opened|created|filed|discovered) (?:privately )?by:? @([\w-]{1,39})/i,
  /(?:^|\n)\s{0,8}(?:reporter|researcher|hacker|hunter|author|credit):? @?([\w.-]{1,39})(?=[\s.,)(]|$)/im,
  /(?:^|\n)\s{0,8}([\w.-]{2,39}) (?:has )?(?:just )?(?:submitted|reported|filed|opened|created) (?:a |an |the )?(?:new |confidential |security ){0,3}(?:report|submission|vulnerability|issue|finding)/im,
  /https:\/\/(?:github\.com|hackerone\.com|gitlab\.com|bugcrowd\.com|huntr\.(?:dev|com)\/users|yeswehack\.com\/hunters|app\.intigriti\.com\/(?:profile|researcher))\/([\w-]{1,39})(?=[\s)>\].,]|$)/i,
];

const notHandles = new Set([
  'a',
  'an',
  'the',
  'you',
  'someone',
  'reports',
  'security',
  'researcher',
  'new',
  'email',
  'mail',
  'us',
  'this',
  'that',
  'who',
  'login',
  'settings',
  'notifications',
  'users',
]);

/** Reads a notification from its sender's address, subject and text, or undefined. Decides only what is suggested, never authority. */
export function notification(from: Address | undefined, subject: string, text: string): Notification | undefined {
  const platform = platforms.find(({ senders }) => senders.test(from?.address ?? ''));
  if (!platform) return undefined;
  const bounded = text.slice(0, 50_000);
  const url = platform.url.exec(bounded)?.[0]?.replace(/[.,)]{1,3}$/, '');
  if (url === undefined && !platform.about.test(subject.slice(0, 500))) return undefined;
  const handle = handleIn(bounded) ?? handleIn(subject.slice(0, 500));
  const title = titleOf(subject);
  return {
    platform: platform.name,
    ...(handle !== undefined && { handle }),
    ...(url !== undefined && { url }),
    ...(title !== '' && { subject: title }),
  };
}

function handleIn(text: string): string | undefined {
  for (const pattern of handles) {
    const handle = pattern.exec(text)?.[1]?.replace(/\.$/, '');
    if (handle && !notHandles.has(handle.toLowerCase())) return handle;
  }
  return undefined;
}

// "[org/repo] Title (GHSA-…)" → "Title": what the reporter wrote.
function titleOf(subject: string): string {
  return subject
    .slice(0, 500)
    .replace(/^(?:(?:re|fwd?|aw|wg):\s{0,3}){1,5}/i, '')
    .replace(/^\[[^[\]]{1,150}\]\s{0,3}/, '')
    .replace(/\s{0,3}\((?:GHSA-[\w-]{1,30}|#\d{1,10}|Issue #\d{1,10})\)\s{0,3}$/i, '')
    .trim();
}

const silent =
  /(?:^|[+._-])(?:no[._-]?reply|do[._-]?not[._-]?(?:reply|respond)|dont[._-]?reply|never[._-]?reply|ne[._-]?pas[._-]?repondre|nicht[._-]?antworten|keine[._-]?antwort|no[._-]?responder|nao[._-]?responda|non[._-]?rispondere|niet[._-]?beantwoorden|mailer[._-]?daemon|auto[._-]?reply|bounces?)(?:$|[+._-])/;

/** Whether nobody reads an address: no-reply of any spelling, mail systems, the notification addresses of platforms. */
export function noReply(address: string): boolean {
  const [local = '', domain = ''] = address.toLowerCase().split(/@(?=[^@]*$)/);
  if (silent.test(local) || /^no[._-]?reply/.test(local) || /no[._-]?reply$/.test(local)) return true;
  return (
    platforms.some(({ senders }) => senders.test(`@${domain}`)) &&
    /^(?:notifications?|support|hello|team|info|alerts?|security|reports?|gitlab|mail)$/.test(local)
  );
}
