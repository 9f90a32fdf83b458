// The app's icon and the driver's: the idea of ground heat, and the cabinet itself.
import { circle, cut, fill, line } from './outline.mjs';

/** A house on the ground, warmth inside, and the loop that fetches it from the depth. */
export const appIcon = [
  line('M78 392L480 48L882 392', 64),
  line('M184 320V548M776 320V548', 64),
  line('M40 548H920', 64),
  line('M402 240q-60 54 0 108t0 108M558 240q-60 54 0 108t0 108', 56),
  line('M350 548V784A130 130 0 0 0 610 784V548', 64),
  line('M70 700H214M746 700H890M150 848H214M746 848H810', 56),
];

// The front face, seen from its right half: the left edge is the nearer one.
const [LEFT, RIGHT] = [
  { x: 350, top: 128, bottom: 916 },
  { x: 742, top: 160, bottom: 868 },
];
const on = (u, v) => {
  const top = LEFT.top + (RIGHT.top - LEFT.top) * u;
  const bottom = LEFT.bottom + (RIGHT.bottom - LEFT.bottom) * u;
  return `${(LEFT.x + (RIGHT.x - LEFT.x) * u).toFixed(1)} ${(top + (bottom - top) * v).toFixed(1)}`;
};
const face = (u0, v0, u1, v1) => `M${on(u0, v0)}L${on(u1, v0)}L${on(u1, v1)}L${on(u0, v1)}Z`;
const pipe = (x, foot) => [
  line(`M${x} 20V${foot}`, 36, { cap: 'butt' }),
  line(`M${x} 84V${foot}`, 68, { cap: 'butt' }),
];

/** The cabinet of a ground source heat pump, turned slightly to the right, with its pipes on top. */
export const driverIcon = [
  ...pipe(424, 140),
  ...pipe(546, 150),
  ...pipe(668, 160),
  line(`M${on(0, 0)}L${on(1, 0)}L${on(1, 1)}L${on(0, 1)}L220 868V160Z`, 40),
  line(`M${on(0, 0)}L${on(0, 1)}`, 20),
  line(`M${on(0, 0.56)}L${on(1, 0.56)}`, 20),
  line(`M${on(0, 0.93)}L${on(1, 0.93)}`, 20),
  line(face(0.27, 0.1, 0.73, 0.4), 20),
  fill(face(0.37, 0.15, 0.63, 0.24)),
  fill(circle(547, 392, 46)),
  cut(fill(circle(547, 392, 24))),
  line('M270 900V940M380 940V930M712 940V890', 40, { cap: 'butt' }),
];
