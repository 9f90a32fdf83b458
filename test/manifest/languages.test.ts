import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { UNITS } from '../../lib/homey/capabilities.js';
import { ERROR_KINDS } from '../../lib/thermia/errors.js';
import { CURVE } from '../../lib/thermia/pump/model.js';
import { has, json, languages, leaves, list, manifest, text, translatedTexts } from './manifest.js';

const { App } = createRequire(import.meta.url)('homey-lib') as { App: { getLocales(): string[] } };
const changelog = json('.homeychangelog.json') as Record<string, Record<string, string>>;
const english = new Map(leaves(json('locales/en.json')));
const others = languages.filter((language) => language !== 'en');

describe('languages', () => {
  it('are known to a Homey', () => {
    expect(languages).toContain('en');
    expect(languages.filter((language) => !App.getLocales().includes(language))).toEqual([]);
  });

  it('come from the sources: each file as it is there', () => {
    expect(list('.homeycompose/locales').sort()).toEqual(list('locales').sort());
    for (const language of languages) {
      const source = Object.entries(json(`.homeycompose/locales/${language}.json`) as object);
      expect(json(`locales/${language}.json`)).toEqual(
        Object.fromEntries(source.filter(([key]) => !key.startsWith('$'))),
      );
    }
  });

  it('are complete in the texts of the app, with the same tags', () => {
    const missing: string[] = [];
    for (const language of others) {
      const own = new Map(leaves(json(`locales/${language}.json`)));
      for (const [key, value] of english) {
        const tags = (of: unknown): string => [...String(of).matchAll(/__\w+__/g)].map(String).sort().join();
        if (typeof own.get(key) !== 'string') missing.push(`${language}: ${key} is missing`);
        else if (tags(own.get(key)) !== tags(value)) missing.push(`${language}: ${key} has other tags`);
      }
      for (const key of own.keys()) if (!english.has(key)) missing.push(`${language}: ${key} is not in en`);
    }
    expect(missing).toEqual([]);
  });

  it('are complete in the manifest', () => {
    const missing = translatedTexts().flatMap(([path, words]) =>
      languages.filter((language) => !words[language]).map((language) => `${language}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('are not more in the manifest than there are', () => {
    const more = translatedTexts().flatMap(([path, words]) =>
      Object.keys(words)
        .filter((language) => !languages.includes(language))
        .map((language) => `${language}: ${path}`),
    );
    expect(more).toEqual([]);
  });

  const readmeOf = (language: string): string =>
    text(language === 'en' ? 'README.txt' : `README.${language}.txt`);

  it.each(languages)('describe the app in one line that is not from the readme: %s', (language) => {
    const description = manifest.description[language] ?? '';
    const plain = (words: string): string => words.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
    expect(description).toMatch(/\S/);
    expect(description).not.toMatch(/\n/);
    expect(description.length).toBeLessThanOrEqual(80);
    expect(plain(readmeOf(language))).not.toContain(plain(description).trim());
  });

  it.each(languages)('have a readme of one or two paragraphs, which asks for nothing: %s', (language) => {
    const paragraphs = readmeOf(language)
      .trim()
      .split(/\n\s*\n/);
    expect(paragraphs.length).toBeLessThanOrEqual(2);
    for (const paragraph of paragraphs) expect(paragraph).toMatch(/^[^\n]{40,}$/);
    expect(readmeOf(language)).not.toMatch(/donat|donér|doner|paypal|sponsor|changelog|\d+\.\d+\.\d+/i);
  });

  it.each(languages)('call hours the same everywhere: %s', (language) => {
    const hours = translatedTexts().flatMap(([, words]) => (words['en'] === 'h' ? [words[language]] : []));
    expect(hours.length).toBeGreaterThan(3);
    expect([...new Set([...hours, UNITS.h?.[language] ?? UNITS.h?.['en']])]).toEqual([hours[0]]);
  });

  it.each(languages)(
    'name in the changelog the plan and the Flow cards that the first version brings: %s',
    (language) => {
      const [first] = Object.values(changelog);
      expect(first?.[language]).toMatch(/\bFlow/);
      expect(first?.[language]?.toLowerCase()).toContain(
        manifest.capabilities['hot_water_plan']?.title[language]?.toLowerCase(),
      );
    },
  );

  it('are complete in the store', () => {
    for (const language of languages) {
      const readme = language === 'en' ? 'README.txt' : `README.${language}.txt`;
      expect(has(readme), readme).toBe(true);
      expect(text(readme), readme).not.toMatch(/https?:|^#|^[-*] |\n\n\n/m);
      for (const [version, words] of Object.entries(changelog))
        expect(words[language], `${version} ${language}`).toMatch(/\w/);
    }
  });
});

describe('texts', () => {
  it('exist for every error there is', () => {
    const keys = ERROR_KINDS.map((kind) => `errors.${kind}`);
    expect(keys.filter((key) => !english.has(key))).toEqual([]);
  });

  it('exist for every number of the heating curve', () => {
    expect(CURVE.filter((name) => !english.has(`curve.${name}`))).toEqual([]);
  });

  it('are flat objects of words', () => {
    for (const [key, value] of english) expect(typeof value, key).toBe('string');
    expect(JSON.stringify(json('.homeycompose/locales/en.json'))).not.toContain('[');
  });
});
