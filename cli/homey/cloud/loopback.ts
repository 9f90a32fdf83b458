import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Problem } from '../../problem.js';

/** Waits on this computer for the browser to come back from a sign-in page. */
export interface Loopback {
  readonly redirectUrl: string;
  /** Resolves with the first address that carries an answer; `answer` tells the person how it went. */
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
        server.on('request', (request, response) => {
          const url = new URL(request.url ?? '/', redirectUrl);
          const isAnswer =
            url.pathname === '/' && (url.searchParams.has('code') || url.searchParams.has('error'));
          const send = (status: number, text: string): void => {
            response.writeHead(status, {
              'content-type': 'text/html; charset=utf-8',
              'cache-control': 'no-store',
              'referrer-policy': 'no-referrer',
              connection: 'close',
            });
            response.end(page(escaped(text)));
          };
          if (request.method !== 'GET' || !isAnswer) {
            send(404, 'There is nothing here.');
            return;
          }
          clearTimeout(timer);
          handle(url).then(
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
