// Templates that do not fit are named before anything starts; those that fit cannot be turned by facts.
import { describe, expect, test } from 'vitest';
import { checkTemplate } from '#letter/check-template.ts';
import { compileTemplates } from '#letter/template.ts';
import { shipped } from '#test/letter/rendered.ts';

const news = (body: string, subject = 'News') => checkTemplate('review', 'templates/review.txt', `Subject: ${subject}\n\n${body}\n`);
const announcement = (body: string) =>
  checkTemplate('announcement', 'a.mjml', `<mjml><mj-body><mj-section><mj-column>${body}</mj-column></mj-section></mj-body></mjml>`);

test('the shipped templates fit their letters', async () => {
  expect(await compileTemplates(shipped())).toBeInstanceOf(Map);
});

test('a mended template counts at once, and the same one is compiled once', async () => {
  const compiled = async (sources: Readonly<Record<string, string>>) => {
    const result = await compileTemplates(sources, ['announcement']);
    return Array.isArray(result) ? result : result.get('announcement');
  };
  const sources = shipped();
  const first = await compiled(sources);
  expect(first).toHaveProperty('text');
  expect(await compiled({ ...sources })).toBe(first);
  const mended = await compiled({ ...sources, 'announcement.txt': `${sources['announcement.txt']}One more line.\n` });
  expect(mended).toHaveProperty('text');
  expect(mended).not.toBe(first);
});

test('names an unknown field with its line and what the letter has', () => {
  expect(news('a\n{{titel}}')).toEqual([
    'templates/review.txt line 4 uses {{titel}}, which the letter "review" does not have; it has: team, address, recipient, id, kind, mark, subject, text, missing, files, because, by, reader, commands',
  ]);
  expect(news('a', '{{titel}}')[0]).toContain('templates/review.txt line 1 uses {{titel}}');
  expect(news('{{#each commands}}\n{{lines}}\n{{/each}}')[0]).toContain(
    'line 4 uses {{lines}}, which the letter "review" does not have; it has: line, help',
  );
});

test('names every mistake at once', () => {
  expect(news('{{a}}\n{{b}}\n{{#if c}}{{/if}}')).toHaveLength(3);
});

test('names an unknown letter, a missing subject, a part that is not wanted, control characters', () => {
  expect(checkTemplate('nwes', 'nwes.txt', 'Subject: x\n\ny')[0]).toContain(
    'nwes.txt belongs to no letter; the letters are acknowledgement,',
  );
  expect(checkTemplate('review', 'review.txt', 'Hello\n\ny')[0]).toContain('must begin with a line "Subject: …"');
  expect(checkTemplate('review', 'review.mjml', '<mjml></mjml>')[0]).toContain('is not needed');
  expect(news('a\u0001b')[0]).toContain('control characters');
});

test('takes what editors on other systems leave: a byte order mark, CRLF', () => {
  expect(checkTemplate('review', 'review.txt', '\ufeffSubject: News\r\n\r\n{{id}}\r\n')).toEqual([]);
});

test('names a field that may be unknown outside {{#if}}, and takes it inside', () => {
  const alarm = (body: string) => checkTemplate('alarm', 'alarm.txt', `Subject: x\n\n${body}`);
  expect(alarm('{{id}}')[0]).toContain('which may be unknown: put it inside {{#if id}}');
  expect(alarm('{{#if id}}{{id}}{{else}}none{{/if}}')).toEqual([]);
  expect(alarm('{{#if id}}x{{else}}{{id}}{{/if}}')).toHaveLength(1);
  expect(alarm('{{#unless id}}x{{else}}{{id}}{{/unless}}')).toEqual([]);
  const inList = (body: string) => checkTemplate('transcript', 'transcript.txt', `Subject: x\n\n{{#each lines}}${body}{{/each}}`);
  expect(inList('{{../id}}')).toHaveLength(1);
  expect(inList('{{#if ../id}}{{../id}}{{/if}}')).toEqual([]);
});

describe('names what a template may not do:', () => {
  test.each([
    ['{{missing}}', 'is a list: write {{#each missing}}'],
    ['{{#each id}}{{/each}}', 'but id is a line, not a list'],
    ['{{moment id}}', 'but id is a line; moment takes: moment'],
    ['{{lookup id "x"}}', 'uses the word {{lookup …}}'],
    ['{{log id}}', 'uses the word {{log …}}'],
    ['{{#with id}}{{/with}}', 'uses {{#with}}'],
    ['{{> other}}', 'partial'],
    ['{{#> other}}{{/other}}', 'partial'],
    ['{{* other}}', 'decorator'],
    ['{{constructor}}', 'does not have'],
    ['{{id.constructor}}', 'does not have'],
    ['{{__proto__}}', 'does not have'],
    ['{{@root.id}}', 'fields are reached by name'],
    ['{{../id}}', 'fields are reached by name'],
    ['{{exact (lookup . "id")}}', 'something else than one field'],
    ['{{exact id id}}', 'something else than one field'],
    ['{{"id"}}', 'quotes or a number'],
    ['{{#is id "x"}}{{/is}}', 'not a choice'],
    ['{{#if id}}', 'not closed'],
    ['{{#if id}}{{/each}}', 'closed by another word'],
    ['{{id', 'not closed'],
  ])('%s', (body, what) => {
    expect(news(body).join('\n')).toContain(what);
  });
});

test('a choice is asked for what it can be', () => {
  const report = (body: string) => checkTemplate('report', 'report.txt', `Subject: x\n\n${body}`);
  expect(report('{{#is proof "signed"}}x{{/is}}')).toEqual([]);
  expect(report('{{#is proof "sigend"}}x{{/is}}')[0]).toContain('"none", "domain", "signed"');
});

test('threat: foreign text has no way into a letter but behind a bar', () => {
  for (const body of ['{{text}}', '{{block text}}', '{{wrap text}}', '{{fence text}}', '{{exact text}}']) {
    expect(checkTemplate('report', 'report.txt', `Subject: x\n\n${body}`), body).toHaveLength(1);
  }
  expect(checkTemplate('report', 'report.txt', 'Subject: x\n\n{{indent text}}')).toEqual([]);
});

test('threat: HTML loads nothing, runs nothing, escapes every value', () => {
  const bodies = [
    '<mj-image src="https://bad.example/x.png" />',
    '<mj-text><img src="cid:x"></mj-text>',
    '<mj-include path="/etc/passwd" />',
  ];
  for (const body of [
    ...bodies,
    '<mj-text>{{{title}}}</mj-text>',
    '<mj-text>{{&title}}</mj-text>',
    '<mj-text><script>x</script></mj-text>',
  ]) {
    expect(announcement(body).join('\n'), body).toContain('letters load nothing, run nothing');
  }
  expect(announcement('<mj-text>{{title}}</mj-text>')).toEqual([]);
});

test('names markup that is left open or unknown to MJML', async () => {
  expect(announcement('<mj-text>{{title}}')[0]).toContain('closes <mj-column> while <mj-text> is open');
  const sources = { ...shipped(), 'announcement.mjml': '<mjml><mj-body>\n<mj-foo></mj-foo></mj-body></mjml>' };
  expect(await compileTemplates(sources, ['announcement'])).toEqual([
    expect.stringContaining('templates/announcement.mjml line 2: Element mj-foo'),
  ]);
});

test('threat: a style that loads from elsewhere is refused', async () => {
  const styled = '<mjml><mj-head><mj-style>@import "https://bad.example/x.css";</mj-style></mj-head><mj-body></mj-body></mjml>';
  expect(await compileTemplates({ ...shipped(), 'announcement.mjml': styled }, ['announcement'])).toEqual([
    expect.stringContaining('@import'),
  ]);
});

test('names a missing template and one that belongs to nothing', async () => {
  const { 'review.txt': _, ...rest } = shipped();
  expect(await compileTemplates({ ...rest, 'nwes.txt': 'Subject: x\n\ny' }, ['review'])).toEqual([
    expect.stringContaining('templates/nwes.txt belongs to no letter'),
    'templates/review.txt is missing',
  ]);
});

test('a template whose subject comes out empty is found before it is needed', async () => {
  const sources = { ...shipped(), 'alarm.txt': 'Subject: {{#unless what}}x{{/unless}}\n\nx\n' };
  expect(await compileTemplates(sources, ['alarm'])).toEqual([expect.stringContaining('empty subject')]);
});

test('threat: blocks nested without end are refused', () => {
  expect(news(`${'{{#if id}}'.repeat(30)}x${'{{/if}}'.repeat(30)}`)[0]).toContain('more than 20 blocks');
  expect(news(`${'{{#if id}}'.repeat(300)}x`)[0]).toContain('not closed');
});
