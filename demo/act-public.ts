// Act three: the announcement at its hour, and the look back.
import { approvalIn, codeIn } from '#demo/act-disclosure.ts';
import { relayed } from '#demo/letter.ts';
import type { Stage } from '#demo/stage.ts';

/** Thursday of the second week until the announcement on Tuesday. */
export async function announces(stage: Stage): Promise<void> {
  const { people } = stage;
  await stage.at(10, '13:20');
  await stage.scene(
    'The announcement is prepared',
    'The same way: drafted from the advisory, approved by its mark, previewed with its channels, confirmed by a second person. It is set for its hour and waits.',
  );
  await stage.order('lead', people.lead.letter(relayed()), '/draft announcement');
  const review = people.third.letter(/Draft of the announcement/);
  await stage.at(10, '13:48');
  await stage.order('third', review, approvalIn(review));
  await stage.at(10, '14:10');
  await stage.order('lead', people.lead.letter(/Draft of the announcement/), '/announce');
  const preview = people.third.letter(/Please confirm/);
  await stage.at(10, '14:22');
  await stage.order('third', preview, `/confirm ${codeIn(preview)}`);
  stage.check('nothing has left yet', people.announce.letters.length === 0);

  await stage.at(14, '16:00');
  await stage.scene('A day ahead', 'Distributors get exactly the words that will be public, by themselves, twenty-four hours before.');
  stage.check(
    'the final notice is sealed, and says what will be public',
    people.acme.letter(/Final notice/).sealed && /--webhook-cache=off/.test(people.acme.letter(/Final notice/).text),
  );
  await stage.at(15, '12:40');
  await stage.scene('The release', 'The announcement waits for the binaries, whatever the hour. They are ready in time.');
  await stage.order('lead', people.lead.letter(relayed()), '/done cherry-pick\n/done approve\n/done merge\n/done binaries');

  await stage.at(15, '15:59:59');
  await stage.scene(
    '16:00:00 UTC',
    'The hour has come. The announcement leaves to the list, signed and with an HTML part; the lead gets the text for the forum that mail cannot reach; the reporter hears that it is public.',
  );
  stage.check('a second before the hour nothing has left', people.announce.letters.length === 0);
  await stage.at(15, '16:00:00');
  const announcement = people.announce.letter(/CVE-1900-0001/);
  const raw = announcement.bytes.toString('latin1');
  stage.check('the announcement is dated 16:00:00', announcement.date.toISOString().endsWith('T16:00:00.000Z'));
  stage.check(
    'it is signed as multipart/signed, and the signature is good',
    /^Content-Type: multipart\/signed/im.test(raw) && announcement.opened.signature.status === 'good',
  );
  stage.check('it has an HTML part beside the text', /^Content-Type: text\/html/im.test(raw));
  stage.check('it leaves exactly once', people.announce.letters.length === 1);
  stage.check('the lead has the text to paste', /forum\.example\.org/.test(people.lead.letter(/Please post/).text));
  stage.check('the reporter hears that it is public', /CVE-1900-0001/.test(people.reporter.letter(/Your report is public/).subject));
}

/** The look back, and the end. */
export async function looksBack(stage: Stage): Promise<void> {
  const { people } = stage;
  await stage.at(16, '09:30');
  await stage.scene(
    'The look back',
    'The mail of the day asks the lead for what is left to do, and then for the retrospective. Members write what went well and what did not; the rest is made from the journal, with roles instead of names.',
  );
  await stage.order('lead', people.lead.letter(/What went well/), '/done tracking-issue\n/cve published');
  await stage.at(17, '09:12');
  stage.check('the mail of the day reminds the lead of the retrospective', /retrospective/.test(people.lead.letter(/^Today: /).text));
  await stage.order(
    'second',
    people.second.letter(/What went well/),
    '/critique\nThe notice was nearly forgotten over a weekend. The reminder saved us;\nthe advisory should be complete when the date is set.\n/end',
  );
  await stage.at(17, '11:30');
  await stage.order(
    'third',
    people.third.letter(/What went well/),
    '/critique\nThe hand-off was quick, everything was in the thread.\nA distributor’s key had expired. It was written to every week, and nobody called.\n/end',
  );
  await stage.at(17, '13:00');
  await stage.order('lead', people.lead.letter(/What went well/), '/retrospective');
  const review = people.second.letter(/Draft of the retrospective/);
  stage.check('both critiques are in it, without names', /nearly forgotten/.test(review.text) && /nobody called/.test(review.text));
  await stage.at(17, '13:40');
  await stage.order('second', review, approvalIn(review));
  await stage.at(17, '13:52');
  await stage.order('lead', people.lead.letter(/Draft of the retrospective/), '/retrospective send');
  const preview = people.third.letter(/Please confirm/);
  await stage.at(17, '14:01');
  await stage.order('third', preview, `/confirm ${codeIn(preview)}`);
  stage.check(
    'the retrospective is on the list and with the team',
    /Retrospective/.test(people.announce.letter(/Retrospective/).subject) &&
      /Retrospective/.test(people.lead.letter(/Retrospective: /).subject),
  );

  await stage.at(18, '10:00');
  await stage.scene(
    'The end',
    'The journal was audit trail, status and timeline all the while. Each entry is chained to the one before it, so that a change would show.',
  );
  const status = await stage.order('lead', people.lead.letter(/Retrospective: /), '/status\n/timeline');
  stage.check(
    '/timeline tells everything that happened',
    /Report received/.test(status.text) && /released the retrospective/.test(status.text),
  );
  await stage.at(18, '10:08');
  await stage.order('third', people.third.letter(/Please confirm/), '/close');
  let events = 0;
  let broken = '';
  for await (const found of stage.house.daemon.store.journal.audit()) {
    events += found.events;
    broken ||= found.broken ?? '';
  }
  stage.check(`the journal of ${events} events is whole: every link of the chain fits`, events > 50 && broken === '');
}
