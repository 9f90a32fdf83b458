import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

/** The Homey Web API as the installed client describes it. Read at run time: the file is Athom's and is not copied. */

const Parameter = z.looseObject({
  in: z.enum(['path', 'query', 'body']),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  required: z.boolean().optional(),
  root: z.boolean().optional(),
});

const OperationSchema = z.looseObject({
  method: z.string().transform((method) => method.toUpperCase()),
  path: z.string(),
  parameters: z.record(z.string(), Parameter).default({}),
  scopes: z.array(z.string()).default([]),
});

const SpecSchema = z.looseObject({
  managers: z.record(
    z.string(),
    z.looseObject({
      id: z.string(),
      operations: z.record(z.string(), OperationSchema),
      items: z.record(z.string(), z.looseObject({ id: z.string(), schema: z.unknown() })).default({}),
    }),
  ),
});

export type OperationSpec = z.output<typeof OperationSchema>;

interface Call {
  readonly manager: string;
  readonly operation: string;
  readonly spec: OperationSpec;
}

interface MatchedCall extends Call {
  readonly path: Readonly<Record<string, string>>;
}

export interface ApiSpec {
  readonly find: (manager: string, operation: string) => Call | null;
  readonly hasManager: (manager: string) => boolean;
  /** `path` is what follows `/api/manager/<id>`. */
  readonly match: (method: string, manager: string, path: string) => MatchedCall | null;
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

const matchPath = (pattern: readonly string[], path: readonly string[]): Record<string, string> | null => {
  if (pattern.length !== path.length) return null;
  const found: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const value = path[index] ?? '';
    if (part.startsWith(':')) found[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return found;
};

export const loadSpec = (): ApiSpec => {
  const file = createRequire(import.meta.url).resolve('homey-api/assets/specifications/HomeyAPIV3Local.json');
  const { managers } = SpecSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const calls = new Map<string, Map<string, Call>>();
  for (const { id, operations } of Object.values(managers)) {
    calls.set(
      id,
      new Map(
        Object.entries(operations).map(([operation, spec]) => [operation, { manager: id, operation, spec }]),
      ),
    );
  }
  // A route with fewer placeholders is the more exact one: /flow/test before /flow/:id.
  const routes = [...calls.values()]
    .flatMap((operations) => [...operations.values()])
    .map((call) => ({ call, pattern: segmentsOf(call.spec.path) }))
    .map((route) => ({ ...route, holes: route.pattern.filter((part) => part.startsWith(':')).length }))
    .sort((left, right) => left.holes - right.holes);
  return {
    find: (manager, operation) => calls.get(manager)?.get(operation) ?? null,
    hasManager: (manager) => calls.has(manager),
    match: (method, manager, path) => {
      const parts = segmentsOf(path);
      for (const { call, pattern } of routes) {
        if (call.manager !== manager || call.spec.method !== method) continue;
        const found = matchPath(pattern, parts);
        if (found !== null) return { ...call, path: found };
      }
      return null;
    },
  };
};
