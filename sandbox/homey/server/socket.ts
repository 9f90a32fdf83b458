import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Dispatch } from '../dispatch.js';
import { badRequest, toWireError } from '../errors.js';
import { isRecord } from '../json.js';
import type { Realtime } from '../realtime.js';
import type { Session, Sessions } from '../sessions.js';

type Ack = (error: unknown, result?: unknown) => void;

/**
 * The Web API and its events over socket.io. A client proves itself on the root namespace and is given a namespace of its
 * own for it, whose random name is the proof from there on.
 */
export const attachSocket = (
  server: HttpServer,
  dispatch: Dispatch,
  sessions: Sessions,
  realtime: Realtime,
): Server => {
  // The client speaks the protocol of socket.io 2.
  const io = new Server(server, { allowEIO3: true, serveClient: false, cors: { origin: true } });
  const granted = new Map<string, Session>();

  io.on('connection', (socket) => {
    const own: string[] = [];
    socket.on('handshakeClient', (data: unknown, ack: Ack) => {
      try {
        const token = isRecord(data) && typeof data['token'] === 'string' ? data['token'] : '';
        const namespace = `/${randomUUID()}`;
        granted.set(namespace, sessions.fromToken(token));
        own.push(namespace);
        ack(null, { namespace });
      } catch (error) {
        ack(toWireError(error));
      }
    });
    socket.on('disconnect', () => {
      for (const namespace of own) granted.delete(namespace);
    });
  });

  const spaces = io.of((name, _auth, next) => next(null, granted.has(name)));
  spaces.on('connection', (socket) => {
    const session = granted.get(socket.nsp.name) ?? null;
    const subscriptions = new Map<string, () => void>();
    socket.on('subscribe', (uri: unknown, ack: Ack) => {
      if (typeof uri !== 'string') {
        ack(toWireError(badRequest('Invalid URI')));
        return;
      }
      if (!subscriptions.has(uri)) {
        subscriptions.set(
          uri,
          realtime.subscribe(uri, (event, data) => void socket.emit(uri, event, data)),
        );
      }
      ack(null);
    });
    socket.on('unsubscribe', (uri: unknown) => {
      subscriptions.get(String(uri))?.();
      subscriptions.delete(String(uri));
    });
    socket.on('api', (request: unknown, ack: Ack) => {
      const { uri, operation, args } = isRecord(request) ? request : {};
      const manager = /^homey:manager:([\w-]+)$/.exec(String(uri))?.[1] ?? '';
      dispatch(manager, String(operation), isRecord(args) ? args : {}, session).then(
        (result) => ack(null, result),
        (error: unknown) => ack(toWireError(error)),
      );
    });
    socket.on('disconnect', () => {
      for (const end of subscriptions.values()) end();
      subscriptions.clear();
    });
  });
  return io;
};
