// The real program in a process of its own, to be stopped politely or killed in the middle.
import { type ChildProcess, spawn } from 'node:child_process';

export interface Running {
  readonly process: ChildProcess;
  /** What it wrote so far, standard and error output together. */
  said(): string;
  /** Sends the signal and answers the exit code, or the signal's name, once it has ended. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | string | null>;
  /** Resolves when it has ended by itself or otherwise. */
  readonly ended: Promise<number | string | null>;
}

const running = new Set<ChildProcess>();

/** Starts a TypeScript program of the tree with its words. */
export function start(program: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', program, ...words], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const pieces: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => pieces.push(piece.toString('utf8')));
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal);
    });
  });
  return {
    process: child,
    said: () => pieces.join(''),
    ended,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** `embargod run` on a config folder. */
export function startDaemonProcess(directory: string, env: Readonly<Record<string, string>> = {}): Running {
  return start('src/cli.ts', ['run', '--config', directory], env);
}

/** Ends what a failed test left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Waits until something holds; throws the sentence when it does not in time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, most = 90_000, every = 5): Promise<void> {
  for (const end = performance.now() + most; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, every))) {
    if (await holds()) return;
  }
  throw new Error(`in ${most / 1000} s it did not come about that ${what}`);
}
