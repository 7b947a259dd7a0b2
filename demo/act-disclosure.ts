// Act two: hand-off, severity, CVE, the advisory, a date, a forgotten notice and its reminders, the notice under two pairs of eyes.
import type { Letter } from '#demo/letter.ts';
import { relayed } from '#demo/letter.ts';
import { cast } from '#demo/people.ts';
import type { Stage } from '#demo/stage.ts';

/** Thursday and Friday of the first week. */
export async function prepares(stage: Stage, incident: string): Promise<void> {
  const { people } = stage;
  await stage.at(3, '08:20');
  await stage.scene(
    'A hand-off',
    'Second is away from Friday. An incident changes hands only when the other one says yes; until then nothing changes.',
  );
  await stage.order('second', people.second.letter(relayed('reporter')), '/handoff third');
  await stage.at(3, '10:02');
  await stage.order('third', people.third.letter(/offers this incident/), '/accept-handoff');

  await stage.at(3, '15:40');
  await stage.scene(
    'Severity, a CVE id, and what we will say',
    'The vector is scored, the CNA gets a request by mail and answers by mail, and the advisory is written field by field. Whatever will be said to anybody is made from these fields.',
  );
  await stage.order(
    'lead',
    people.lead.letter(relayed('reporter')),
    `/severity CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:N/A:N\n${first}\n/cve request`,
  );
  const request = people.cna.letter(/CVE request/);
  stage.check(
    'the CNA has a request with the team’s signature',
    request.opened.signature.status === 'good' && request.text.includes('CVSS:3.1'),
  );
  await stage.at(4, '09:15');
  await stage.write(
    'cna',
    { answers: request, text: `Hello,\n\nwe reserved CVE-1900-0001 for ${incident}.\n\nExample CNA` },
    'we reserved CVE-1900-0001',
  );
  stage.check('the id is taken from the answer, and the reporter hears of it', /CVE-1900-0001/.test(people.reporter.letter(/CVE id/).text));
  await stage.at(4, '09:50');
  await stage.order('lead', people.lead.letter(relayed()), rest);

  await stage.at(4, '15:05');
  await stage.scene(
    'A date',
    'Asked without a date, /schedule proposes one that leaves the distributors their week and falls on the recommended hour. The lead takes a day later.',
  );
  const proposal = await stage.order('lead', people.lead.letter(relayed()), '/schedule');
  stage.check('a date is proposed, with the command that sets it', /To set it: \/schedule/.test(proposal.text.replace(/\s+/g, ' ')));
  await stage.at(4, '15:11');
  await stage.order('lead', proposal, `/schedule ${stage.day(15)}\n\nTuesday, so that nobody has to work on Sunday.`);
  await stage.at(4, '15:30');
  await stage.order(
    'lead',
    people.lead.letter(relayed('CNA')),
    `/reply\nThe fix is ready and CVE-1900-0001 is reserved. We would like to publish\non ${stage.day(15)} at 16:00 UTC. Is that all right with you?\n/end`,
  );
  stage.check(
    'the reporter hears of the date, in the team’s name',
    people.reporter.letter(/About your report/).text.includes(stage.day(15)),
  );
}

const first = `/set title Webhook cache hands out answers of other tenants
/set impact
Whoever may send requests to a shared controller can receive the cached
answer of a webhook that was meant for another tenant. The answer can
hold secrets of that tenant, such as image pull credentials.
/end
/set affected
2.0.0 to 2.3.4
1.9.0 to 1.9.11
/end`;

const rest = `/set fixed
2.3.5
1.9.12
/end
/set mitigation
Start the controller with --webhook-cache=off. Requests take longer,
nothing else changes.
/end
/set detection
Look in the audit log for cache hits where tenant and owner differ:

    jq 'select(.cache == "hit" and .tenant != .owner)' audit.log
/end
/set upgrade Replace the image; no configuration changes.
/set credit Found and reported by Reporter.
/set patches https://distributors.example.org/CVE-1900-0001 (your usual login)
/set references https://example.org/security/CVE-1900-0001
/done reviewed
/fix-ready`;

/** The weekend nobody thinks of the notice, and the Monday they do. */
export async function notifies(stage: Stage): Promise<void> {
  const { people } = stage;
  await stage.at(6, '15:59');
  await stage.scene(
    'A date that would have been forgotten',
    'Distributors must hear seven days before the public date, which is Tuesday, and nobody has prepared anything. Two days ahead the lead is reminded. A day later the commander too, and so on to everybody: it does not stop.',
  );
  await stage.at(6, '16:00');
  const reminded = (letters: readonly Letter[]) => letters.filter(({ subject }) => /Distributors must hear/.test(subject)).length;
  const counts = () => (['lead', 'third', 'second'] as const).map((role) => reminded(people[role].letters)).join();
  stage.check('the first reminder goes to the lead alone', counts() === '1,0,0');
  await stage.at(7, '16:00');
  stage.check('the next one goes to the commander too', counts() === '2,1,0');

  await stage.at(7, '16:25');
  await stage.scene(
    'The notice is drafted, read and approved',
    'The draft is made from the advisory and goes to the team. Its mark names exactly this text: what is approved is what leaves, not a word of it changes afterwards.',
  );
  await stage.order('lead', people.lead.letter(/Distributors must hear/), '/draft notice');
  const review = people.second.letter(/Draft of the notice/);
  await stage.at(7, '16:44');
  await stage.order('second', review, approvalIn(review));

  await stage.at(7, '16:50');
  await stage.scene(
    'Nothing irreversible by one person',
    'Before anything leaves, the team sees the exact text, who gets it, and who cannot be reached. Who asked for it cannot confirm it; each of the others has a code of their own, mailed to nobody else.',
  );
  await stage.order('lead', people.lead.letter(/Draft of the notice/), '/notify');
  await confirmed(stage, 'second');
}

async function confirmed(stage: Stage, by: 'second' | 'third'): Promise<void> {
  const { people } = stage;
  const preview = people.lead.letter(/Please confirm/);
  stage.check(
    'the preview names who gets it and who cannot be reached',
    ['Acme Linux', 'Beta OS'].every((name) => preview.text.includes(name)) && /does not reach[\s\S]{0,80}Gamma Cloud/.test(preview.text),
  );
  const own = people[by].letter(/Please confirm/);
  stage.check(
    'the one who asked has no code, and no two others have the same',
    !preview.text.includes('/confirm') && codeIn(own) !== codeIn(people[by === 'second' ? 'third' : 'second'].letter(/Please confirm/)),
  );
  await stage.at(7, '16:58');
  const refusal = await stage.order('lead', preview, `/confirm ${codeIn(own)}`, ['/confirm']);
  stage.check(
    'the one who asked is refused, also with the code of another',
    /Somebody else of the team/.test(refusal.text.replace(/\s+/g, ' ')),
  );
  await stage.at(7, '17:06');
  await stage.scene(
    'One notice each',
    'Every distributor gets a mail of its own, sealed to its own key; none can see who else has one. Gamma’s key has expired: Gamma gets a letter without contents that asks for a new one, and the team an alarm.',
  );
  await stage.order(by, own, `/confirm ${codeIn(own)}`);
  const [acme, beta, gamma] = (['acme', 'beta', 'gamma'] as const).map((role) => people[role].letters.at(-1));
  if (!acme || !beta || !gamma) throw new Error('a distributor has no letter');
  stage.check(
    'Acme and Beta have the same notice, sealed to each',
    [acme, beta].every((letter) => letter.sealed && /EMBARGOED until/.test(letter.subject)) && acme.text === beta.text,
  );
  stage.check('no notice names another distributor', namesNobodyElse(acme, ['beta', 'gamma']) && namesNobodyElse(beta, ['acme', 'gamma']));
  stage.check(
    'Gamma’s letter says nothing of what it is about',
    !gamma.sealed && !/webhook|tenant|CVE-/i.test(gamma.bytes.toString('latin1')) && /send your OpenPGP key/.test(gamma.subject),
  );
  stage.check('the team is alarmed', /Gamma|gamma/.test(people.third.letter(/Alarm/).text));

  await stage.at(8, '08:31');
  await stage.scene('A distributor answers', 'The answer joins the incident and goes to the team, sealed.');
  await stage.write(
    'acme',
    {
      answers: acme,
      sealed: true,
      text: 'We have the notice, thank you. Builds for both branches are running;\nwe will be ready on Tuesday.',
    },
    'We have the notice, thank you …',
  );
  stage.check(
    'the team has the answer, proved by the distributor’s signature',
    /Builds for both branches/.test(people.second.letter(relayed()).text) &&
      /proved by a signature/.test(people.second.letter(relayed()).text),
  );
}

function namesNobodyElse({ bytes, text, subject }: Letter, others: readonly ('acme' | 'beta' | 'gamma')[]): boolean {
  const whole = `${bytes.toString('latin1')}\n${subject}\n${text}`.toLowerCase();
  return others.every((role) => !whole.includes(cast[role].address) && !whole.includes(cast[role].name.toLowerCase()));
}

/** The line of a review that approves exactly that draft. */
export function approvalIn({ text }: Letter): string {
  const line = /^ {2}(\/approve \w+ [0-9a-f]{8})$/m.exec(text)?.[1];
  if (!line) throw new Error('a review without the line that approves it');
  return line;
}

/** The confirmation code of a preview. */
export function codeIn({ text }: Letter): string {
  const code = /^ {2}\/confirm ([0-9A-Z]{6})$/m.exec(text)?.[1];
  if (!code) throw new Error('a preview without a code');
  return code;
}
