import { HomeyError } from '../errors.js';
import type { Host } from '../host.js';
import type { AppHost } from './host.js';

export interface WebApiRequest {
  readonly method: string;
  /** What follows `/api/app/<id>`. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly isSignedIn: boolean;
}

const segmentsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

const matchRoute = (pattern: string, path: string): Record<string, string> | null => {
  const wanted = segmentsOf(pattern);
  const given = segmentsOf(path);
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = value;
    else if (part !== value) return null;
  }
  return params;
};

/** Runs a route of the app's own web API. */
export const callWebApi = async (
  host: Host,
  app: Pick<AppHost, 'call'>,
  { method, path, query, body, isSignedIn }: WebApiRequest,
): Promise<unknown> => {
  for (const [name, route] of Object.entries(host.app.manifest.api)) {
    if (route.method.toUpperCase() !== method) continue;
    const params = matchRoute(route.path, path);
    if (params === null) continue;
    if (!route.public && !isSignedIn) throw new HomeyError(401, 'Missing Session ID in Token');
    return app.call('api.run', { name, params, query, body });
  }
  throw new HomeyError(404, `Not Found: ${method} ${path}`);
};
