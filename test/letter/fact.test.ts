// What facts can be and how they are cleaned.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { cleanLine, cleanLines, fieldsOf, line, shapeOf, withAbsentNamed } from '#letter/fact.ts';

test('a line is one line, whatever ends lines somewhere', () => {
  expect(cleanLine('a\r\nb\nc\rd\ve\ff\u0085g\u2028h\u2029i\tj')).toBe('a b c d e f g h i j');
});

test('several lines keep their line ends and tabs and lose controls', () => {
  expect(cleanLines('a\r\nb\tc\u0000d\u001b[31me\u0001')).toBe('a\nb\tc d [31me ');
});

test('threat: reordering is shown by number, half characters are replaced', () => {
  expect(cleanLines('a\u202eb\u2067c')).toBe('a[U+202E]b[U+2067]c');
  expect(cleanLines('a\ud83db\udc00')).toBe('a\ufffdb\ufffd');
  expect(cleanLines('🔑 שלום')).toBe('🔑 שלום');
});

test('a fact that no template could show is refused when the letter is defined', () => {
  expect(() => shapeOf(z.date())).toThrow(TypeError);
  expect(() => shapeOf(z.string())).toThrow(TypeError);
});

test('absent optional facts are named, in lists of records too', () => {
  const schema = z.strictObject({ id: line.optional(), rows: z.array(z.strictObject({ at: line.optional() })) });
  const named = withAbsentNamed(fieldsOf(schema), { rows: [{}] });
  expect(Object.keys(named)).toEqual(['id', 'rows']);
  expect(named.rows).toEqual([{ at: undefined }]);
  expect(Object.keys((named.rows as object[])[0] ?? {})).toEqual(['at']);
});
