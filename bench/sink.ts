// A relay for the benches in a process of its own: takes every mail and says, a line each, how many it has. Started by bench/notice.ts.
import { openSmtpServer } from '#demo/smtp.ts';

let taken = 0;
const server = await openSmtpServer({
  imap: { deliver: () => {} },
  accounts: [],
  domains: ['list.example.net', 'example.org', 'example.net'],
  authserv: 'mx.example.org',
  onMail(envelope) {
    for (const to of envelope.to) if (to.endsWith('@list.example.net')) process.stdout.write(`taken ${++taken}\n`);
  },
});
process.stdout.write(`port ${server.port}\n`);
