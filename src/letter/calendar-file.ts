// The public date as a file for calendars (RFC 5545, 5546): it moves when the date moves, and says nothing but the incident's id.
import type { Incident } from '#incident/incident.ts';
import type { Attachment } from '#mail/message.ts';

/** What a letter carries of the public date: the moment, how often it was changed so far, and whether it was taken back. */
export interface Dated {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly change: number;
  readonly cancelled?: true;
}

/** Who sends the file, to whom it belongs, and when; `domain` and `address` are the team's. */
export interface AboutFile {
  readonly id: string;
  readonly audience: string;
  readonly team: string;
  readonly address: string;
  readonly domain: string;
  readonly now: Date;
}

/** The public date of an incident as a letter carries it, also one that was taken back; nothing where none was ever set. */
export function dated({ publicAt, dates }: Pick<Incident, 'publicAt' | 'dates'>): { readonly calendar?: Dated } {
  if (publicAt) return { calendar: { at: publicAt.toISOString(), change: dates.changes } };
  return dates.last ? { calendar: { at: dates.last.toISOString(), change: dates.changes, cancelled: true } } : {};
}

/**
 * The file to attach. Calendars know it again by its UID, one for each incident and audience, and believe the highest SEQUENCE. Moments are UTC, so
 * no table of zones goes along.
 */
export function calendarFile({ at, change, cancelled }: Dated, about: AboutFile): Attachment & { readonly method: string } {
  const { id, audience, team, address, domain, now } = about;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//embargod//public date//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${id.toLowerCase()}.${audience}.public-date@${domain}`,
    `SEQUENCE:${Math.max(0, change - 1)}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(new Date(at))}`,
    'DURATION:PT15M',
    `SUMMARY:${escaped(`${id}: public date`)}`,
    `ORGANIZER;CN="${team.replace(/[\p{Cc}"]/gu, ' ')}":mailto:${address}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:CONFIDENTIAL',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const content = Buffer.from(lines.map((line) => `${folded(line)}\r\n`).join(''));
  return { filename: `${id}.ics`, contentType: 'text/calendar', content, method: 'PUBLISH' };
}

function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

// RFC 5545 §3.3.11.
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}

const longestLine = 75;

/** Lines of 75 octets at most, none cut inside a character; each further one begins with a space (RFC 5545 §3.1). */
function folded(line: string): string {
  let octets = 0;
  let whole = '';
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > longestLine) {
      whole += '\r\n ';
      octets = 1;
    }
    whole += character;
    octets += size;
  }
  return whole;
}
