// Severity: levels, and CVSS 3.0, 3.1 and 4.0 vectors scored and rated (FIRST CVSS specifications, §5 qualitative scale).
import cvss from 'ae-cvss-calculator';

export const levels = ['none', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof levels)[number];

const cvssVersions = ['3.0', '3.1', '4.0'] as const;
export type CvssVersion = (typeof cvssVersions)[number];

/** A vector that was read whole: its version, its score as CVSS counts it and the level the score means. */
export interface Scored {
  readonly vector: string;
  readonly version: CvssVersion;
  readonly score: number;
  readonly level: Level;
}

type Metrics = Readonly<Record<string, string>>;

// Metric -> allowed values. The calculator itself scores incomplete vectors as 0 and takes doubled metrics, so all is checked here first.
const base3: Metrics = { AV: 'NALP', AC: 'LH', PR: 'NLH', UI: 'NR', S: 'UC', C: 'NLH', I: 'NLH', A: 'NLH' };
const more3: Metrics = {
  E: 'XUPFH',
  RL: 'XOTWU',
  RC: 'XURC',
  CR: 'XLMH',
  IR: 'XLMH',
  AR: 'XLMH',
  MAV: 'XNALP',
  MAC: 'XLH',
  MPR: 'XNLH',
  MUI: 'XNR',
  MS: 'XUC',
  MC: 'XNLH',
  MI: 'XNLH',
  MA: 'XNLH',
};
const base4: Metrics = {
  AV: 'NALP',
  AC: 'LH',
  AT: 'NP',
  PR: 'NLH',
  UI: 'NPA',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: 'HLN',
  SI: 'HLN',
  SA: 'HLN',
};
const more4: Metrics = {
  E: 'XAPU',
  CR: 'XHML',
  IR: 'XHML',
  AR: 'XHML',
  MAV: 'XNALP',
  MAC: 'XLH',
  MAT: 'XNP',
  MPR: 'XNLH',
  MUI: 'XNPA',
  MVC: 'XHLN',
  MVI: 'XHLN',
  MVA: 'XHLN',
  MSC: 'XHLN',
  MSI: 'XHLNS',
  MSA: 'XHLNS',
  S: 'XNP',
  AU: 'XNY',
  R: 'XAUI',
  V: 'XDC',
  RE: 'XLMH',
  U: 'XCGAR',
};
const urgencies = ['Clear', 'Green', 'Amber', 'Red'];

/**
 * Scores a CVSS vector ("CVSS:3.1/AV:N/…"). A sentence instead when it is none, is incomplete, names a metric twice or a value that does
 * not exist; the sentence names the metric (S2-59).
 */
export function score(vector: string): Scored | { readonly wrong: string } {
  const [head = '', ...parts] = vector.trim().split('/');
  const version = cvssVersions.find((known) => head.toUpperCase() === `CVSS:${known}`);
  if (!version)
    return { wrong: `"${clip(head)}" begins no CVSS vector; one begins with ${cvssVersions.map((known) => `CVSS:${known}/`).join(', ')}.` };
  if (parts.length > 40) return { wrong: 'This CVSS vector has too many metrics.' };
  const base = version === '4.0' ? base4 : base3;
  const known = { ...base, ...(version === '4.0' ? more4 : more3) };
  const seen = new Map<string, string>();
  for (const part of parts) {
    const [metric = '', value = ''] = part.split(':');
    const allowed = Object.hasOwn(known, metric) ? known[metric] : undefined;
    if (allowed === undefined) return { wrong: `CVSS ${version} has no metric "${clip(metric)}".` };
    if (seen.has(metric)) return { wrong: `The metric ${metric} stands twice in the vector.` };
    const fits =
      metric === 'U' && version === '4.0' ? value === 'X' || urgencies.includes(value) : value.length === 1 && allowed.includes(value);
    if (!fits) return { wrong: `The metric ${metric} cannot be "${clip(value)}"; it is one of ${[...allowed].join(', ')}.` };
    seen.set(metric, value);
  }
  const missing = Object.keys(base).filter((metric) => !seen.has(metric));
  if (missing.length > 0) return { wrong: `The vector lacks ${missing.join(', ')}.` };
  const whole = `CVSS:${version}/${parts.join('/')}`;
  const value = overall(version, whole);
  return { vector: whole, version, score: value, level: levelOf(value) };
}

function overall(version: CvssVersion, vector: string): number {
  if (version === '4.0') return new cvss.Cvss4P0(vector).calculateScores().overall;
  const scores = version === '3.1' ? new cvss.Cvss3P1(vector).calculateScores() : new cvss.Cvss3P0(vector).calculateScores();
  return scores.overall;
}

/** The level a score from 0.0 to 10.0 means. */
export function levelOf(score: number): Level {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'none';
}

function clip(text: string): string {
  return text.slice(0, 20);
}
