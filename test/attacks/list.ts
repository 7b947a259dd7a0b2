// Every attack class, in the order of the table in docs/security.md, and that table.
import type { Attack, AttackMail } from '#test/attacks/attack.ts';
import { compressionBomb } from '#test/attacks/compression-bomb.ts';
import { crossIncident } from '#test/attacks/cross-incident.ts';
import { displayNames } from '#test/attacks/display-names.ts';
import { efail } from '#test/attacks/efail.ts';
import { floodedCertificates } from '#test/attacks/flooded-certificates.ts';
import { headerInjection } from '#test/attacks/header-injection.ts';
import { hiddenHtml } from '#test/attacks/hidden-html.ts';
import { keySubstitution } from '#test/attacks/key-substitution.ts';
import { mimeTricks } from '#test/attacks/mime-tricks.ts';
import { newPeople } from '#test/attacks/new-people.ts';
import { oracle } from '#test/attacks/oracle.ts';
import { partialSigning } from '#test/attacks/partial-signing.ts';
import { quotesAndCode } from '#test/attacks/quotes-and-code.ts';
import { replay } from '#test/attacks/replay.ts';
import { severalFroms } from '#test/attacks/several-froms.ts';
import { signerMismatch } from '#test/attacks/signer-mismatch.ts';
import { staleAndWeak } from '#test/attacks/stale-and-weak.ts';
import { wrapping } from '#test/attacks/wrapping.ts';

export const attacks: readonly Attack[] = [
  mimeTricks,
  wrapping,
  partialSigning,
  signerMismatch,
  severalFroms,
  displayNames,
  hiddenHtml,
  efail,
  oracle,
  replay,
  crossIncident,
  newPeople,
  keySubstitution,
  floodedCertificates,
  compressionBomb,
  headerInjection,
  quotesAndCode,
  staleAndWeak,
];

/** The table of docs/security.md in Markdown: what is tried, in how many mails, where; a mail that still gets through is counted apart. */
export function table(): string {
  const rows = attacks.map(({ id, name, what, mails }) => `| ${name} | ${what} | ${counted(mails)} | \`test/attacks/${id}.ts\` |`);
  return [
    '| attack class | what is tried | mails, all refused | file |',
    '| --- | --- | --- | --- |',
    ...rows,
    `| all | | ${counted(attacks.flatMap(({ mails }) => mails))} | \`test/endurance/attacks.test.ts\` |`,
  ].join('\n');
}

function counted(mails: readonly AttackMail[]): string {
  const through = mails.filter(({ open }) => open !== undefined).length;
  return `${mails.length - through}${through > 0 ? `, and ${through} that get through` : ''}`;
}
