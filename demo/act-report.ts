// Act one: a report arrives at night, is acknowledged, relayed and taken; forgeries are refused; the reporter is answered.
import type { Letter } from '#demo/letter.ts';
import { relayed } from '#demo/letter.ts';
import { cast, team } from '#demo/people.ts';
import type { Stage } from '#demo/stage.ts';
import { composeClear } from '#mail/compose.ts';

const report = `Hello,

I run a shared cluster and found something that worries me. The webhook
cache of the example controller keys its entries by the hash of the
request alone, not by tenant. Two tenants who send the same request get
the same cached answer, and the answer may hold what the webhook of the
first tenant put into it: in my test, an image pull secret.

Version 2.3.4, default settings. A script that shows it is at the end.

    for i in 1 2; do kubectl --as=tenant-$i apply -f same-pod.yaml; done
    kubectl --as=tenant-2 get pod same -o yaml | grep -A3 imagePullSecrets

I have told nobody else.
`;

/** The first Monday: the service starts and looks at the keys that it will need. */
export async function opens(stage: Stage): Promise<void> {
  const { people } = stage;
  await stage.scene(
    'Before anything happens',
    'The service starts, and looks at the keys of everybody it may have to write to. That of Gamma, a distributor, has expired. Gamma and the team hear of it now, and every week until there is another.',
  );
  await stage.at(0, '00:00');
  const told = [people.gamma, people.lead, people.second, people.third];
  stage.check(
    'Gamma is asked for a key that can be used, and the team hears so, once each',
    told.every(({ letters }) => letters.length === 1 && /key has expired/.test(letters[0]?.text ?? '')),
  );
}

/** Night and morning of the first Tuesday. Answers with the incident's id. */
export async function arrives(stage: Stage): Promise<string> {
  const { people } = stage;
  await stage.at(1, '02:47');
  await stage.scene(
    'A report arrives at night',
    'Somebody outside writes a plain mail to the team’s address. No account, no form, no key. The service opens an incident, acknowledges, and relays the report to every member, encrypted to each one’s own key.',
  );
  await stage.write(
    'reporter',
    { to: team.address, subject: 'Webhook cache hands out answers of other tenants', text: report },
    'Webhook cache hands out answers of other tenants',
  );
  const ack = people.reporter.letter(/We have your report/);
  const incident = /\[(SRC-[0-9A-Z]{6})\]/.exec(ack.subject)?.[1] ?? '';
  stage.check(
    'exactly one acknowledgement, signed by the team, that repeats nothing of the report',
    isBareAck(people.reporter.letters, ack),
  );
  const reports = (['lead', 'second', 'third'] as const).map((role) => people[role].letter(/New report/));
  stage.check(
    'three members have the report, each sealed to their own key',
    reports.every((letter) => letter.sealed && letter.text.includes('image pull secret')),
  );
  stage.check(
    'the outside of a sealed letter shows the incident’s id and nothing else',
    !reports.some(({ bytes }) => /webhook|tenant/i.test(bytes.toString('latin1'))),
  );
  return incident;
}

function isBareAck(letters: readonly Letter[], ack: Letter): boolean {
  const repeats = report.split('\n').some((line) => line.trim().length > 12 && ack.bytes.toString('utf8').includes(line.trim()));
  return letters.length === 1 && ack.opened.signature.status === 'good' && ack.opened.signature.covers === 'all' && !repeats;
}

/** The on-call takes the incident, and others try to. */
export async function taken(stage: Stage): Promise<void> {
  const { people } = stage;
  await stage.at(1, '07:12');
  await stage.scene(
    'The member on call takes it',
    'Commands are lines that begin with a slash, in a signed answer to a letter. Each is answered with what became of it. The reporter hears the verdict; nothing else the member writes leaves the team.',
  );
  await stage.order(
    'second',
    people.second.letter(/New report/),
    '/take\n/accept\n/lead lead\n\nI can reproduce it. Lead knows the cache best.',
  );
  stage.check('the reporter hears that it is a security issue', /security issue/.test(people.reporter.letter(/security issue/).text));
  stage.check(
    'what the member wrote beside the commands stays in the team',
    !people.reporter.letters.some(({ text }) => text.includes('knows the cache best')),
  );
  stage.check('the others of the team see who took it', /Lead knows the cache best/.test(people.third.letter(relayed()).text));

  await stage.at(1, '08:03');
  await stage.scene(
    'Somebody pretends to be a member',
    'The From line of a mail proves nothing. A forged command and a signed mail that was copied and sent again are refused, and the team is told.',
  );
  await forged(stage);
  await replayed(stage);
}

async function forged(stage: Stage): Promise<void> {
  const { people } = stage;
  // Mallory has seen an acknowledgement and knows the address that the reporter answers to.
  const token = people.reporter.letter(/We have your report/).replyTo;
  const bytes = await composeClear({
    from: { address: cast.lead.address, name: cast.lead.name },
    to: [{ address: token, name: '' }],
    subject: 'Re: publish now',
    date: people.reporter.letter(/We have your report/).date,
    messageId: 'c0ffee.forged@example.org',
    text: '/schedule 2030-01-01 because I say so\n/announce\n',
  });
  const who = `Mallory as ${cast.lead.name}`;
  await stage.hand(
    'mallory',
    bytes,
    cast.mallory.address,
    token,
    { from: who, what: '/schedule  /announce' },
    { forged: true, note: 'Sent by Mallory with the From line of a member. Nothing proves it, so nothing is obeyed.' },
  );
  const outcomes = [...stage.outcomes('lead', 'c0ffee.forged@example.org').values()];
  stage.check('the forged commands are refused, and the rest is not reached', outcomes.join() === 'refused,not reached');
  stage.check(
    'the others are warned',
    /Take care/.test(people.second.letter(relayed()).text) && /Take care/.test(people.third.letter(relayed()).text),
  );
}

async function replayed(stage: Stage): Promise<void> {
  const { people, house } = stage;
  await stage.at(1, '08:20');
  const sealedOrder = house.deliveries.findLast(
    ({ box, bytes }) => box === team.address && /^Content-Type: multipart\/encrypted/im.test(bytes.toString('latin1')),
  );
  const original = sealedOrder?.bytes.toString('latin1') ?? '';
  const copy = original.slice(original.search(/^From: /m)).replace(/^Message-ID: <.*>/im, 'Message-ID: <c0ffee.replayed@example.org>');
  const to = /^Delivered-To: (\S+)/im.exec(original)?.[1] ?? team.address;
  await stage.hand(
    'mallory',
    Buffer.from(copy, 'latin1'),
    cast.mallory.address,
    to,
    { from: 'Mallory, with a copy of Second’s signed mail', what: '(cannot be read, only sent again)' },
    { forged: true, note: 'A recorded mail of Second, sent again under a new Message-ID. The signature is genuine, and it came before.' },
  );
  const outcomes = [...stage.outcomes('second', 'c0ffee.replayed@example.org').values()];
  stage.check('a signature counts once: the replayed commands are refused', outcomes.join() === 'refused,not reached,not reached');
  stage.check('the others are warned again', /this signature came before/.test(people.lead.letter(relayed()).text.replace(/\s+/g, ' ')));
}

/** The team asks, the reporter answers; machines are not answered. */
export async function talks(stage: Stage): Promise<void> {
  const { people } = stage;
  await stage.at(1, '09:30');
  await stage.scene(
    'The team talks with the reporter',
    'Only the text of /reply and /ask reaches the reporter, in the team’s name. The reporter simply answers, and the answer joins the incident.',
  );
  await stage.order(
    'second',
    people.second.letter(/New report/),
    '/ask\nThank you, we can reproduce it with your script. Does it also happen\nwith the cache of version 1.9? And how may we credit you?\n/end\n\nIf 1.9 is affected we need two fixes.',
  );
  const question = people.reporter.letter(/question/);
  stage.check(
    'the question reaches the reporter, signed by the team, without the member’s remark',
    question.text.includes('version 1.9') && !question.text.includes('two fixes'),
  );
  await stage.at(1, '14:05');
  await stage.write(
    'reporter',
    { answers: question, text: 'Yes, 1.9.11 does the same; I have not tried older ones.\n\nPlease credit me as "Reporter".' },
    'Yes, 1.9.11 does the same …',
  );
  stage.check('the answer is relayed to the team, sealed', people.lead.letter(relayed('reporter')).text.includes('1.9.11'));

  await stage.at(2, '03:10');
  await stage.scene(
    'Machines write too',
    'An out-of-office reply and a bounce come in. They are recorded and never answered, so no loop can start; the bounce becomes an alarm, because a member may have missed a letter.',
  );
  const lettersBefore = people.reporter.letters.length;
  await stage.write(
    'reporter',
    { answers: question, subject: 'Automatic reply: I am away', text: 'I am away until Thursday.', autoSubmitted: 'auto-replied' },
    'Automatic reply: I am away',
  );
  stage.check('the automatic reply is not answered, and nobody is bothered', people.reporter.letters.length === lettersBefore);
  await bounced(stage);
}

async function bounced(stage: Stage): Promise<void> {
  const { people } = stage;
  const lost = people.third.letter(relayed('reporter'));
  const bytes = Buffer.from(
    [
      'From: Mail Delivery System <MAILER-DAEMON@mx.example.org>',
      `To: ${team.address}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Date: ${new Date(lost.date.getTime() + 47_000_000).toUTCString().replace('GMT', '+0000')}`,
      'Message-ID: <bounce.1@mx.example.org>',
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="=_dsn"',
      '',
      '--=_dsn',
      '',
      `<${cast.third.address}>: mailbox is full`,
      '--=_dsn',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.org',
      '',
      `Final-Recipient: rfc822; ${cast.third.address}`,
      'Action: failed',
      'Status: 5.2.2',
      'Diagnostic-Code: smtp; 552 5.2.2 mailbox is full',
      '--=_dsn',
      'Content-Type: text/rfc822-headers',
      '',
      `From: <${team.address}>`,
      `To: <${cast.third.address}>`,
      'Subject: ...',
      `Message-ID: <${lost.messageId}>`,
      '--=_dsn--',
      '',
    ].join('\r\n'),
  );
  await stage.hand(
    'mallory',
    bytes,
    '',
    team.address,
    { from: 'MAILER-DAEMON', what: 'Undelivered Mail Returned to Sender' },
    { note: 'A bounce of one letter to Third, whose mailbox was full for a moment.' },
  );
  stage.check('the bounce alarms the team', /came back/.test(people.lead.letter(/Alarm/).text));
}
