// What a subcommand has of the outside: where it writes, what it reads, what time it is. Handed in, so that tests can look over its shoulder.
import pc from 'picocolors';
import { type Database, openDatabase } from '#store/database.ts';

/** The outside of one call of the program. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly colour: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  now(): Date;
  /** A database for what is only rehearsed, gone when it is closed. */
  memory(): Promise<Database>;
}

/** The terminal of this process; colours only where a person looks on (and NO_COLOR is not set). */
export function processTerminal(): Terminal {
  // A reader that had enough (`| head`) is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    colour: process.stdout.isTTY === true && pc.isColorSupported,
    env: process.env,
    now: () => new Date(),
    memory: () => openDatabase({ memory: true }),
  };
}

/** Colours that are none where nobody looks on. */
export function colours(terminal: Pick<Terminal, 'colour'>) {
  return pc.createColors(terminal.colour);
}
