// How the play is told in a terminal: calm lines with the date, who writes to whom, and what; colours and pauses only where a person looks on.
import pc from 'picocolors';

export interface Teller {
  title(text: string): void;
  scene(title: string, about: string): Promise<void>;
  mail(line: { at: Date; from: string; to: string; what: string; quiet: boolean; mark?: 'sealed' | 'signed' | 'forged' }): Promise<void>;
  check(claim: string): void;
  plain(text: string): void;
}

const marks = { sealed: 'sealed', signed: 'signed, in clear', forged: 'forged' } as const;
const width = 76;

/** Opens the teller; `pause` is in milliseconds and taken after each line about a mail. */
export function openTeller(out: { write(text: string): unknown; readonly isTTY?: boolean }, pause: number): Teller {
  const paint = pc.createColors(out.isTTY === true && pc.isColorSupported);
  const say = (text: string) => void out.write(`${text}\n`);
  const rest = () => (pause > 0 ? new Promise<void>((resolve) => setTimeout(resolve, pause)) : Promise.resolve());
  let lastDay = '';
  return {
    title: (text) => say(paint.bold(text)),
    async scene(title, about) {
      say(`\n${paint.bold(title)}`);
      for (const line of wrap(about)) say(paint.dim(line));
      await rest();
    },
    async mail({ at, from, to, what, quiet, mark }) {
      const day = dayOf(at);
      const when = `${day === lastDay ? ' '.repeat(day.length) : day} ${at.toISOString().slice(11, 16)}`;
      lastDay = day;
      const badge = mark ? `  ${mark === 'forged' ? paint.red(`[${marks[mark]}]`) : paint.dim(`[${marks[mark]}]`)}` : '';
      const text = `${from} → ${to}: ${what}`;
      say(`  ${paint.cyan(when)}  ${quiet ? paint.dim(text) : text}${badge}`);
      if (!quiet) await rest();
    },
    check: (claim) => say(`  ${paint.green('✓')} ${claim}`),
    plain: say,
  };
}

/** "Tue 03 Mar", UTC. */
function dayOf(at: Date): string {
  const [weekday = '', date = '', month = ''] = at.toUTCString().replace(',', '').split(' ');
  return `${weekday} ${date} ${month}`;
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
