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

/** A value of somebody's variable or register under this name, without what looks like a secret. */
export const shownValue = <T>(name: string, value: T): T | string => {
  if (typeof value !== 'string' || value === '') return value;
  return TELLING.test(name) ? '[secret]' : redact(value);
};
