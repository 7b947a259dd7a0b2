// Earlier incidents that a new report resembles, so that the team sees a duplicate before it works twice. A hint, never a verdict.
import { titleOf } from '#incident/advisory.ts';
import type { IncidentId } from '#incident/id.ts';
import type { Incident } from '#incident/incident.ts';
import { plain, says } from '#incident/noise.ts';
import { type Stage, stageOf } from '#incident/stage.ts';

/** An incident that a report resembles, and in what. */
export interface Similar {
  readonly id: IncidentId;
  readonly title: string;
  readonly stage: Stage;
  /** Something in it came encrypted: its title must not leave in clear either. */
  readonly confidential: boolean;
  readonly why: string;
}

/**
 * At most three of the others, the most alike first, newest first among equals. The measure adds up what both have: a CVE id counts five, a
 * CWE id or a component two, a word of the title one; from three on an incident is shown. A word that a quarter of many incidents have says
 * nothing and does not count. Titles and advisory titles are compared, and of the report also its text, for ids and components.
 * `others` come newest first.
 */
export function similarTo(
  report: { readonly title: string; readonly text: string },
  others: readonly Incident[],
  components: readonly string[] = [],
): Similar[] {
  const known = others.map((incident) => ({ incident, of: featuresOf(titlesOf(incident), fieldsOf(incident), components) }));
  const common = commonWords(known.map(({ of }) => of.words));
  const mine = featuresOf(report.title, report.text, components);
  return known
    .map(({ incident, of }) => ({ incident, shared: sharedBy(mine, of, common) }))
    .filter(({ shared }) => shared.points >= least)
    .sort((a, b) => b.shared.points - a.shared.points)
    .slice(0, most)
    .map(({ incident, shared }) => ({
      id: incident.id,
      title: titleOf(incident),
      stage: stageOf(incident),
      confidential: incident.confidential === true,
      why: shared.why,
    }));
}

const least = 3;
const most = 3;
/** From so many incidents on a word can be called common. */
const many = 12;

interface Features {
  readonly cves: ReadonlySet<string>;
  readonly cwes: ReadonlySet<string>;
  readonly components: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

function featuresOf(titles: string, more: string, components: readonly string[]): Features {
  const title = plain(titles);
  const all = `${title}\n${plain(more)}`;
  return {
    cves: new Set(all.match(/\bcve-\d{4}-\d{4,19}\b/g)),
    cwes: new Set(all.match(/\bcwe-\d{1,5}\b/g)),
    components: new Set(components.filter((component) => says(all, component))),
    words: new Set((title.match(/[\p{L}\p{N}]{3,40}/gu) ?? []).slice(0, 60).filter((word) => !idle.has(word))),
  };
}

function titlesOf({ title, advisory }: Incident): string {
  return `${title} ${advisory.title ?? ''}`;
}

function fieldsOf({ cve, advisory }: Incident): string {
  return [cve.id ?? '', advisory.impact, advisory.affected, advisory.details, advisory.references].join('\n').slice(0, 20_000);
}

function commonWords(all: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const words of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => all.length >= many && count * 4 > all.length).map(([word]) => word));
}

function sharedBy(mine: Features, theirs: Features, common: ReadonlySet<string>): { points: number; why: string } {
  const both = (of: keyof Features) => [...mine[of]].filter((one) => theirs[of].has(one));
  const [cves, cwes, components] = [both('cves'), both('cwes'), both('components')];
  const words = both('words').filter((word) => !common.has(word) && !components.includes(word));
  const ids = [...cves, ...cwes].map((id) => id.toUpperCase());
  const why = [
    ...(ids.length > 0 ? [`both name ${ids.slice(0, 5).join(', ')}`] : []),
    ...(components.length > 0 ? [`both in ${components.slice(0, 5).join(', ')}`] : []),
    ...(words.length > 0 ? [`words of both titles: ${words.slice(0, 8).join(', ')}`] : []),
  ].join('; ');
  return { points: cves.length * 5 + cwes.length * 2 + components.length * 2 + words.length, why };
}

/** Words that every report has. */
const idle = new Set(
  'the and for with from that this are was has have not can via into when which your our you all any fwd security vulnerability vulnerabilities report reported bug issue found possible potential critical high medium low urgent poc cve cwe'.split(
    ' ',
  ),
);
