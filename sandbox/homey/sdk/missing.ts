/** What a real Homey has and this one does not. It says so where it is used, and never pretends. */
export const missing = (name: string): Error =>
  new Error(`Not Implemented: ${name} is not in the local Homey`);

/** Names that the language, the inspector or a test runner asks any object for. */
const HARMLESS = new Set([
  'then',
  'toJSON',
  'inspect',
  'constructor',
  'nodeType',
  'asymmetricMatch',
  'default',
]);

/** An object that throws for every member that it does not have. */
export const strict = <T extends object>(target: T, name: string): T =>
  new Proxy(target, {
    get: (object, key, receiver): unknown => {
      if (typeof key === 'symbol' || key in object || HARMLESS.has(key) || key.startsWith('__es')) {
        return Reflect.get(object, key, receiver);
      }
      throw missing(`${name}.${key}`);
    },
  });

/** A part of a Homey that is not here at all: it may be asked for, and throws when it is used. */
export const absent = (name: string): object => strict({}, name);
