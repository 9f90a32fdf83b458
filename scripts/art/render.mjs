// Draws every icon and picture the app ships: `node scripts/art/render.mjs [icons] [scene] [cabinet] [mark]`.
import { Buffer } from 'node:buffer';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { appIcon, driverIcon } from './app-icons.mjs';
import { capabilityIcons } from './capability-icons.mjs';
import { icon } from './outline.mjs';
import { scene } from './scene.mjs';

const here = import.meta.dirname;
const root = path.join(here, '..', '..');
const DRIVER = 'drivers/heat-pump';

async function write(file, content) {
  const target = path.join(root, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
  console.log(`${file}  ${(content.length / 1000).toFixed(1)} kB`);
}

const drawing = (file) => readFile(path.join(here, file));

/** Renders at twice the size and scales down, which keeps thin lines calm. */
async function picture(svg, file, width, height, { colours = 256, dither = 0.3 } = {}) {
  const { width: drawn } = await sharp(svg).metadata();
  const large = await sharp(svg, { density: (72 * 2 * width) / drawn, limitInputPixels: false })
    .png()
    .toBuffer();
  const png = await sharp(large)
    .resize(width, height, { kernel: 'lanczos3' })
    .png({ palette: true, colours, dither, effort: 10, compressionLevel: 9 })
    .toBuffer();
  await write(file, png);
}

const parts = {
  async icons() {
    await write('assets/icon.svg', icon(appIcon));
    await write(`${DRIVER}/assets/icon.svg`, icon(driverIcon));
    for (const [name, shapes] of Object.entries(capabilityIcons)) {
      await write(`assets/capabilities/${name}.svg`, icon(shapes));
    }
  },
  async scene() {
    for (const [size, width, height] of [
      ['small', 250, 175],
      ['large', 500, 350],
      ['xlarge', 1000, 700],
    ]) {
      await picture(Buffer.from(scene), `assets/images/${size}.png`, width, height);
    }
  },
  async cabinet() {
    for (const [size, side] of [
      ['small', 75],
      ['large', 500],
      ['xlarge', 1000],
    ]) {
      await picture(await drawing('cabinet.svg'), `${DRIVER}/assets/images/${size}.png`, side, side, {
        colours: 96,
      });
    }
  },
  async mark() {
    await picture(await drawing('mark.svg'), `${DRIVER}/pair/logo.png`, 300, 300, { colours: 48 });
    await picture(await drawing('mark.svg'), `${DRIVER}/repair/logo.png`, 300, 300, { colours: 48 });
  },
};

const wanted = process.argv.slice(2);
for (const [name, draw] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await draw();
}
