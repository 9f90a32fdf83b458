// Turns strokes into one solid outline: Homey draws icons as a mask and renders stroke-only paths unreliably.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import init from 'pathkit-wasm/bin/pathkit.js';

const wasm = createRequire(import.meta.url).resolve('pathkit-wasm/bin/pathkit.wasm');
const kit = await init({ wasmBinary: readFileSync(wasm) });

// Strokes are widened on a small grid, where the outline needs few curves, and scaled back.
const GRID = 0.1;
const CAPS = { round: kit.StrokeCap.ROUND, butt: kit.StrokeCap.BUTT, square: kit.StrokeCap.SQUARE };
const JOINS = { round: kit.StrokeJoin.ROUND, miter: kit.StrokeJoin.MITER };

/** A stroke along an SVG path, `width` canvas units wide. */
export const line = (d, width, { cap = 'round', join = 'round' } = {}) => ({ d, width, cap, join });
/** A filled SVG path. */
export const fill = (d) => ({ d });
/** Takes the given shapes away from everything drawn so far. */
export const cut = (...shapes) => ({ cut: shapes });

export const circle = (cx, cy, r) =>
  `M${cx - r} ${cy}A${r} ${r} 0 1 1 ${cx + r} ${cy}A${r} ${r} 0 1 1 ${cx - r} ${cy}Z`;
export const rect = (x, y, w, h, r = 0) =>
  r === 0
    ? `M${x} ${y}h${w}v${h}h${-w}Z`
    : `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - w}` +
      `a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}Z`;
/** A water drop whose tip is at (cx, top) and whose belly has radius r. */
export const drop = (cx, top, r) => {
  const cy = top + r * 2.15;
  return (
    `M${cx} ${top}C${cx + r * 0.3} ${top + r * 0.55} ${cx + r} ${cy - r * 0.85} ${cx + r} ${cy}` +
    `A${r} ${r} 0 0 1 ${cx - r} ${cy}C${cx - r} ${cy - r * 0.85} ${cx - r * 0.3} ${top + r * 0.55} ${cx} ${top}Z`
  );
};

function shapeOf({ d, width, cap, join }) {
  const path = kit.FromSVGString(d);
  path.transform([GRID, 0, 0, 0, GRID, 0, 0, 0, 1]);
  if (width !== undefined)
    path.stroke({ width: width * GRID, cap: CAPS[cap], join: JOINS[join], miter_limit: 8 });
  path.simplify();
  return path;
}

function composed(shapes) {
  const whole = kit.NewPath();
  for (const shape of shapes) {
    if (shape.cut) whole.op(composed(shape.cut), kit.PathOp.DIFFERENCE);
    else whole.op(shapeOf(shape), kit.PathOp.UNION);
  }
  return whole;
}

const number = (value) => String(Math.round((value / GRID) * 10) / 10);
const point = (...values) => values.map(number).join(' ').replaceAll(' -', '-');

/** An SVG path of the shapes united; circular arcs stay arcs, which keeps it short. */
export function outlined(shapes) {
  let at = [0, 0];
  let out = '';
  for (const [verb, ...v] of composed(shapes).toCmds()) {
    if (verb === kit.MOVE_VERB) out += `M${point(...v)}`;
    else if (verb === kit.LINE_VERB) out += `L${point(...v)}`;
    else if (verb === kit.QUAD_VERB) out += `Q${point(...v)}`;
    else if (verb === kit.CUBIC_VERB) out += `C${point(...v)}`;
    else if (verb === kit.CONIC_VERB) out += arc(at, v);
    else if (verb === kit.CLOSE_VERB) out += 'Z';
    if (v.length > 0) at = verb === kit.CONIC_VERB ? v.slice(2, 4) : v.slice(-2);
  }
  return out;
}

function arc([x0, y0], [cx, cy, x1, y1, weight]) {
  const [ax, ay, bx, by] = [cx - x0, cy - y0, x1 - cx, y1 - cy];
  const tangent = (Math.hypot(ax, ay) + Math.hypot(bx, by)) / 2;
  const half = Math.acos(Math.min(1, weight));
  if (half < 0.01) return `L${point(x1, y1)}`;
  const radius = number(tangent / Math.tan(half));
  return `A${radius} ${radius} 0 0 ${ax * by - ay * bx > 0 ? 1 : 0} ${point(x1, y1)}`;
}

/** A complete icon file. */
export const icon = (shapes) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="960" viewBox="0 0 960 960">` +
  `<path fill="#000" fill-rule="evenodd" d="${outlined(shapes)}"/></svg>\n`;
