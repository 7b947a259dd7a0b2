// /privacy: who is asked to go on in private, and what the team records of the answer.
import { guards, rows } from '#test/command/table.ts';
import { accepted, announced, anonymous, closed } from '#test/situation.ts';

const exposed = { type: 'exposed', by: 'second' } as const;
const asked = { type: 'privacy-asked', by: 'lead' } as const;
guards('/privacy ask', [exposed]);

const how =
  'A reply that begins with YES or NO is recorded by itself; anything else is passed on, and /privacy yes or /privacy no records it.';

rows(
  {
    it: 'asks the reporter (S1-43, S2-48, S3-15)',
    after: [exposed],
    order: '/privacy ask',
    answers: `reporter@example.net is asked to go on in private. ${how}`,
    happens: [asked],
  },
  {
    it: 'asks whoever published it, who may be somebody else (S4-06)',
    after: [exposed],
    order: '/privacy ask <Finder@example.com>',
    answers: `finder@example.com is asked to go on in private. ${how}`,
    happens: [{ ...asked, of: { address: 'finder@example.com', name: '' } }],
  },
  {
    it: 'knows the reporter by their address',
    after: [exposed],
    order: '/privacy ask reporter@example.net',
    answers: `reporter@example.net is asked to go on in private. ${how}`,
    happens: [asked],
  },
  {
    it: 'needs somebody to ask',
    after: [anonymous, exposed],
    order: '/privacy ask',
    refuses: 'No reporter is known. Name whoever published it: /privacy ask <address>',
  },
  {
    it: 'refuses what is no address',
    after: [exposed],
    order: '/privacy ask finder',
    refuses: '"finder" is no mail address. Write one like finder@example.com.',
  },
  {
    it: 'does not ask distributors whether they go on in private',
    after: [exposed],
    order: '/privacy ask security@acme.example.net',
    refuses: 'security@acme.example.net is on the roster; whoever published it is asked, or the reporter: /privacy ask',
  },
  {
    it: 'records a yes: the usual dates hold again (S1-43)',
    after: [exposed, asked],
    order: '/privacy yes',
    answers:
      'Recorded: yes. Whoever published it goes on in private; the usual dates hold. Waiting dates count again from where they began.',
    happens: [{ type: 'privacy-answered', by: 'lead', answer: 'yes' }],
  },
  {
    it: 'records a no after a yes: everything is due, and the journal says what is waived (S1-44, S2-49, S3-16, S4-07)',
    after: [exposed, asked, { type: 'privacy-answered', by: 'lead', answer: 'yes' }],
    order: '/privacy no',
    answers: 'Recorded: no. Everything is due at once (ASAP).',
    happens: [
      {
        type: 'privacy-answered',
        by: 'lead',
        answer: 'no',
        waives: 'the 7 days of the distributors that they would have, since it is public already.',
      },
    ],
  },
  {
    it: 'records an answer once',
    after: [exposed, asked, { type: 'privacy-answered', by: 'reporter', answer: 'no' }],
    order: '/privacy no',
    refuses: 'Their answer is recorded as no already.',
  },
  {
    it: 'takes no address beside an answer',
    after: [exposed],
    order: '/privacy yes finder@example.com',
    refuses: '/privacy yes stands alone: it is about whoever was asked.',
  },
  { it: 'comes after /public', order: '/privacy ask', refuses: 'It is not marked as public. /public comes first.' },
  {
    it: 'knows three words',
    after: [exposed],
    order: '/privacy maybe',
    refuses: '"maybe" is none of ask, yes, no. Write: /privacy <what> [address]',
  },
  {
    it: 'is too late after the announcement',
    after: [accepted, exposed, announced],
    order: '/privacy ask',
    refuses: 'This incident is announced already; there is nothing left to go on with in private.',
  },
  {
    it: 'does nothing to a closed incident',
    after: [exposed, closed],
    order: '/privacy yes',
    refuses: 'This incident is closed. /reopen comes first.',
  },
);
