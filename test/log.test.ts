// The log says what happened and never what was written.
import { expect, test } from 'vitest';
import { Unavailable } from '#fault.ts';
import { type Facts, openLog } from '#log.ts';

type Level = Parameters<typeof openLog>[0]['level'];

function logged(level: Level, write: (log: ReturnType<typeof openLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(openLog({ level, destination: { write: (line: string) => lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}

function factsOf(facts: Facts): Record<string, unknown> {
  const [line = {}] = logged('info', (log) => log.info('a mail came', facts));
  const { level, time, msg, ...rest } = line;
  return rest;
}

test('a line has level, time in UTC, sentence and facts', () => {
  const [line] = logged('info', (log) => log.warn('a mail came', { team: 'security', incident: 'SRC-4F7K2M', count: 3, took: 12.5 }));
  expect(line).toMatchObject({ level: 'warn', msg: 'a mail came', team: 'security', incident: 'SRC-4F7K2M', count: 3, took: 12.5 });
  expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(Object.keys(line ?? {})).not.toContain('hostname');
});

test('levels below the chosen one are not written', () => {
  const lines = logged('warn', (log) => {
    log.info('a mail came');
    log.warn('a mail waits');
    log.error('a mail is lost');
  });
  expect(lines.map(({ msg }) => msg)).toEqual(['a mail waits', 'a mail is lost']);
});

test('threat: what is not on the list is dropped, also when the compiler was talked out of looking', () => {
  const smuggled: Facts = Object.assign(
    { team: 'security' },
    { subject: 'heap overflow', body: 'x', from: 'reporter@example.net', key: '-----BEGIN' },
  );
  expect(factsOf(smuggled)).toEqual({ team: 'security' });
});

test('threat: an address, a sentence or a line break in the clothes of a word is dropped', () => {
  expect(
    factsOf({ why: 'reporter@example.net', kind: 'a flaw in the parser', code: 'x\n{"level":"info"}', peer: 'imap.example.org:993' }),
  ).toEqual({
    why: '(dropped)',
    kind: '(dropped)',
    code: '(dropped)',
    peer: 'imap.example.org:993',
  });
  expect(factsOf({ count: JSON.parse('"reporter@example.net"'), uid: Number.NaN })).toEqual({});
});

test('threat: the message of a thrown thing may hold a mail, so only places are kept; ours is kept', () => {
  const leak = new Error('cannot parse "Subject: heap overflow"\n    at reporter@example.net (secret.ts:1:1)');
  const text = JSON.stringify(factsOf({ fault: leak }));
  expect(text).not.toContain('heap');
  expect(text).not.toContain('reporter');
  expect(text).not.toContain('secret.ts');
  expect(text).toContain('log.test.ts:');
  const away = new Unavailable('database at db.example.org', {
    cause: Object.assign(new Error('password of embargod'), { code: 'ECONNREFUSED' }),
  });
  expect(factsOf({ fault: away })).toMatchObject({
    fault: { kind: 'Unavailable', what: 'database at db.example.org', cause: { kind: 'Error', code: 'ECONNREFUSED' } },
  });
  expect(JSON.stringify(factsOf({ fault: away }))).not.toContain('password');
  expect(factsOf({ fault: 'reporter@example.net' })).toEqual({ fault: { kind: 'string' } });
});

test('a sentence that facts were put into does not compile', () => {
  const id: string = 'SRC-4F7K2M';
  logged('silent', (log) => {
    // @ts-expect-error a sentence with something put into it
    log.info(`a mail came for ${id}`);
    // @ts-expect-error a sentence that is not known before the program runs
    log.info(id);
    // @ts-expect-error a fact that is not on the list
    log.info('a mail came', { subject: id });
    log.info('a mail came', { incident: id });
  });
});
