// A daemon as `embargod run` starts it, with short leases and short pauses, so that a test need not wait for minutes: child.ts <config folder> [port of another relay]
import { randomBytes } from 'node:crypto';
import { checks } from '#cli/checks.ts';
import { mistakeLine, readConfig } from '#config/read.ts';
import { startDaemon } from '#daemon/daemon.ts';
import { openLog } from '#log.ts';
import { hurried } from '#test/daemon/place.ts';

const read = await readConfig(process.argv[2] ?? '', process.env, { check: checks, now: new Date() });
if ('mistakes' in read) throw new Error(read.mistakes.map(mistakeLine).join('\n'));
const stop = new AbortController();
const told = new Promise<void>((resolve) => process.once('SIGTERM', () => resolve(stop.abort())));
const hands = { clock: () => new Date(), random: (bytes: number) => randomBytes(bytes), log: openLog({ level: 'info' }) };
const config = hurried(read.config);
const relay = { ...config.relay, port: Number(process.argv[3] ?? config.relay.port) };
const daemon = await startDaemon({ ...config, relay }, { ...hands, leases: { work: 1500, letter: 3000 } }, stop.signal);
await told;
await daemon.stop();
