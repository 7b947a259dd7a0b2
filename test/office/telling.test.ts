// What a team is told about its incidents on the whole way: status, plan, who knows, figures, the digest of the week.
import { afterEach, describe, expect, test } from 'vitest';
import { mindRegister } from '#office/minding.ts';
import { teamSubject } from '#office/register.ts';
import { sendWeekly } from '#office/weekly.ts';
import { kindsTo, notified, of, to } from '#test/office/keys.ts';
import { openTown, people, type Received, type Town } from '#test/town.ts';
import type { Span } from '#time.ts';
import { ring } from '#watch.ts';

let town: Town;
afterEach(() => town.close());

/** Somebody of the team gives commands in answer to a letter; answers with the transcript. */
async function asks(who: 'lead' | 'second' | 'third', text: string, answers: Received | undefined): Promise<string> {
  await town.writes(who, { text: `${text}\n`, signed: true, ...(answers && { answers }) });
  return of('transcript', to(people[who], await town.post()))?.text ?? '';
}

async function reported(subject = 'path traversal'): Promise<Received | undefined> {
  await town.writes('reporter', { subject, text: 'It writes outside.' });
  return of('report', to(people.lead, await town.post()));
}

/** From the beginning of a town, a Monday at nine, to the hour of the next Monday's digest; and a week. */
const untilMonday: Span = '167h';
const week: Span = '168h';
const weekly = { reminders: { at: '08:00', urgent: '24h', weekly: 'mon' } };

function digests(letters: readonly Received[]): Received[] {
  return letters.filter(({ kind }) => kind === 'weekly');
}

describe('/status', () => {
  test('names exactly one incident commander at every step, and the stage (S1-32, S3-17)', async () => {
    town = await openTown();
    const report = await reported();
    const seen: string[] = [];
    for (const step of [
      '/note a word',
      '/take',
      '/handoff second',
      '/accept',
      '/lead third',
      '/severity high because it is',
      '/decline out-of-scope',
    ]) {
      const text = await asks('lead', `${step}\n/status`, report);
      const named = text.match(/Incident commander: \S+/g) ?? [];
      expect(named, step).toHaveLength(text.includes('Refused.') ? 0 : 1);
      seen.push(/Stage: [\w-]+/.exec(text)?.[0] ?? 'refused');
    }
    expect(seen.slice(0, 6)).toEqual([
      'Stage: reported',
      'Stage: triaged',
      'Stage: triaged',
      'Stage: accepted',
      'Stage: fixing',
      'Stage: fixing',
    ]);
  });

  test('a stage that was passed by is named with the reason given for it (S3-17, S1-49)', async () => {
    town = await openTown();
    const report = await reported();
    await asks('lead', '/take\n/accept\n/lead me\n/close because it is fixed in public already', report);
    const text = await asks('lead', '/status', report);
    expect(text).toContain('Stage: closed');
    expect(text).toMatch(/Skipped: fix-ready \(because it is fixed in public already\)/);
  });

  test('what is planned against the flaw stands in it (S3-24)', async () => {
    town = await openTown();
    const report = await reported();
    const text = await asks('lead', '/set mitigation import only what you trust\n/set fixed 2.3.1\n/status', report);
    expect(text).toContain('Remediation, mitigation: import only what you trust');
    expect(text).toContain('Remediation, fixed: 2.3.1');
  });
});

describe('/plan', () => {
  test('lists each outgoing mail with recipients and UTC times, and what is missing (S1-72, S2-68, S3-31, C9)', async () => {
    town = await openTown({ policy: { zone: 'Europe/Berlin' } });
    const report = await reported();
    const text = await asks('lead', '/take\n/accept\n/cve CVE-1900-0001\n/schedule 2026-03-16 16:00\n/plan', report);
    expect(text).toContain('Public date: 2026-03-16 16:00 UTC (17:00 Europe/Berlin)');
    expect(text).toMatch(
      /by 2026-03-09 16:00 UTC \(17:00 Europe\/Berlin\): notice under embargo\n +to 3 distributors \(acme, beta, gamma\)\n +missing: fields: title, impact/,
    );
    expect(text).toMatch(/at 2026-03-15 16:00 UTC .*: final notice with the public text\n +to 3 distributors/);
    expect(text).toMatch(
      /at 2026-03-16 16:00 UTC .*: announcement\n +to 1 channel \(announce\)\n +missing: .*no draft \(\/draft announcement\)/,
    );
    expect(text).toMatch(/at 2026-03-16 16:00 UTC .*: word that it is public\n +to the reporter \(reporter@example\.net\)/);
  });

  test('is refused without an incident, and with words it does not know', async () => {
    town = await openTown();
    expect(await asks('lead', '/plan', undefined)).toContain('This command is about an incident');
    expect(await asks('lead', '/plan all', await reported())).toContain('"all" is not understood. Write: /plan');
  });
});

describe('/who-knows', () => {
  test('lists people with the Message-IDs and times of the letters that really left (S2-24)', async () => {
    town = await openTown();
    const letters = await notified(town);
    const notice = of('notice', to(people.acme, letters));
    const report = of('relay', to(people.second, letters)) ?? letters.find(({ to: whom }) => whom === people.second);
    const text = await asks('second', '/who-knows', report);
    expect(notice).toBeDefined();
    expect(text).toContain(`notice: sent 2026-03-02 09:00 UTC <${notice?.messageId.replace(/[<>]/g, '')}>`);
    expect(text).toMatch(/Told, distributors:\n +acme <security@acme\.example\.net>: since 2026-03-02 09:00 UTC; 1 letter\n/);
    // No certificate is on file for gamma: it is not told, whatever was decided.
    const untold = text.slice(text.indexOf('Not told of its contents:'));
    expect(untold).toMatch(/gamma <security@gamma\.example\.net>: only letters without contents\n +notice: WAITS FOR A KEY since/);
    expect(text.slice(0, text.indexOf('Not told'))).not.toContain('gamma');
    expect(text).toMatch(/Known in other ways:\n +the reporter \(reporter@example\.net\): reported it 2026-03-02 09:00 UTC/);
  });

  test('what came back is not counted as told (S2-24, C18)', async () => {
    town = await openTown();
    town.relayAnswers((address) =>
      address === people.acme ? { outcome: 'permanent', response: '550 5.1.1 No such user', status: '5.1.1' } : undefined,
    );
    const letters = await notified(town);
    const text = await asks(
      'second',
      '/who-knows acme',
      letters.find(({ to: whom }) => whom === people.second),
    );
    expect(text).toMatch(/Not told of its contents:\n +acme <[^>]+>: nothing arrived\n +notice: WAS NOT DELIVERED/);
  });

  test('of one person or audience every letter is shown; a name nobody has is refused with those that are right', async () => {
    town = await openTown();
    const report = await reported();
    await asks('lead', '/take', report);
    const ours = await asks('lead', '/who-knows second', report);
    expect(ours).toMatch(/report: sent .*\n +relay: sent/);
    expect(ours).not.toContain('reporter');
    expect(await asks('lead', '/who-knows nobody-here', report)).toContain(
      'Nobody called "nobody-here" was written to about this incident. Written to: reporter, team, lead, second, third; or write all.',
    );
  });
});

describe('/stats', () => {
  test('shows the intervals of a closed incident, equal to the timestamps of the mails (S1-02)', async () => {
    town = await openTown({ policy: { steps: [] } });
    const report = await reported('a flaw that nobody may read of');
    await town.pass('1h', '1h');
    await asks('lead', '/take\n/accept', report);
    await town.pass('26h', '1h');
    await asks('lead', '/severity high because it is\n/fix-ready', report);
    await asks('lead', '/close because it was fixed in public', report);
    const text = await asks('second', '/stats', undefined);
    expect(text).toContain('1 incident: 1 accepted.');
    expect(text).toContain('From report to acknowledgement: 1, less than a minute');
    expect(text).toContain('From report to verdict: 1, 1 hour\n');
    expect(text).toContain('From report to fix ready: 1, 1 day 3 hours\n');
    expect(text).toMatch(/high: 1, 1 day 3 hours/);
    expect(text).toMatch(/Open: none/);
    expect(text).toMatch(/lead: commanded 1, led 0, open now 0/);
    expect(text).not.toContain('nobody may read of');
  });

  test('an acknowledgement counts from when the mail server had it, not from when it was decided (S1-02, C1)', async () => {
    town = await openTown();
    town.relayAnswers((address) => (address === people.reporter ? { outcome: 'temporary', response: '451 4.3.0 Later' } : undefined));
    await town.writes('reporter', { subject: 'a flaw', text: 'It writes outside.' });
    await town.post();
    expect(await asks('lead', '/stats', undefined)).not.toContain('to acknowledgement');
    town.relayAnswers(() => undefined);
    await town.pass('30m', '30m');
    expect(await asks('lead', '/stats', undefined)).toContain('From report to acknowledgement: 1, 30 minutes');
  });

  test.each([
    ['/stats 2026-02-30', '"2026-02-30" is no date. Write one like 2026-03-03.'],
    ['/stats yesterday', '"yesterday" is no date. Write one like 2026-03-03.'],
    ['/stats 2026-03-02 2026-01-01', '2026-01-01 lies before 2026-03-02. Write the earlier date first: /stats 2026-01-01 2026-03-02'],
    ['/stats 2027-01-01', '2027-01-01 is yet to come; there are no reports from then on. Write an earlier date.'],
  ])('%s is refused with what would be right', async (order, sentence) => {
    town = await openTown();
    expect((await asks('lead', order, undefined)).replace(/\s+/g, ' ')).toContain(sentence);
  });
});

describe('other processes', () => {
  test('a process with a public heads-up plans it with its date and hour, and no notice (S4-24, S4-26)', async () => {
    town = await openTown({ policy: { extends: 'gardener' } });
    const text = await asks('lead', '/accept\n/lead me\n/schedule 2026-03-16 16:00\n/plan', await reported());
    expect(text).toMatch(/by 2026-03-13 16:00 UTC.*: public heads-up\n +to 1 channel \(announce\)\n +missing: .*mitigation/);
    expect(text).not.toContain('under embargo');
  });

  test('a process whose windows count from the report plans the notice so, and says what makes it a duty (S2-68, S2-69b)', async () => {
    town = await openTown({ policy: { extends: 'kubernetes-pst' } });
    const text = await asks('lead', '/accept\n/plan', await reported());
    expect(text).toMatch(/by 2026-03-16 09:00 UTC: notice under embargo\n +to 3 distributors .*\n +a duty once it is decided/);
  });

  test('a process without a lead shows its stage and names none (S3-17, S3-19)', async () => {
    town = await openTown({ policy: { extends: 'karmada' } });
    const text = await asks('second', '/accept high\n/status', await reported());
    expect(text).toContain('Stage: accepted');
    expect(text).not.toContain('Fix lead');
  });
});

describe('the digest of the week', () => {
  test('comes on Monday at the hour of the reminders, to every member, once; with nothing open there is none', async () => {
    town = await openTown({ policy: weekly });
    expect(digests(await town.pass(untilMonday, untilMonday))).toEqual([]);
    await reported();
    expect(digests(await town.pass('167h', '167h'))).toEqual([]);
    const letters = digests(await town.pass('1h'));
    expect(letters.map((letter) => letter.to).sort()).toEqual([people.lead, people.second, people.third].sort());
    expect(letters[0]?.subject).toMatch(/^The week: 1 open incident/);
    expect(letters[0]?.text).toContain('as of 2026-03-16 08:00 UTC');
    expect(letters[0]?.sealed).toBe(true);
  });

  test('a daemon that slept three weeks sends one, and two that wake at once send it once (C7)', async () => {
    town = await openTown({ policy: weekly });
    await reported();
    expect(kindsTo(people.lead, digests(await town.pass('21d', '21d')))).toEqual(['weekly']);
    expect(await sendWeekly(town.office, town.world)).toBe(false);
    expect(digests(await town.pass('166h', '166h'))).toEqual([]);
    expect(kindsTo(people.lead, digests(await town.pass('1h')))).toEqual(['weekly']);
  });

  test('what happens to certificates leaves its moment alone, and it leaves theirs', async () => {
    town = await openTown({ policy: weekly });
    const before = await town.store.deadlines.of(teamSubject(town.office));
    await mindRegister(town.office, town.world);
    const minded = await town.store.deadlines.of(teamSubject(town.office));
    expect(before.map(({ key }) => key)).toEqual(['certificates', 'weekly']);
    const at = minded.find(({ key }) => key === 'weekly')?.dueAt;
    expect(at).toEqual(new Date('2026-03-09T08:00:00Z'));
    await ring({ subject: teamSubject(town.office), key: 'weekly', dueAt: new Date(0) }, town.office, town.world);
    const rung = await town.store.deadlines.of(teamSubject(town.office));
    expect(rung.find(({ key }) => key === 'certificates')).toEqual(minded.find(({ key }) => key === 'certificates'));
  });

  test('under a seal the picture stands beside its text inside the encryption, or is a file where the team wants no HTML (decisions/0004)', async () => {
    town = await openTown({ policy: weekly });
    await reported();
    const [shown] = to(people.lead, digests(await town.pass(untilMonday, untilMonday)));
    expect(shown?.sealed).toBe(true);
    expect(shown?.opened.inner?.toString('latin1')).toMatch(
      /multipart\/alternative[\s\S]*content-type: text\/plain[\s\S]*content-type: text\/html/i,
    );
    expect(shown?.bytes.toString('latin1')).not.toMatch(/text\/html/i);
    expect(shown?.opened.attachments.map(({ filename }) => filename)).not.toContain('weekly.html');
    town.change({ policy: { reminders: { ...weekly.reminders, picture: 'attached' } } });
    const [letter] = to(people.lead, digests(await town.pass(week, week)));
    expect(letter?.opened.attachments.map(({ filename, contentType }) => [filename, contentType])).toContainEqual([
      'weekly.html',
      'application/octet-stream',
    ]);
    const page = letter?.opened.attachments.find(({ filename }) => filename === 'weekly.html')?.content.toString('utf8') ?? '';
    expect(page).toContain('path traversal');
    expect(page).not.toMatch(/<(?:img|link|script|iframe|object)\b|@import|url\(|\bsrc=/i);
    expect(letter?.opened.inner?.toString('latin1')).not.toMatch(/content-type: text\/html/i);
  });
});
