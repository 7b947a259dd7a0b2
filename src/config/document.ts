// docs/configuration.md, made from the schemas themselves, so that it cannot say what the program does not do.

import { Service, TeamFile } from '#config/schema.ts';
import { choices, type Shape, shapeOf } from '#config/shape.ts';
import { Policy } from '#team/policy.ts';
import { Roster } from '#team/roster.ts';

const head = `# Configuration

This page is made from the program's own schemas (\`npm run docs\`); change those, not this.

All that an operator writes lies in one folder, named with \`--config DIR\`. \`embargod init DIR\` writes one that works, with comments.

    DIR/service.yaml                  where data, keys, relay and logs are
    DIR/policies/<name>.yaml          processes of your own that teams can extend, beside those that come with the program
    DIR/templates/<letter>.txt        letters that differ for all teams (.mjml beside it where the letter has HTML)
    DIR/teams/<name>/team.yaml        one folder a team: name, address, mailbox, key
    DIR/teams/<name>/policy.yaml      "extends: <name>" and what differs; without it the team works by kubernetes
    DIR/teams/<name>/roster.yaml      the people: members, distributors, channels
    DIR/teams/<name>/keys/*.asc       their OpenPGP certificates, named in the roster
    DIR/teams/<name>/templates/       letters that differ for this team

\`embargod check-config --config DIR\` says every mistake with file and line, or prints what holds in the end; \`embargod doctor --config DIR\`
tries the servers, the keys and the database. The service reads the folder once, at its start.

**Secrets** are never written in these files, where copies and screens show them. They are named: \`{ env: NAME }\` takes an environment
variable, \`{ file: path }\` a file, relative to DIR, that nobody else may read (a line end behind the secret is dropped).

**Keys that are not known are mistakes**, and so are keys that stand twice. Times are UTC. Spans are a whole number and s, m, h, d or w.

**A policy is merged** into the one it extends: mappings key by key, lists and single values as a whole; an empty value takes away what the
base says. A command can be narrowed, never widened. \`commands.<word>\` stands for any command.

**Four processes come with the program** (\`config/policies\`): kubernetes, kubernetes-pst, karmada and gardener, each complete and commented line by
line with the rows it answers ([processes.md](processes.md)). Most other processes descend from one of them and say in a few lines what differs:

    # policies/envoy-like.yaml: three weeks to release, candidate patches again every week, no release next to a holiday
    extends: kubernetes
    process: { name: Example Proxy Security Team, overview: Fixed in private within three weeks., link: https://example.org/security }
    calendar: { holidays: ["2026-12-24", "2026-12-25", "2026-12-31"] }
    parts: { commander: none }
    decisions: { semiPublic: null }
    spans: { triage: 1wd, release: 21d, longestEmbargo: 90d }
    slot: { days: [tue, wed] }
    notice: { least: 5d, most: 21d }
    cvss: { versions: ["3.1", "4.0"] }

\`embargod check-config\` shows what holds then and where each setting comes from, and warns of what cannot hold together: windows that no date
satisfies, roles nobody has, audiences without an address, commands that are off and needed.
`;

const files: readonly { readonly title: string; readonly about: string; readonly shape: () => Shape }[] = [
  {
    title: 'service.yaml',
    about: 'The service as a whole. `DATABASE_URL` of the environment counts where `database` is absent.',
    shape: () => shapeOf(Service),
  },
  { title: 'teams/&lt;name&gt;/team.yaml', about: 'One team. Prefix, address and mailbox are its own.', shape: () => shapeOf(TeamFile) },
  {
    title: 'teams/&lt;name&gt;/roster.yaml',
    about: 'The people. Handles, ids, channel names and addresses are each used once.',
    shape: () => shapeOf(Roster),
  },
  {
    title: 'teams/&lt;name&gt;/policy.yaml, policies/&lt;name&gt;.yaml',
    about: 'The process. `extends` names the policy that this one differs from.',
    shape: () => shapeOf(Policy),
  },
];

/** The text of docs/configuration.md. */
export function configurationDocument(): string {
  const parts = files.map(({ title, about, shape }) => [`## ${title}`, about, table(rows(shape(), '', false))].join('\n\n'));
  return `${[head.trimEnd(), ...parts].join('\n\n')}\n`;
}

interface Row {
  readonly setting: string;
  readonly takes: string;
  readonly absent: string;
  readonly meaning: string;
}

/** One row for each setting, parents before children; the schemas are ours and end. */
function rows(shape: Shape, prefix: string, choice: boolean): Row[] {
  return Object.entries(shape.properties ?? {}).flatMap(([name, inner]) => {
    const setting = prefix ? `${prefix}.${name}` : name;
    const own: Row = { setting, takes: takes(inner), absent: absent(shape, name, inner), meaning: meaning(inner) };
    // A choice repeats what its variants share; each variant is told apart by its literal.
    const bare = takes(inner) === 'mapping' && own.meaning === '' ? [] : [own];
    return choice && inner.const !== undefined ? [{ ...own, takes: `\`${String(inner.const)}\`` }] : [...bare, ...below(inner, setting)];
  });
}

function below(shape: Shape, setting: string): Row[] {
  if (isSecret(shape)) return [];
  if (shape.items) return below(shape.items, `${setting}[]`).concat(shape.items.properties ? rows(shape.items, `${setting}[]`, false) : []);
  if (typeof shape.additionalProperties === 'object') return below(shape.additionalProperties, `${setting}.<word>`);
  const variants = choices(shape);
  if (variants.length > 1) return variants.flatMap((variant) => rows(variant, setting, true));
  return shape.properties ? rows(shape, setting, false) : [];
}

function isSecret(shape: Shape): boolean {
  const keys = choices(shape).flatMap((one) => Object.keys(one.properties ?? {}));
  return keys.length === 2 && keys.includes('env') && keys.includes('file');
}

function takes(shape: Shape): string {
  if (isSecret(shape)) return 'a secret';
  const variants = choices(shape);
  if (variants.length > 1) return [...new Set(variants.map(takes))].join(' or ');
  if (shape.const !== undefined) return `\`${String(shape.const)}\``;
  if (shape.enum) return shape.enum.map((word) => `\`${String(word)}\``).join(', ');
  if (shape.items) return `list of ${takes(shape.items)}`;
  if (shape.type === 'object') return typeof shape.additionalProperties === 'object' ? 'mapping by word' : 'mapping';
  const named: Readonly<Record<string, string>> = { string: 'text', integer: 'whole number', boolean: 'true or false' };
  return `${named[shape.type ?? ''] ?? 'text'}${bounds(shape)}`;
}

function bounds({ type, minimum, maximum }: Shape): string {
  return type === 'integer' && minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER
    ? ` ${minimum} to ${maximum}`
    : '';
}

function absent(parent: Shape, name: string, shape: Shape): string {
  if (shape.default !== undefined && typeof shape.default !== 'object')
    return shape.default === '' ? 'empty' : `\`${String(shape.default)}\``;
  if (Array.isArray(shape.default)) return shape.default.length === 0 ? 'none' : `\`[${shape.default.join(', ')}]\``;
  if (shape.default !== undefined) return '';
  return parent.required?.includes(name) ? '**required**' : 'none';
}

function meaning(shape: Shape): string {
  return shape.description ?? choices(shape)[0]?.description ?? '';
}

function table(all: readonly Row[]): string {
  const once = [...new Map(all.map((row) => [`${row.setting} ${row.takes}`, row])).values()];
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const lines = once.map(
    ({ setting, takes, absent, meaning }) => `| \`${setting}\` | ${cell(takes)} | ${cell(absent)} | ${cell(meaning)} |`,
  );
  return ['| setting | takes | when absent | meaning |', '|---|---|---|---|', ...lines].join('\n');
}
