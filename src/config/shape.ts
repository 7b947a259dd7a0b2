// A zod schema as plain data (JSON Schema): which keys it knows, what it says of them. One walk for mistakes, comments and documentation.
import { z } from 'zod';

/** The parts of JSON Schema that our schemas come out as. */
export interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly minimum?: number;
  readonly maximum?: number;
}

const shapes = new WeakMap<z.ZodType, Shape>();

/** The shape of what a person writes for this schema. */
export function shapeOf(schema: z.ZodType): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  shapes.set(schema, shape);
  return shape;
}

/** The shapes that a path may lead to: several where the schema leaves a choice. */
export function shapesAt(shape: Shape, path: readonly PropertyKey[]): Shape[] {
  let here = choices(shape);
  for (const step of path) here = here.flatMap((one) => below(one, step)).flatMap(choices);
  return here;
}

/** The keys that a mapping at this path may have. */
export function keysAt(shape: Shape, path: readonly PropertyKey[]): string[] {
  return [...new Set(shapesAt(shape, path).flatMap((one) => Object.keys(one.properties ?? {})))];
}

/** The ways a shape can be met. */
export function choices(shape: Shape): Shape[] {
  return [...(shape.anyOf ?? shape.oneOf ?? [shape])];
}

function below(shape: Shape, step: PropertyKey): Shape[] {
  if (typeof step === 'number') return shape.items ? [shape.items] : [];
  const named = Object.hasOwn(shape.properties ?? {}, step) ? shape.properties?.[String(step)] : undefined;
  if (named) return [named];
  return typeof shape.additionalProperties === 'object' ? [shape.additionalProperties] : [];
}
