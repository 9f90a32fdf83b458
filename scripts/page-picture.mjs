// The picture of the page for the README: `node scripts/page-picture.mjs [file]`. Lets a sandbox live through a night and a
// morning with a hot water plan, and takes its home page beside a phone with the plan's day. Needs Chromium and some minutes.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './setup.mjs';

const require = createRequire(import.meta.url);
const { chromium } = require('playwright-core');
const { HomeyAPI } = require('homey-api');
const sharp = require('sharp');

const SPEED = 240;
const HOUR = 3_600_000;
const LEAST_HOURS = 9;
/** The picture is taken in the early afternoon of the sandbox. */
const FROM = 13;
const TO = 15;
const PLAN = { plan_mode: 'fixed', plan_off_hours: '06:00-11:00; 16:00-21:00', plan_rescue_below: 45 };
const PRICES = [
  0.31, 0.28, 0.25, 0.24, 0.26, 0.38, 0.72, 1.1, 1.24, 1.05, 0.88, 0.71, 0.62, 0.55, 0.58, 0.79, 1.2, 1.52,
  1.61, 1.33, 0.94, 0.66, 0.48, 0.37,
];
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const target = process.argv[2] ?? join(root, 'docs', 'page.png');
const browserPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
  (path) => path !== undefined && existsSync(path),
);
if (browserPath === undefined) throw new Error('No Chromium was found; name one with CHROMIUM=/path.');

const say = (text) => process.stderr.write(`${text}\n`);
const state = mkdtempSync(join(tmpdir(), 'picture-'));
const args = ['--port', '0', '--thermia-port', '0', '--state', state, '--json', '--speed', String(SPEED)];
const sandbox = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], {
  stdio: ['ignore', 'pipe', 'inherit'],
});

const ready = () =>
  new Promise((resolve, reject) => {
    let text = '';
    sandbox.stdout.on('data', (data) => {
      text += data;
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))));
    });
    sandbox.once('exit', (code) => reject(new Error(`The sandbox ended with ${String(code)}.`)));
  });

const setPlan = async (homey) => {
  const api = await HomeyAPI.createLocalAPI(homey);
  const [device] = Object.values(await api.devices.getDevices());
  await api.devices.setDeviceSettings({ id: device.id, settings: PLAN });
  return async () => {
    for (const day of ['today', 'tomorrow']) {
      await api.flow.runFlowCardAction({
        id: `homey:device:${device.id}:set_prices`,
        args: { day, prices: JSON.stringify(PRICES) },
        tokens: {},
        state: {},
      });
    }
  };
};

/** Waits until the sandbox has lived long enough and it is the right time of its day. */
const waitForAfternoon = async (homey) => {
  const hello = async () => (await globalThis.fetch(`${homey.address}/__sandbox/hello`)).json();
  const first = new Date((await hello()).now).getTime();
  for (;;) {
    const { now, timezone } = await hello();
    const at = new Date(now);
    const hour = Number(
      new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone: timezone }).format(at),
    );
    if (at.getTime() - first >= LEAST_HOURS * HOUR && hour >= FROM && hour < TO) return;
    await delay(2000);
  }
};

const openDevice = async (page) => {
  await page.getByTestId('device-tile').first().getByRole('link').click();
  await page.getByTestId('day-now').waitFor({ state: 'attached' });
};

const shoot = async (browser, homey, size, scale, prepare) => {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: scale,
    colorScheme: 'light',
  });
  const page = await context.newPage();
  await page.goto(homey.address);
  await page.getByTestId('insights-plot').first().locator('svg').waitFor();
  await prepare(page);
  await delay(1500);
  const picture = await page.screenshot();
  await context.close();
  return `data:image/png;base64,${picture.toString('base64')}`;
};

const compose = async (browser, desk, phone) => {
  const page = await browser.newPage({ viewport: DESK });
  await page.setContent(`
    <style>
      body { margin: 0; width: ${DESK.width}px; height: ${DESK.height}px; overflow: hidden; position: relative }
      .desk { display: block; width: 100% }
      .phone { position: absolute; right: 32px; bottom: 22px; height: 608px; border: 7px solid #1b2430;
        border-radius: 34px; box-shadow: 0 18px 50px rgb(10 25 40 / .28) }
    </style>
    <img class="desk" src="${desk}"><img class="phone" src="${phone}">`);
  await page.locator('.phone').evaluate((image) => image.decode());
  return page.screenshot();
};

let browser;
try {
  const { homey } = await ready();
  const tellPrices = await setPlan(homey);
  await tellPrices();
  say(
    `The sandbox lives at ${SPEED} times the speed; this takes up to ${Math.ceil(33 / (SPEED / 60))} minutes.`,
  );
  await waitForAfternoon(homey);
  // What was tomorrow when the sandbox began may be today by now.
  await tellPrices();
  browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
  const desk = await shoot(browser, homey, DESK, 1, async () => undefined);
  const phone = await shoot(browser, homey, PHONE, 2, openDevice);
  const picture = await sharp(await compose(browser, desk, phone))
    .png({ compressionLevel: 9 })
    .toBuffer();
  writeFileSync(target, picture);
  say(`${target}: ${Math.round(picture.length / 1000)} kB`);
} finally {
  await browser?.close();
  const ended = new Promise((resolve) => sandbox.once('exit', resolve));
  if (sandbox.exitCode === null && sandbox.kill()) await ended;
  rmSync(state, { recursive: true, force: true });
}
process.exit(0);
