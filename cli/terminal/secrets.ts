import { redact } from '../../lib/thermia/index.js';

/** What must never be seen. Every line that is printed passes here, whoever made it. */
export interface Secrets {
  /** Notes a value that was read or typed; returns it. */
  keep<T extends string | null | undefined>(value: T): T;
  clean(text: string): string;
}

const SHORTEST = 4;

export const createSecrets = (): Secrets => {
  const known = new Set<string>();
  return {
    keep: (value) => {
      if (typeof value === 'string' && value.length >= SHORTEST) known.add(value);
      return value;
    },
    clean: (text) => {
      let clean = text;
      for (const secret of known) clean = clean.replaceAll(secret, '[secret]');
      return clean;
    },
  };
};

const TELLING = /token|password|secret|api_?key|credential/i;
/** These hold names of tags. */
const TAGS = /^(drop)?tokens?$/;

/** In addresses and headers that somebody typed into a Flow. */
const TYPED: readonly (readonly [RegExp, string])[] = [
  [/\b((?:[\w-]*(?:token|secret|passw(?:or)?d|pwd|key|auth))=)[^&\s"']+/gi, '$1[secret]'],
  [
    /\b((?:proxy-)?authorization|x-[\w-]*(?:key|token)|cookie)(["']?\s*:\s*["']?)[^"'\r\n]+/gi,
    '$1$2[secret]',
  ],
  [/\bBasic\s+\S+/g, 'Basic [secret]'],
];

const withoutTyped = (text: string): string =>
  TYPED.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), redact(text));

/** A value of somebody's variable or register under this name, without what looks like a secret. */
export const shownValue = <T>(name: string, value: T): T | string => {
  if (typeof value !== 'string' || value === '') return value;
  return TELLING.test(name) ? HIDDEN : withoutTyped(value);
};

const HIDDEN = '[secret]';

/** Something of somebody else's, with all its texts, without what looks like a secret. */
export const withoutSecrets = (value: unknown, name = ''): unknown => {
  if (typeof value === 'string') return TAGS.test(name) ? withoutTyped(value) : shownValue(name, value);
  if (Array.isArray(value)) return value.map((each) => withoutSecrets(each, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutSecrets(each, key)]));
};
