// The Date field (RFC 5322 §3.3 with the obsolete forms of §4.3): a moment, or nothing.

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

// Offsets in hours; other names and the military letters say nothing reliable and count as -0000 (§4.3).
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

const form =
  /^(?:[a-z]{3,9}\.?,?\s{1,5})?(\d{1,2})[\s-]{1,5}([a-z]{3})[a-z]{0,6}[\s-]{1,5}(\d{2,4}),?\s{1,5}(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?(?:\s{0,5}([+-]\d{4}|[a-z]{1,5}))?(?:\s{0,5}\([^()]{0,60}\))?$/i;

/** Reads a Date value with its zone (none means UTC). Undefined for anything that is no date, 30 February included. */
export function mailDate(value: string): Date | undefined {
  const match = form.exec(value.trim().slice(0, 120));
  if (!match) return undefined;
  const [, day = '', name = '', year = '', hour = '', minute = '', second = '0', zone = ''] = match;
  const month = months.indexOf(name.toLowerCase());
  const moment = utc(fullYear(year), month, Number(day), Number(hour), Number(minute), Number(second));
  const offset = zoneMinutes(zone);
  if (month < 0 || moment === undefined || offset === undefined) return undefined;
  return new Date(moment - offset * 60_000);
}

// §4.3: two digits are 1950 to 2049, three count from 1900.
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number | undefined {
  if (year < 1900 || hour > 23 || minute > 59 || second > 60 || day < 1) return undefined;
  const at = Date.UTC(year, month, day, hour, minute, Math.min(second, 59));
  return new Date(at).getUTCDate() === day && new Date(at).getUTCMonth() === month ? at : undefined;
}

function zoneMinutes(zone: string): number | undefined {
  if (!/^[+-]/.test(zone)) return (zones[zone.toLowerCase()] ?? 0) * 60;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3));
  if (minutes > 59 || hours > 23) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
