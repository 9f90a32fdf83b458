import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../../sandbox/client.js';
import { registerOf } from '../support/simulator.js';
import { eventually, Sandboxes, type RunningSandbox } from '../support/sandbox.js';

/** Nothing of the browser's own leaves this machine. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const Cards = z.record(z.string(), z.unknown());

describe('the page in a browser', () => {
  const sandboxes = new Sandboxes();
  let running: RunningSandbox;
  let context: BrowserContext;
  let profile: string;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    running = await sandboxes.start();
    profile = mkdtempSync(join(tmpdir(), 'browser-'));
    context = await chromium.launchPersistentContext(profile, {
      executablePath,
      args: QUIET,
      viewport: { width: 1280, height: 900 },
    });
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(running.homey.address);
  });

  afterAll(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
    await sandboxes.cleanUp();
  });

  it('says that it is a stand-in', async () => {
    await page
      .getByText(/stand-in/i)
      .first()
      .waitFor();
  });

  it('switches hot water with the quick action of the tile', async () => {
    const tile = page.getByTestId('device-tile').first();
    const toggle = tile.getByTestId('quick-action');
    await toggle.waitFor();
    expect(await registerOf(running, 'REG_HOT_WATER_STATUS')).toBe(1);
    await toggle.click();
    expect(
      await eventually(
        () => registerOf(running, 'REG_HOT_WATER_STATUS'),
        (value) => value === 0,
      ),
    ).toBe(0);
    expect(
      await eventually(
        () => toggle.getAttribute('aria-checked'),
        (value) => value === 'false',
      ),
    ).toBe('false');
  });

  it('plots a temperature', async () => {
    await page.getByTestId('device-tile').first().getByRole('link').click();
    await page.getByTestId('device-page').waitFor();
    const plot = page.getByTestId('insights-plot').first();
    await plot.waitFor();
    const box = await plot.locator('canvas, svg').first().boundingBox();
    expect(box?.width).toBeGreaterThan(200);
    expect(box?.height).toBeGreaterThan(80);
  });

  it('invites to make a plan and shows its day', async () => {
    const day = page.getByTestId('day-view');
    await day.getByTestId('day-set-up').click();
    await page.getByTestId('setting-plan_mode').selectOption('fixed');
    await page.getByTestId('settings-save').click();
    await day.getByTestId('day-segment').first().waitFor({ state: 'attached' });
    expect(await day.getByTestId('day-now').count()).toBe(1);
    await day.getByTestId('day-tomorrow').click();
    await day.getByRole('button', { name: /^06:00–07:00, will be off/ }).waitFor({ state: 'attached' });
    await day.getByRole('button', { name: /^22:00–23:00, will be on/ }).waitFor({ state: 'attached' });
  });

  it('lists every card that the Homey has', async () => {
    const client = await running.client();
    for (const [tab, operation] of [
      ['cards-trigger', 'getFlowCardTriggers'],
      ['cards-condition', 'getFlowCardConditions'],
      ['cards-action', 'getFlowCardActions'],
    ] as const) {
      const cards = Object.keys(Cards.parse(await call(client, 'flow', operation)));
      await page.getByTestId('nav-flow').click();
      await page.getByTestId(tab).click();
      const shown = await eventually(
        () => page.getByTestId('flow-card').count(),
        (count) => count === cards.length,
      );
      expect(shown).toBe(cards.length);
    }
  });

  it('has nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
