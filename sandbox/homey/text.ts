import { isRecord } from './json.js';

/** A text of the manifest in one language; English where that language is missing. */
export const translated = (value: unknown, language: string): string | null => {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return null;
  for (const key of [language, 'en']) {
    const text = value[key];
    if (typeof text === 'string') return text;
  }
  return null;
};

const isTranslation = (value: Record<string, unknown>): boolean =>
  typeof value['en'] === 'string' && Object.keys(value).every((key) => /^[a-z]{2}(-[a-zA-Z]+)?$/.test(key));

/** A copy in which every translated text is resolved. */
export const translateAll = (value: unknown, language: string): unknown => {
  if (Array.isArray(value)) return value.map((entry) => translateAll(entry, language));
  if (!isRecord(value)) return value;
  if (isTranslation(value)) return translated(value, language);
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, translateAll(entry, language)]),
  );
};
