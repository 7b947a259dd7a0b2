// What stands behind a command's word: read, or refused with what is wrong and what would be right; nothing else changes.
import { expect, test } from 'vitest';
import { commands } from '#command/list.ts';
import { everything, orders, original } from '#test/command/places.ts';
import { soundRefusal } from '#test/command/sound.ts';
import { rows } from '#test/command/table.ts';
import { accepted, obey, situation } from '#test/situation.ts';

const reason = 'so '.repeat(500).trim();

rows(
  { it: 'names the argument that is missing', order: '/handoff', refuses: '<to> is missing. Write: /handoff <to> [because <reason>]' },
  {
    it: 'says of a word that it is too long, and shows its beginning',
    order: `/handoff ${'x'.repeat(300)}`,
    refuses: `"${'x'.repeat(60)}" is too long. Write: /handoff <to> [because <reason>]`,
  },
  {
    it: 'misses a reason that was begun and not given',
    order: '/schedule 2026-03-13 because',
    refuses: 'The reason is missing. Write: /schedule [date] [time] [zone] [because <reason>]',
  },
  {
    it: 'takes a reason of a thousand characters',
    order: `/handoff second because ${reason.slice(0, 1000)}`,
    answers: 'Offered to second. Until they accept you are still incident commander.',
    happens: [{ type: 'handoff-offered', by: 'lead', to: 'second', because: reason.slice(0, 1000) }],
  },
  {
    it: 'says of a longer reason that it is too long, not that there is none',
    order: `/public because ${reason}`,
    refuses: 'The reason has more than 1000 characters; /note keeps what is longer. Write: /public [because <reason>]',
  },
  ...[
    '/accept because it is real',
    '/accept high because it is real',
    '/decline hardening because it is one',
    '/decline because it is none',
  ].map((order) => ({
    it: `does not send the team's reason to the reporter: ${order} (S4-03)`,
    order,
    refuses: `${order.split(' ')[0]} takes no reason, and this would be its text; /note keeps a reason. Write: ${order.startsWith('/accept') ? '/accept [priority]' : '/decline <class>'} [text, or lines up to /end]`,
  })),
  {
    it: 'takes a text that begins with the word, between lines',
    order: '/accept\nBecause you showed us how, we could act at once.\n/end',
    answers: 'Accepted. The reporter is told.',
    happens: [{ ...accepted, text: 'Because you showed us how, we could act at once.' } as typeof accepted],
  },
  {
    it: 'knows no command whose letters only look right',
    order: '/\u0430ccept',
    refuses: 'There is no command /\u0430ccept. Did you mean /accept? /help lists them all.',
  },
  {
    it: 'obeys no other case, and says so',
    order: '/Accept',
    refuses: 'There is no command /Accept. Did you mean /accept? /help lists them all.',
  },
);

const wrong = [
  ...['', 'nonsense', 'constructor', '__proto__', 'x'.repeat(300), 'because', 'because so', `because ${reason}`, 'a b c d e f g h i j'],
  ...[
    '2026-02-30',
    '2026-03-05 24:61',
    '2026-03-05 24:00',
    '2026-03-29 02:30 Europe/Berlin',
    '2020-01-01',
    '-1',
    '0',
    '1e999',
    'ABC-4F7K2M',
  ],
  ...['CVE-1900-1', 'CVSS:3.1/AV:X', 'CVSS:2.0/AV:N/AC:L', '\u0430ll', '\u202eevil', '\u0000', '@', 'yes', 'me because so', 'lead lead'],
];

test.each(commands.map(({ word }) => [word] as const))('/%s answers nonsense with a sentence, or does what it says', (word) => {
  const { first = [], order: _, at: __, happens: ___, ...bent } = orders[word]?.[0] ?? { order: '', at: [] };
  for (const tail of wrong) {
    const { transcript, events } = obey(
      `/${word} ${tail}`,
      situation([...first, accepted], { ...everything, others: [original()], ...bent }),
    );
    const [only] = transcript;
    expect(transcript).toHaveLength(1);
    if (only?.outcome !== 'refused') continue;
    soundRefusal(only.text);
    expect(events.filter(({ type }) => type !== 'confirmation-missed')).toEqual([]);
  }
});
