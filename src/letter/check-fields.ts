// Which fields a template uses and how: every {{…}} against the facts its letter has.
import Handlebars from 'handlebars';
import type { Fields, Shape } from '#letter/fact.ts';
import { type Part, words } from '#letter/filling.ts';

/** What is wrong at a line of a template, as the rest of a sentence: "uses {{titel}}, which …". */
export interface Finding {
  readonly line: number;
  readonly what: string;
}

/** Where the walk is. */
interface Walk {
  readonly kind: string;
  readonly part: Part;
  /** What a name is looked up in. */
  readonly here: Shape;
  /** What `../` reaches: the shape around the innermost `{{#each}}`. */
  readonly around: Shape | undefined;
  /** Optional fields that an `{{#if}}` around this place has asked for. */
  readonly present: ReadonlySet<string>;
  readonly depth: number;
}

type Found = readonly Finding[];
const blocks: readonly unknown[] = ['if', 'unless', 'each', 'is'];
const deepest = 20;

/** Everything wrong with the {{…}} of a piece of template. Blocks inside each other: at most 20. */
export function checkFields(source: string, part: Part, fields: Fields, kind: string): Found {
  const walk: Walk = { kind, part, here: { is: 'record', of: fields }, around: undefined, present: new Set(), depth: 0 };
  try {
    return checkStatements(Handlebars.parse(source).body, walk);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const line = /line (\d{1,6})/.exec(message)?.[1] ?? /(\d{1,6}):\d{1,6}$/.exec(message)?.[1] ?? 1;
    return [{ line: Number(line), what: 'has a {{…}} that is not closed, or closed by another word than opened it' }];
  }
}

function checkStatements(statements: readonly hbs.AST.Statement[], walk: Walk): Found {
  if (walk.depth > deepest)
    return [{ line: statements[0]?.loc.start.line ?? 1, what: `has more than ${deepest} blocks inside each other` }];
  return statements.flatMap((statement) => {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return [];
      case 'MustacheStatement':
        return checkValue(statement as hbs.AST.MustacheStatement, walk);
      case 'BlockStatement':
        return checkBlock(statement as hbs.AST.BlockStatement, walk);
      default:
        return at(statement, 'uses a partial or a decorator; a letter is one file');
    }
  });
}

function checkValue(value: hbs.AST.MustacheStatement, walk: Walk): Found {
  if (!isPath(value.path)) return at(value, 'has quotes or a number where a field belongs');
  const { path } = value;
  const [argument, ...more] = value.params;
  if (!argument) {
    if (isPlace(path)) return [];
    const shape = shapeAt(path, walk, true);
    return 'what' in shape ? [shape] : checkPlain(path, shape, walk);
  }
  const word = path.original;
  const takes = words[walk.part][word];
  const known = `${Object.keys(words[walk.part]).join(', ')}, if, unless, each, is`;
  if (!takes) return at(value, `uses the word {{${word} …}}; the words are ${known}`);
  if (more.length > 0 || value.hash || !isPath(argument)) return at(value, `gives {{${word} …}} something else than one field`);
  const shape = shapeAt(argument, walk, true);
  if ('what' in shape) return [shape];
  if (takes.some((leaf) => leaf === shape.is)) return [];
  return at(
    value,
    `writes {{${word} ${argument.original}}}, but ${argument.original} is a ${shape.is}; ${word} takes: ${takes.join(', ')}`,
  );
}

function checkPlain(path: hbs.AST.PathExpression, shape: Shape, walk: Walk): Found {
  const name = path.original;
  if (shape.is === 'line' || shape.is === 'number' || shape.is === 'choice') return [];
  const fitting = Object.entries(words[walk.part]).filter(([, takes]) => takes.some((leaf) => leaf === shape.is));
  const block = shape.is === 'flag' ? `{{#if ${name}}}` : `{{#each ${name}}}`;
  const how = fitting.length > 0 ? fitting.map(([word]) => `{{${word} ${name}}}`).join(' or ') : block;
  return at(path, `uses {{${name}}}, which is a ${shape.is}: write ${shape.is === 'record' ? 'its fields' : how}`);
}

function checkBlock(block: hbs.AST.BlockStatement, walk: Walk): Found {
  const word = block.path.original;
  const [argument, literal, ...more] = block.params;
  if (!blocks.includes(word)) return at(block, `uses {{#${word}}}; the blocks are ${blocks.join(', ')}`);
  if (!argument || !isPath(argument) || more.length > 0 || block.hash || (literal && word !== 'is')) {
    return at(block, `gives {{#${word}}} something else than a field`);
  }
  const shape: Shape | Finding = isPlace(argument) && word !== 'each' ? { is: 'flag' } : shapeAt(argument, walk, false);
  if ('what' in shape) return [shape];
  const name = argument.original;
  const inside = (program: hbs.AST.Program | undefined, more: Partial<Walk>) =>
    program ? checkStatements(program.body, { ...walk, ...more, depth: walk.depth + 1 }) : [];
  if (word === 'each') {
    if (shape.is !== 'list') return at(block, `goes through {{#each ${name}}}, but ${name} is a ${shape.is}, not a list`);
    const present = new Set([...walk.present].map((outer) => `../${outer}`));
    return [...inside(block.program, { here: shape.of, around: walk.here, present }), ...inside(block.inverse, {})];
  }
  const present = { present: new Set([...walk.present, name]) };
  return [
    ...(word === 'is' ? checkChoice(block, name, shape, literal) : []),
    ...inside(block.program, word === 'unless' ? {} : present),
    ...inside(block.inverse, word === 'unless' ? present : {}),
  ];
}

function checkChoice(block: hbs.AST.BlockStatement, name: string, shape: Shape, literal: hbs.AST.Expression | undefined): Found {
  if (shape.is !== 'choice') return at(block, `asks {{#is ${name} …}}, but ${name} is a ${shape.is}, not a choice`);
  const wanted = literal?.type === 'StringLiteral' ? (literal as hbs.AST.StringLiteral).value : undefined;
  if (wanted !== undefined && shape.of.includes(wanted)) return [];
  return at(block, `asks {{#is ${name} …}} for something else than ${shape.of.map((each) => `"${each}"`).join(', ')}`);
}

/** The shape of the field a path names, or what is wrong: no such field, or one that may be unknown where a value must be. */
function shapeAt(path: hbs.AST.PathExpression, walk: Walk, mustBeThere: boolean): Shape | Finding {
  const wrong = (what: string): Finding => ({ line: path.loc.start.line, what: `uses {{${path.original}}}${what}` });
  const start = path.depth === 0 ? walk.here : walk.around;
  if (path.data || path.depth > 1 || !start) return wrong(': fields are reached by name, or by ../name inside {{#each}}');
  let shape = start;
  for (const name of path.parts) {
    const fields: Fields = shape.is === 'record' ? shape.of : {};
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      const has = Object.keys(fields);
      return wrong(`, which the letter "${walk.kind}" does not have${has.length > 0 ? `; it has: ${has.join(', ')}` : ' here'}`);
    }
    if (field.optional && mustBeThere && !walk.present.has(path.original)) {
      return wrong(`, which may be unknown: put it inside {{#if ${path.original}}}`);
    }
    shape = field.shape;
  }
  return shape;
}

function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression';
}

/** Where in an `{{#each}}` we are. */
function isPlace(path: hbs.AST.PathExpression): boolean {
  return /^@(?:index|first|last)$/.test(path.original);
}

function at(node: hbs.AST.Node, what: string): Found {
  return [{ line: node.loc.start.line, what }];
}
