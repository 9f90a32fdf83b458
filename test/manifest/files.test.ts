import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { bytes, driver, has, json, leaves, list, manifest, root, text } from './manifest.js';

describe('what the validator does not look at', () => {
  it('is for the present SDK, as modules, without permissions', () => {
    expect(manifest.sdk).toBe(3);
    expect(manifest.esm).toBe(true);
    expect(manifest.permissions ?? []).toEqual([]);
    expect(manifest.version).toBe((json('package.json') as { version: string }).version);
  });

  it('has a name as the guidelines want it', () => {
    const names = [manifest.id, ...Object.values(manifest.name), ...Object.values(driver.name)];
    for (const name of names) expect(name).not.toMatch(/homey|athom/i);
    for (const name of Object.values(manifest.name)) expect(name.split(' ').length).toBeLessThanOrEqual(4);
    for (const [language, sentence] of Object.entries(manifest.description)) {
      expect(sentence).not.toBe(manifest.name[language]);
      expect(sentence).not.toMatch(/^adds support/i);
    }
  });

  it('has all source files that the manifest implies', () => {
    for (const file of [
      'app.ts',
      'api.ts',
      `drivers/${driver.id}/driver.ts`,
      `drivers/${driver.id}/device.ts`,
    ]) {
      expect(has(file), file).toBe(true);
    }
  });

  it('has a page for every view without a template, and no page without a view', () => {
    for (const kind of ['pair', 'repair'] as const) {
      const own = driver[kind].filter(({ template }) => template === undefined).map(({ id }) => `${id}.html`);
      const pages = list(`drivers/${driver.id}/${kind}`).filter((file) => file.endsWith('.html'));
      expect(pages.sort()).toEqual(own.sort());
      expect(has(`drivers/${driver.id}/${kind}/logo.png`)).toBe(true);
    }
  });

  it('uses only texts that exist in its pages', () => {
    const keys = leaves(json('locales/en.json')).map(([key]) => key);
    for (const page of ['start', 'token']) {
      const html = text(`drivers/${driver.id}/repair/${page}.html`);
      const used = [...html.matchAll(/data-i18n="([^"]+)"|Homey\.__\('([^']+)'/g)].map(([, a, b]) => a ?? b);
      expect(used.length).toBeGreaterThan(0);
      for (const key of used) expect(keys).toContain(key);
      expect(html, 'a view is a fragment of one page').not.toMatch(/homey\.js|<html|DOMContentLoaded/);
    }
  });

  it.each([
    [manifest.images['small'], 250, 175],
    [manifest.images['large'], 500, 350],
    [manifest.images['xlarge'], 1000, 700],
    [driver.images['small'], 75, 75],
    [driver.images['large'], 500, 500],
    [driver.images['xlarge'], 1000, 1000],
  ])('%s is %d x %d', async (path, width, height) => {
    expect(await sharp(bytes(path!)).metadata()).toMatchObject({ format: 'png', width, height });
  });

  it('has an icon of its own for the app, the driver and every capability', () => {
    const icons = [
      'assets/icon.svg',
      `drivers/${driver.id}/assets/icon.svg`,
      ...Object.values(manifest.capabilities).map(({ icon }) => icon),
      ...Object.values(driver.capabilitiesOptions).flatMap(({ icon }) => (icon === undefined ? [] : [icon])),
    ];
    for (const icon of icons) {
      expect(has(icon), icon).toBe(true);
      expect(text(icon), icon).toMatch(/<svg[^>]*viewBox="0 0 960 960"/);
      expect(text(icon), icon).not.toMatch(/<image|Gradient|<style|href=/);
    }
    expect(text('assets/icon.svg')).not.toBe(text(`drivers/${driver.id}/assets/icon.svg`));
  });

  it('ships every icon of a capability that is used, and no other', () => {
    const used = [
      ...Object.values(manifest.capabilities).map(({ icon }) => icon),
      ...Object.values(driver.capabilitiesOptions).flatMap(({ icon }) => (icon === undefined ? [] : [icon])),
    ];
    const there = list('assets/capabilities').map((file) => `/assets/capabilities/${file}`);
    expect(there.sort()).toEqual([...new Set(used)].sort());
  });

  it('has icons and images that are not each other, and not those that every app begins with', () => {
    const drawing = (file: string): string => /d="([^"]+)"/.exec(text(file))?.[1] ?? '';
    const begins = 'node_modules/homey/assets/templates/app/assets/icon.svg';
    expect(drawing(begins)).not.toBe('');
    for (const icon of ['assets/icon.svg', `drivers/${driver.id}/assets/icon.svg`]) {
      expect(drawing(icon)).not.toBe('');
      expect(text(icon)).not.toContain(drawing(begins));
    }
    const pictures = [...Object.values(manifest.images), ...Object.values(driver.images)];
    expect(new Set(pictures.map((path) => bytes(path).toString('base64'))).size).toBe(pictures.length);
  });

  it('has a handler for every route and a route for every handler', async () => {
    const { default: api } = (await import(`${root}api.ts`)) as { default: object };
    expect(Object.keys(manifest.api).sort()).toEqual(Object.keys(api).sort());
    for (const route of Object.values(manifest.api)) {
      expect(route).toMatchObject({ method: expect.stringMatching(/^(GET|POST|PUT|DELETE)$/) as string });
      expect(route['public'] ?? false, 'no route is open to everybody').toBe(false);
    }
  });

  it('says in the changelog what this version brings', () => {
    const changelog = json('.homeychangelog.json') as Record<string, Record<string, string>>;
    expect(changelog[manifest.version]?.['en']).toMatch(/\w/);
  });

  it('keeps everything that is not the app out of the package', () => {
    const ignored = text('.homeyignore').split('\n');
    const shipped = [
      'app.ts',
      'api.ts',
      'app.json',
      'lib',
      'drivers',
      'assets',
      'locales',
      'settings',
      'widgets',
      'package.json',
      'node_modules',
    ];
    const patterns = ignored
      .filter((line) => line !== '')
      .map((line) => line.replace(/^\//, '').replace(/\/$/, ''));
    const isIgnored = (name: string): boolean =>
      patterns.some((pattern) =>
        new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(name),
      );
    const strangers = list('.').filter(
      (name) =>
        !name.startsWith('.') &&
        !shipped.includes(name) &&
        !/^README(\.\w+)?\.txt$/.test(name) &&
        !isIgnored(name),
    );
    expect(strangers).toEqual([]);
  });
});
