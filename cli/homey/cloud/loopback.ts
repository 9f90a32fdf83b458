import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '../../problem.js';

/** Waits on this computer for the browser to come back from a sign-in page. */
export interface Loopback {
  readonly redirectUrl: string;
  /** Resolves when the first address that carries an answer is handled; `answer` tells the person how it went. */
  wait(handle: (returned: URL) => Promise<string>, withinMs: number): Promise<void>;
  close(): void;
}

const HOST = '127.0.0.1';

const page = (text: string): string =>
  `<!doctype html><meta charset="utf-8"><title>thermia</title><body style="font: 1.1rem system-ui; margin: 4rem auto; max-width: 32rem"><p>${text}</p>`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new Problem(
          'usage',
          `Port ${port} cannot be used to catch the answer: name another with --port, the same as in your client's redirect URL.`,
          error,
        ),
      ),
    );
    server.listen(port, HOST, resolve);
  });

/**
 * What a request to this computer is. Any page in the browser can send one, so only what carries a state is looked at as an
 * answer; a state that is wrong ends the sign-in.
 */
export const readReturn = (path: string, redirectUrl: string): URL | 'nothing' | 'stray' => {
  if (!URL.canParse(path, redirectUrl)) return 'nothing';
  const url = new URL(path, redirectUrl);
  const { searchParams: sent } = url;
  if (url.origin !== new URL(redirectUrl).origin || url.pathname !== '/') return 'nothing';
  if (!sent.has('code') && !sent.has('error')) return 'nothing';
  return sent.has('state') ? url : 'stray';
};

export const openLoopback = async (port: number): Promise<Loopback> => {
  const server = createServer();
  await listen(server, port);
  const { port: taken } = server.address() as AddressInfo;
  const redirectUrl = `http://${HOST}:${taken}/`;
  return {
    redirectUrl,
    wait: (handle, withinMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () =>
            reject(
              new Problem(
                'sign_in',
                'Nobody came back from the sign-in page: run `thermia homey login` again.',
              ),
            ),
          withinMs,
        );
        let isAnswered = false;
        server.on('request', (request, response) => {
          const send = (status: number, text: string): void => {
            response.writeHead(status, {
              'content-type': 'text/html; charset=utf-8',
              'cache-control': 'no-store',
              'referrer-policy': 'no-referrer',
              connection: 'close',
            });
            response.end(page(escaped(text)));
          };
          const returned = request.method === 'GET' ? readReturn(request.url ?? '', redirectUrl) : 'nothing';
          if (returned === 'nothing') {
            send(404, 'There is nothing here.');
            return;
          }
          if (returned === 'stray' || isAnswered) {
            send(400, 'This is no answer to a sign-in that is waited for.');
            return;
          }
          isAnswered = true;
          clearTimeout(timer);
          handle(returned).then(
            (text) => {
              send(200, text);
              resolve();
            },
            (error: unknown) => {
              send(400, error instanceof Problem ? error.message : 'Something went wrong: see the terminal.');
              reject(error instanceof Error ? error : new Error(String(error)));
            },
          );
        });
      }),
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
  };
};
