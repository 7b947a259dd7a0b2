// Plays a story in a town of its own: every letter that leaves is expected, fits its audience, and none is missing.

import type { HandOver } from '#post/smtp.ts';
import type { Store } from '#store/store.ts';
import { unfit } from '#test/story/always.ts';
import { addressOf, compare, expectations, show } from '#test/story/match.ts';
import type { Step, Story } from '#test/story/script.ts';
import { bytesOf, lastLetter } from '#test/story/write.ts';
import { keyOf, openTown, type Received, type Town } from '#test/town.ts';

interface Stage {
  readonly town: Town;
  readonly got: Received[];
  /** Left and not yet expected by the story. */
  readonly waiting: Received[];
  readonly mails: Map<string, Buffer>;
  readonly incidents: string[];
  readonly seen: Set<string>;
  readonly quiet: readonly string[];
}

/** Plays the steps in order and throws at the first that does not go as told, with what was expected and what left. */
export async function play({ about, steps }: Story, store: Store): Promise<void> {
  const town = await openTown({ ...about, store });
  const stage: Stage = { town, got: [], waiting: [], mails: new Map(), incidents: [], seen: new Set(), quiet: about.quiet ?? [] };
  for (const step of steps) {
    try {
      await perform(step, stage);
    } catch (error) {
      throw new Error(`${step.file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
  settled(stage, 'At the end of the story');
}

async function perform(step: Step, stage: Stage): Promise<void> {
  const { town } = stage;
  if (step.does !== 'out') settled(stage, 'Before this step');
  switch (step.does) {
    case 'in': {
      const text = await filled(step.text, stage);
      const bytes = await bytesOf(text, town, stage);
      stage.mails.set(step.file.slice(0, 2), bytes);
      return arrive(bytes, /^story-becomes: *(\S+)/im.exec(text)?.[1], stage);
    }
    case 'again':
    case 'replay': {
      const bytes = stage.mails.get(step.step);
      if (!bytes) throw new Error(`there is no mail ${step.step} to repeat`);
      return arrive(step.does === 'again' ? bytes : inAnotherEnvelope(bytes, step.file), undefined, stage);
    }
    case 'out': {
      const { complaints, left } = compare(expectations(await filled(step.text, stage)), stage.waiting);
      stage.waiting.splice(0, Infinity, ...left);
      const unexpected = left.filter((letter) => !isQuiet(letter, stage)).map((letter) => `UNEXPECTED: ${show(letter)}`);
      if (complaints.length + unexpected.length > 0) throw new Error([...complaints, ...unexpected].join('\n\n'));
      return;
    }
    case 'wait':
      return leave(await town.pass(step.time), stage);
    case 'nothing':
      if (stage.got.length > 0 || stage.mails.size > 0) return;
      throw new Error('nothing came yet, so nothing could have left');
    case 'change':
      return town.change(step.changes);
    case 'relay':
      return town.relayAnswers((to) => answerOf([...step.answers].find(([who]) => addressOf(who) === to)?.[1]));
    default:
      return step satisfies never;
  }
}

// Whoever replays a signed mail can write every field outside of the signature anew.
function inAnotherEnvelope(bytes: Buffer, file: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/^Message-ID: .*$/im, `Message-ID: <${file}@example.com>`), 'latin1');
}

async function arrive(bytes: Buffer, becomes: string | undefined, stage: Stage): Promise<void> {
  const taken = await stage.town.arrives(bytes);
  if (becomes && taken.kind !== becomes) throw new Error(`the mail became "${taken.kind}", not "${becomes}" ${taken.why ?? ''}`);
  if (taken.incident && !stage.incidents.includes(taken.incident)) stage.incidents.push(taken.incident);
  leave(await stage.town.post(), stage);
}

function leave(letters: readonly Received[], stage: Stage): void {
  const wrong = letters.flatMap((letter) => unfit(letter, stage.seen, stage.town.office));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  stage.got.push(...letters);
  stage.waiting.push(...letters);
}

function settled(stage: Stage, when: string): void {
  const loud = stage.waiting.filter((letter) => !isQuiet(letter, stage));
  if (loud.length > 0)
    throw new Error(`${when} letters left that nobody expected.\n\n${loud.map((letter) => `UNEXPECTED: ${show(letter)}`).join('\n\n')}`);
  stage.waiting.splice(0);
}

function isQuiet({ kind, text, audience }: Received, { quiet }: Stage): boolean {
  return audience === 'team' && quiet.includes(kind) && !(kind === 'transcript' && /^\s*(?:Refused|Ignored)\./m.test(text));
}

function answerOf(said: string | undefined): HandOver | undefined {
  if (said === undefined) return undefined;
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(said)?.[0];
  const outcome = said.startsWith('4') ? 'temporary' : said.startsWith('5') ? 'permanent' : undefined;
  return outcome ? { outcome, response: said, ...(status && { status }) } : { outcome: 'accepted', response: said };
}

/** Fills in what only the play knows: ids, marks, codes, Message-IDs, addresses and keys. */
async function filled(text: string, stage: Stage): Promise<string> {
  let whole = '';
  for (const [index, piece] of text.split(/\{\{|\}\}/).entries()) whole += index % 2 === 0 ? piece : await fill(piece, stage);
  return whole;
}

async function fill(words: string, stage: Stage): Promise<string> {
  const [what = '', ...rest] = words.trim().split(' ');
  const latest = (kind: string, pattern: RegExp, to?: string) => {
    const found = stage.got
      .filter((letter) => letter.kind === kind && (to === undefined || letter.to === to))
      .map((letter) => pattern.exec(letter.text)?.[1])
      .findLast((one) => one !== undefined);
    if (!found) throw new Error(`no letter tells {{${words}}}`);
    return found;
  };
  switch (what) {
    case 'id':
      return stage.incidents[rest[0] ? Number(rest[0]) - 1 : stage.incidents.length - 1] ?? 'no incident yet';
    case 'mark':
      return latest('review', new RegExp(`/approve ${rest[0]} ([0-9a-f]{8})`));
    case 'code':
      return latest('preview', /\/confirm ([0-9A-Z]{6})/, addressOf(rest[0] ?? ''));
    case 'message-id':
      return lastLetter(rest.join(' '), stage).messageId;
    case 'reply-to':
      return lastLetter(rest.join(' '), stage).replyTo;
    case 'subject':
      return lastLetter(rest.join(' '), stage).subject;
    case 'key':
      return (await keyOf(addressOf(rest[0] ?? ''))).certificate.armored;
    default:
      throw new Error(`{{${words}}} is nothing a story knows`);
  }
}
