import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call } from '../../sandbox/client.js';
import { openBrowser, type OpenPage } from '../support/browser.js';
import { registerOf } from '../support/simulator.js';
import { eventually, Sandboxes, type RunningSandbox } from '../support/sandbox.js';

const Cards = z.record(z.string(), z.unknown());

describe('the page in a browser', () => {
  const sandboxes = new Sandboxes();
  let running: RunningSandbox;
  let browser: OpenPage;
  let page: Page;

  beforeAll(async () => {
    running = await sandboxes.start(['--unpaired']);
    browser = await openBrowser();
    ({ page } = browser);
    await page.goto(running.homey.address);
  });

  afterAll(async () => {
    await browser.close();
    await sandboxes.cleanUp();
  });

  it('says that it is a stand-in', async () => {
    await page
      .getByText(/stand-in/i)
      .first()
      .waitFor();
  });

  it('pairs the heat pump of an account, and says in words what is wrong with a password', async () => {
    await page.getByTestId('no-devices').waitFor();
    await page.getByTestId('add-device').click();
    await page.getByTestId('pair-username').fill(running.thermia.username);
    await page.getByTestId('pair-password').fill('not the password');
    await page.getByTestId('pair-login-submit').click();
    await page
      .getByTestId('pair-problem')
      .getByText(/password is not right.*Thermia Connect/)
      .waitFor();
    await page.getByTestId('pair-password').fill(running.thermia.password);
    await page.getByTestId('pair-login-submit').click();
    await page.getByTestId('pair-choice').first().click();
    await page.getByTestId('pair-add').click();
    const reading = page.getByTestId('device-tile').first().getByTestId('tile-reading');
    expect(
      await eventually(
        () => reading.textContent(),
        (text) => /^-?\d+\.\d\s*°C$/.test(text ?? ''),
      ),
    ).toMatch(/^\d\d\.\d\s*°C$/);
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

  it('runs a card and says what came of it, in words where the card fails', async () => {
    await page.getByTestId('find-card').fill('heating target to');
    const card = page.getByTestId('flow-card').first();
    await card.getByTestId('argument-temperature').fill('22');
    await card.getByTestId('run-card').click();
    expect(
      await eventually(
        () => card.getByTestId('card-result').getAttribute('class'),
        (look) => look?.includes('good') === true,
      ),
    ).toContain('good');
    await card.getByTestId('argument-temperature').fill('45');
    await card.getByTestId('run-card').click();
    const words = card.getByTestId('card-result');
    expect(
      await eventually(
        () => words.textContent(),
        (text) => text !== null && text !== '' && !text.startsWith('Done'),
      ),
    ).toMatch(/between 10.* and 30/);
  });

  it('has nothing to complain about', () => {
    expect(browser.complaints).toEqual([]);
  });
});
