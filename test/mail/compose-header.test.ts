// What a letter answers is a stranger's claim: what cannot stand in a header is left out, and the letter leaves all the same.
import { expect, it } from 'vitest';
import { composeClear, type Outgoing } from '#mail/compose.ts';
import { read } from '#test/mail/foreign.ts';

const letter: Outgoing = {
  from: { address: 'security@example.org', name: 'Security Team' },
  to: [{ address: 'reporter@example.net', name: '' }],
  subject: 'We have your report',
  date: new Date('2026-03-03T10:00:00Z'),
  messageId: 'letter-1@example.org',
  text: 'Hello\n',
};

it.each(['ü@example.net', 'a\u0000b@example.net', 'a\u0001b@example.net', 'a b@example.net', 'x'.repeat(501), ''])(
  'a report whose Message-ID is %j is answered, without citing it',
  async (id) => {
    const alone = await read(await composeClear({ ...letter, inReplyTo: id, references: [id] }));
    expect(alone.fields.map(({ name }) => name)).not.toEqual(expect.arrayContaining(['references']));
    const beside = await read(await composeClear({ ...letter, inReplyTo: id, references: [id, 'good@example.net'] }));
    expect(beside.cites).toEqual(['good@example.net']);
  },
);

it('a letter whose own Message-ID cannot stand in a header is refused', async () => {
  await expect(composeClear({ ...letter, messageId: 'ü@example.org' })).rejects.toThrow('Message-IDs');
});
