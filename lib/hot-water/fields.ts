import * as z from 'zod';
import { minutesOf } from './time.js';
import type { Complaint } from './types.js';

/** A number, or a text with one; a decimal comma is fine. */
export const anyNumber: z.ZodType<number> = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^[+-]?\d+(?:[.,]\d+)?$/)
    .transform((text) => Number(text.replace(',', '.'))),
]);

export const numeric = (min: number, max: number): z.ZodType<number> =>
  anyNumber.pipe(z.number().min(min).max(max));

/** `HH:MM` as minutes since midnight. */
export const clockTime = z.string().transform((text, context) => {
  const minutes = minutesOf(text);
  if (minutes !== null) return minutes;
  context.addIssue({ code: 'custom', message: 'not a time of day' });
  return z.NEVER;
});

/** An empty field stands for null. */
export const orNone = <T>(schema: z.ZodType<T>): z.ZodType<T | null> =>
  z.union([
    z.null(),
    z
      .string()
      .regex(/^\s*$/)
      .transform(() => null),
    schema,
  ]);

/** Enough of what was handed over to recognise it. What JSON has no word for is an empty text. */
export const excerpt = (raw: unknown): string =>
  (typeof raw === 'string' ? raw : [JSON.stringify(raw)].join('')).slice(0, 60);

export type FieldRead<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly complaint: Complaint };

export function readField<T>(field: string, schema: z.ZodType<T>, raw: unknown): FieldRead<T> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, complaint: complaintOf(field, raw, parsed.error.issues) };
}

function complaintOf(field: string, raw: unknown, issues: readonly z.core.$ZodIssue[]): Complaint {
  const [issue] = flatten(issues);
  const path = issue?.path.map(String) ?? [];
  const base = { field: [field, ...path].join('.'), value: excerpt(pieceOf(raw, path)) };
  if (issue?.code === 'too_small') return { ...base, code: 'out_of_range', min: Number(issue.minimum) };
  if (issue?.code === 'too_big') return { ...base, code: 'out_of_range', max: Number(issue.maximum) };
  return { ...base, code: 'not_understood' };
}

const pieceOf = (raw: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (piece, key) => (typeof piece === 'object' && piece !== null ? Reflect.get(piece, key) : piece),
    raw,
  );

/** Of a field that may be several things, the issue of the one that it was nearest to comes first. */
function flatten(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues
    .flatMap((issue) =>
      issue.code === 'invalid_union'
        ? issue.errors.flatMap(flatten).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
        : [issue],
    )
    .sort((a, b) => Number(isLimit(b)) - Number(isLimit(a)));
}

const isLimit = ({ code }: z.core.$ZodIssue): boolean => code === 'too_small' || code === 'too_big';
