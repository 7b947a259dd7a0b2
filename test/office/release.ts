// A town shortly before a release: what the tests of telling and of the clock begin with.
import { of, to } from '#test/office/keys.ts';
import { openTown, people, type Received, type Writing } from '#test/town.ts';

/** A town with an accepted report whose fix is ready and whose public date is Monday 16 March, 16:00 UTC; `say` gives signed commands. */
export async function releaseTown(options: Parameters<typeof openTown>[0] = {}) {
  const town = await openTown(options);
  await town.writes('reporter', { subject: 'path traversal', text: 'It writes outside.' });
  const [report] = to(people.lead, await town.post());
  const say = async (who: 'lead' | 'second', text: string, more: Partial<Writing> = {}): Promise<Received[]> => {
    await town.writes(who, { text: `${text}\n`, signed: true, ...(report && { answers: report }), ...more });
    return town.post();
  };
  const known = [
    'title Path traversal in the importer',
    'impact Archives can write outside of it',
    'affected 1.0',
    'fixed 1.1',
    'mitigation Import only your own archives',
    'upgrade https://example.org/1.1',
  ];
  await say(
    'lead',
    `/take\n/accept\n/lead me\n${known.map((field) => `/set ${field}`).join('\n')}\n/severity high because it is\n/schedule 2026-03-16 16:00`,
  );
  await say('lead', '/done reviewed');
  await say('lead', '/fix-ready because it is');
  /** Approves a draft, releases it with this line and confirms it; answers with what left on the confirmation. */
  const release = async (kind: string, line: string): Promise<Received[]> => {
    const drafted = of('review', await say('lead', `/draft ${kind} because this is what is known`));
    const mark = /\/approve \S+ ([0-9a-f]{8})/.exec(drafted?.text ?? '')?.[1];
    await say('second', `/approve ${kind} ${mark}`);
    const preview = to(people.second, await say('lead', line)).find((letter) => letter.kind === 'preview');
    const code = /\/confirm (\S+)/.exec(preview?.text ?? '')?.[1];
    return say('second', `/confirm ${code}`);
  };
  return { town, say, release };
}
