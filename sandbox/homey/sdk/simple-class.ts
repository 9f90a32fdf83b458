import { EventEmitter } from 'node:events';
import { format } from 'node:util';

const scopes = new WeakMap<object, string>();

/** The part of a log line that says where it comes from. */
export const setScope = (instance: object, scope: string): void => void scopes.set(instance, scope);

const line = (kind: 'log' | 'err', instance: object, args: readonly unknown[]): string =>
  `${new Date().toISOString()} [${kind}] ${scopes.get(instance) ?? `[${instance.constructor.name}]`} ${format(...args)}\n`;

/** Base of everything an app gets: events and the log. */
export class SimpleClass extends EventEmitter {
  constructor() {
    super();
    // Apps hand these on as they are: `.catch(this.error)`.
    this.log = this.log.bind(this);
    this.error = this.error.bind(this);
  }

  log(...args: unknown[]): void {
    process.stdout.write(line('log', this, args));
  }

  error(...args: unknown[]): void {
    process.stderr.write(line('err', this, args));
  }
}
