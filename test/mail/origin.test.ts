// Authentication-Results: only our own server's word counts, and only where it stands.
import { describe, expect, it } from 'vitest';
import { origin } from '#mail/origin.ts';
import { mail, read } from '#test/mail/foreign.ts';

const mx = ['mx.example.org'];
const from = 'From: Reporter <reporter@example.net>';
const pass = 'Authentication-Results: mx.example.org; dmarc=pass (p=none) header.from=example.net';
const ours = 'Received: from out.example.net by mx.example.org with ESMTPS; Tue, 3 Mar 2026 10:00:00 +0000';
const foreign = 'Received: from x by relay.example.net with ESMTP; Tue, 3 Mar 2026 10:00:00 +0000';
const of = async (...lines: string[]) => origin(await read(mail(lines)), mx);

describe('origin', () => {
  it.each<[string, string[], boolean | undefined]>([
    ['above our Received', [pass, ours, from], true],
    ['below our Received, as milters put it', [ours, pass, from], true],
    ['below an internal hop', ['Received: by store.example.org with LMTP; x', pass, ours, from], true],
    [
      'in capitals, with version, quotes and comments',
      [
        'Authentication-Results: MX.example.org 1 (c (d)); dkim=pass header.d="example.net" ; dmarc/1 = pass (x; dmarc=fail) header.from = Example.NET',
        ours,
        from,
      ],
      true,
    ],
    ['in two fields', ['Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=x@example.net', pass, ours, from], true],
    ['of a failure', ['Authentication-Results: mx.example.org; dmarc=fail header.from=example.net', ours, from], false],
    ['of another domain', ['Authentication-Results: mx.example.org; dmarc=pass header.from=other.example', ours, from], false],
    ['of a parent domain', ['Authentication-Results: mx.example.org; dmarc=pass header.from=net', ours, from], false],
    ['without DMARC', ['Authentication-Results: mx.example.org; dkim=pass header.d=example.net', ours, from], false],
    ['of nothing', ['Authentication-Results: mx.example.org; none', ours, from], false],
    ['with two From fields (spoof)', [pass, ours, from, 'From: ceo@victim.example'], false],
    ['of a foreign server', ['Authentication-Results: mx.evil.example; dmarc=pass header.from=example.net', ours, from], undefined],
    [
      'of a name that begins like ours',
      ['Authentication-Results: mx.example.org.evil.example; dmarc=pass header.from=example.net', ours, from],
      undefined,
    ],
    ['forged below a foreign Received', [ours, foreign, pass, from], undefined],
    ['forged below the From', [ours, from, pass], undefined],
    ['forged below a signature', [ours, 'DKIM-Signature: v=1', pass, from], undefined],
    [
      'forged below ours, which failed',
      [ours, 'Authentication-Results: mx.example.org; dmarc=fail header.from=example.net', pass, from],
      false,
    ],
    ['forged below our block and a Received', ['Authentication-Results: mx.example.org; spf=pass', ours, pass, from], false],
    ['forged in a comment', ['Authentication-Results: mx.example.org; spf=fail (; dmarc=pass header.from=example.net)', ours, from], false],
    [
      'forged in a reason',
      ['Authentication-Results: mx.example.org; spf=fail reason="; dmarc=pass header.from=example.net"', ours, from],
      false,
    ],
    ['with an unclosed comment', ['Authentication-Results: mx.example.org; dmarc=pass header.from=example.net (', ours, from], false],
    [
      'with the domain twice',
      ['Authentication-Results: mx.example.org; dmarc=pass header.from=example.net header.from=evil.example', ours, from],
      false,
    ],
  ])('%s', async (_, lines, aligned) => {
    expect((await of(...lines))?.aligned).toBe(aligned);
  });

  it('reads every method', async () => {
    expect(
      await of(
        'Authentication-Results: mx.example.org; dkim=fail header.d=a.example; dkim=pass header.d=example.net; spf=softfail smtp.mailfrom=x; dmarc=pass header.from=example.net',
        ours,
        from,
      ),
    ).toMatchObject({
      dkim: 'pass',
      spf: 'softfail',
      dmarc: 'pass',
      domain: 'example.net',
    });
  });
});
