import type { LogFields, Logger } from '../thermia/ports.js';
import { redact } from '../thermia/redact.js';
import type { LogSink } from './ports.js';

const line = (message: string, fields?: LogFields): string =>
  redact(
    [
      message,
      ...Object.entries(fields ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [`${name}=${String(value)}`],
      ),
    ].join(' '),
  );

/** Writes to the app's log, with secrets taken out. */
export const homeyLogger = (sink: LogSink): Logger => ({
  info: (message, fields) => sink.log(line(message, fields)),
  warn: (message, fields) => sink.log(line(`Warning: ${message}`, fields)),
  error: (message, fields) => sink.error(line(message, fields)),
});

/** What may be logged of something that was thrown. */
export const described = (error: unknown): string =>
  redact(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
