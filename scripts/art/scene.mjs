// The app's picture: a winter evening, a house cut open, and the heat that comes up from the rock below it.
const WIDTH = 1000;
const HEIGHT = 700;

// The same picture each time: a small generator stands in for chance.
function chance(seed) {
  let state = seed;
  return (from = 0, to = 1) => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return from + (state / 4294967296) * (to - from);
  };
}
const n = (value) => String(Math.round(value * 10) / 10);
const many = (count, draw) => Array.from({ length: count }, (_, i) => draw(i)).join('');

const gradient = (id, stops, [x1, y1, x2, y2] = [0, 0, 0, 1]) =>
  `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stopsOf(stops)}</linearGradient>`;
const radial = (id, stops) => `<radialGradient id="${id}">${stopsOf(stops)}</radialGradient>`;
const stopsOf = (stops) =>
  stops
    .map(
      ([at, colour, opacity]) =>
        `<stop offset="${at}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`,
    )
    .join('');
const blur = (id, by) =>
  `<filter id="${id}" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="${by}"/></filter>`;

const defs = [
  gradient('far', [
    [0, '#5a4f85'],
    [1, '#a9627c'],
  ]),
  gradient('near', [
    [0, '#2c3560'],
    [1, '#5a4674'],
  ]),
  gradient('snow', [
    [0, '#eef3ff'],
    [0.35, '#b9c8ea'],
    [1, '#6f86bd'],
  ]),
  gradient('roofSnow', [
    [0, '#ffffff'],
    [0.55, '#d8e3fb'],
    [1, '#9fb3de'],
  ]),
  gradient('soil', [
    [0, '#4b3230'],
    [1, '#35262c'],
  ]),
  gradient('clay', [
    [0, '#5d3d34'],
    [1, '#472f34'],
  ]),
  gradient('rock', [
    [0, '#474068'],
    [0.5, '#332f55'],
    [1, '#20214a'],
  ]),
  gradient('boards', [
    [0, '#8e2a22'],
    [0.6, '#a9352a'],
    [1, '#7c221e'],
  ]),
  gradient('room', [
    [0, '#ffdf9c'],
    [0.55, '#fbbf72'],
    [1, '#e08c4a'],
  ]),
  gradient('attic', [
    [0, '#b8713f'],
    [0.45, '#f0b168'],
    [1, '#f7c985'],
  ]),
  gradient('utility', [
    [0, '#fff0cf'],
    [1, '#e9c08a'],
  ]),
  gradient(
    'cabinet',
    [
      [0, '#ffffff'],
      [0.65, '#e3e6ea'],
      [1, '#b9c0c9'],
    ],
    [0, 0, 1, 0],
  ),
  gradient(
    'tank',
    [
      [0, '#c6cdd6'],
      [0.28, '#ffffff'],
      [0.7, '#dfe4ea'],
      [1, '#9aa4b1'],
    ],
    [0, 0, 1, 0],
  ),
  gradient('water', [
    [0, '#ff5a36'],
    [0.45, '#ff9d5c'],
    [0.8, '#7cc4ee'],
    [1, '#3f8fd8'],
  ]),
  gradient('down', [
    [0, '#7fe3ff'],
    [0.5, '#4fb6ff'],
    [1, '#7d8cff'],
  ]),
  gradient('up', [
    [0, '#ffd27a'],
    [0.5, '#ff9a4a'],
    [1, '#ff6b45'],
  ]),
  gradient('window', [
    [0, '#fff3c4'],
    [1, '#ffb650'],
  ]),
  gradient('timber', [
    [0, '#7a4a2c'],
    [1, '#4d2d1d'],
  ]),
  radial('lamp', [
    [0, '#fff6d8', 0.95],
    [0.35, '#ffd98a', 0.5],
    [1, '#ffb24d', 0],
  ]),
  radial('ember', [
    [0, '#ff9a4a', 0.75],
    [0.4, '#ff6a3c', 0.32],
    [1, '#c0304a', 0],
  ]),
  radial('spill', [
    [0, '#ffd08a', 0.9],
    [1, '#ffb25a', 0],
  ]),
  radial('sun', [
    [0, '#ffe6ae', 0.9],
    [0.4, '#ffb36a', 0.4],
    [1, '#ff8a5a', 0],
  ]),
  radial('moon', [
    [0, '#cfe0ff', 0.5],
    [1, '#cfe0ff', 0],
  ]),
  radial('corner', [
    [0.62, '#070d20', 0],
    [1, '#070d20', 0.55],
  ]),
  blur('soft3', 3),
  blur('soft6', 6),
  blur('soft12', 12),
].join('');

function stars() {
  const r = chance(7);
  return many(80, () => {
    const y = r(4, 210);
    return `<circle cx="${n(r(0, WIDTH))}" cy="${n(y)}" r="${n(r(0.6, 1.7))}" fill="#fff" opacity="${n(r(0.3, 1) * (1 - y / 260))}"/>`;
  });
}

/** A spruce: tiers that widen downwards, each with snow on the side the sky lights. */
function spruce(
  x,
  foot,
  height,
  { dark = '#14243a', light = '#2a4560', snow = '#dbe6fb', seed = 1, snowy = true } = {},
) {
  const r = chance(seed);
  const tiers = Math.max(4, Math.round(height / 32));
  let out = `<path d="M${n(x - height * 0.025)} ${n(foot - height * 0.12)}h${n(height * 0.05)}v${n(height * 0.12)}h${n(-height * 0.05)}Z" fill="#2a1d22"/>`;
  for (let i = tiers - 1; i >= 0; i -= 1) {
    const top = foot - height + (height * 0.8 * i) / tiers;
    const low = foot - height + height * 0.9 * ((i + 1.25) / (tiers + 0.25));
    const half = height * (0.07 + (0.2 * (i + 1)) / tiers);
    const [a, b] = [half * r(0.9, 1.08), half * r(0.9, 1.08)];
    const mid = (from, to, t) => from + (to - from) * t;
    out +=
      `<path d="M${n(x)} ${n(top)}Q${n(x - a * 0.35)} ${n(mid(top, low, 0.6))} ${n(x - a)} ${n(low - height * 0.012)}` +
      `Q${n(x - a * 0.6)} ${n(low + height * 0.012)} ${n(x - a * 0.35)} ${n(low - height * 0.008)}Q${n(x)} ${n(low + height * 0.035)} ${n(x + b * 0.35)} ${n(low - height * 0.008)}` +
      `Q${n(x + b * 0.6)} ${n(low + height * 0.012)} ${n(x + b)} ${n(low - height * 0.012)}Q${n(x + b * 0.35)} ${n(mid(top, low, 0.6))} ${n(x)} ${n(top)}Z" fill="${dark}"/>` +
      `<path d="M${n(x)} ${n(top)}Q${n(x + b * 0.35)} ${n(mid(top, low, 0.6))} ${n(x + b)} ${n(low - height * 0.012)}Q${n(x + b * 0.5)} ${n(mid(top, low, 0.86))} ${n(x)} ${n(top)}Z" fill="${light}" opacity=".6"/>`;
    if (snowy) {
      out +=
        `<path d="M${n(x)} ${n(top - 1)}Q${n(x - a * 0.35)} ${n(mid(top, low, 0.6))} ${n(x - a)} ${n(low - height * 0.012)}` +
        `Q${n(x - a * 0.72)} ${n(low - height * 0.018)} ${n(x - a * 0.55)} ${n(mid(top, low, 0.84))}Q${n(x - a * 0.3)} ${n(mid(top, low, 0.86))} ${n(x - a * 0.16)} ${n(mid(top, low, 0.62))}` +
        `Q${n(x + b * 0.08)} ${n(mid(top, low, 0.6))} ${n(x + b * 0.12)} ${n(mid(top, low, 0.36))}Z" fill="${snow}" opacity=".92"/>`;
    }
  }
  return out;
}

function forest(y, seed, { step, low, high, colour }) {
  const r = chance(seed);
  let d = `M-10 ${y + 60}`;
  for (let x = -10; x < WIDTH + 20; x += step) {
    const h = r(low, high);
    const foot = y + r(-4, 6);
    d += `L${n(x)} ${n(foot)}L${n(x + step * 0.25)} ${n(foot - h * 0.45)}L${n(x + step * 0.18)} ${n(foot - h * 0.45)}L${n(x + step * 0.5)} ${n(foot - h)}L${n(x + step * 0.82)} ${n(foot - h * 0.45)}L${n(x + step * 0.75)} ${n(foot - h * 0.45)}L${n(x + step)} ${n(foot)}`;
  }
  return `<path d="${d}V${y + 60}Z" fill="${colour}"/>`;
}

const backdrop = () =>
  `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>` +
  stars() +
  '<circle cx="842" cy="92" r="92" fill="url(#moon)"/>' +
  '<path d="M842 62a31 31 0 1 0 26 47a26 26 0 1 1 -26 -47Z" fill="#f3f6ff"/>' +
  '<ellipse cx="150" cy="372" rx="400" ry="150" fill="url(#sun)"/>' +
  '<path d="M-10 352L70 292L128 322L214 246L292 310L352 282L440 330L560 268L640 316L730 292L800 322L892 258L948 300L1010 276V430H-10Z" fill="url(#far)"/>' +
  '<path d="M214 246L240 268L226 276L210 266L192 272L182 275ZM892 258L916 276L904 282L890 274L876 280L868 275ZM560 268L580 279L566 284L552 278L540 281Z" fill="#f2c9c4" opacity=".75"/>' +
  '<path d="M-10 382C90 342 170 366 270 350S470 368 560 346S760 372 850 344S960 352 1010 346V440H-10Z" fill="url(#near)"/>' +
  forest(384, 11, { step: 17, low: 20, high: 46, colour: '#2b3059' }) +
  forest(402, 23, { step: 25, low: 30, high: 70, colour: '#1a2345' });

// The line where snow meets air, also used to shape what lies below it.
const SURFACE = 'M-10 418C60 404 120 420 190 424H760C830 420 880 402 1010 414';

function ground() {
  const r = chance(41);
  const stone = (x, y, s, colour) =>
    `<path d="M${n(x - s)} ${n(y + s * 0.2)}L${n(x - s * 0.55)} ${n(y - s * 0.55)}L${n(x + s * 0.3)} ${n(y - s * 0.7)}L${n(x + s)} ${n(y - s * 0.05)}L${n(x + s * 0.55)} ${n(y + s * 0.6)}L${n(x - s * 0.5)} ${n(y + s * 0.62)}Z" fill="${colour}"/>` +
    `<path d="M${n(x - s * 0.55)} ${n(y - s * 0.55)}L${n(x + s * 0.3)} ${n(y - s * 0.7)}L${n(x + s)} ${n(y - s * 0.05)}L${n(x + s * 0.1)} ${n(y - s * 0.1)}Z" fill="#fff" opacity=".13"/>`;
  const seams = many(9, (i) => {
    const y = 566 + i * 17;
    const [a, b, c] = [r(-14, 14), r(-14, 14), r(-10, 10)];
    return `<path d="M-10 ${n(y + a)}C180 ${n(y + b)} 300 ${n(y - b)} 480 ${n(y + c)}S820 ${n(y + a)} 1010 ${n(y - c)}" fill="none" stroke="${i % 2 ? '#6d659a' : '#12132a'}" stroke-width="${n(r(1, 3.4))}" opacity="${n(r(0.25, 0.5))}"/>`;
  });
  return (
    `<path d="${SURFACE}V710H-10Z" fill="url(#soil)"/>` +
    '<path d="M-10 484C120 470 240 498 380 484S640 476 760 492S930 478 1010 486V710H-10Z" fill="url(#clay)"/>' +
    '<path d="M-10 546C90 530 210 560 330 544S560 534 690 552S900 536 1010 548V710H-10Z" fill="url(#rock)"/>' +
    seams +
    many(26, () => stone(r(0, WIDTH), r(456, 478), r(2, 6), '#6b4a42')) +
    many(30, () => stone(r(0, WIDTH), r(496, 538), r(3, 10), r() > 0.5 ? '#80594b' : '#6d5a62')) +
    many(16, () => stone(r(0, WIDTH), r(574, 690), r(5, 18), '#403d60')) +
    many(
      34,
      () =>
        `<circle cx="${n(r(0, WIDTH))}" cy="${n(r(560, 695))}" r="${n(r(0.7, 1.7))}" fill="#c9c2ff" opacity="${n(r(0.15, 0.6))}"/>`,
    )
  );
}

const snowCover = () =>
  `<path d="${SURFACE}V438C900 430 860 446 770 448H186C110 446 60 430 -10 440Z" fill="url(#snow)"/>` +
  '<path d="M-10 418C60 404 120 420 190 424" fill="none" stroke="#fff" stroke-width="3" opacity=".8"/>' +
  '<path d="M760 424C830 420 880 402 1010 414" fill="none" stroke="#fff" stroke-width="3" opacity=".7"/>' +
  '<ellipse cx="178" cy="430" rx="120" ry="15" fill="url(#spill)"/><ellipse cx="786" cy="429" rx="70" ry="10" fill="url(#spill)" opacity=".6"/>';

/** A fox asleep in its den: the ground keeps warm what lives in it. */
const den = () =>
  '<path d="M98 470C120 446 196 444 220 472C236 500 214 524 158 524C104 524 84 498 98 470Z" fill="#22161d"/>' +
  '<path d="M62 426C78 452 92 462 112 470L104 490C76 480 56 456 46 430Z" fill="#22161d"/>' +
  '<ellipse cx="160" cy="496" rx="46" ry="24" fill="#c9622f"/>' +
  '<path d="M116 504C122 484 146 472 172 474C196 476 208 492 205 502C190 484 150 486 132 512Z" fill="#e58345"/>' +
  '<path d="M206 498C206 516 178 524 150 520C134 518 124 512 122 506C140 512 170 510 206 498Z" fill="#f2995a"/>' +
  '<path d="M122 506C128 500 138 500 146 506C142 514 130 516 122 506Z" fill="#fff3e2"/>' +
  '<g transform="translate(-20 -66) scale(1.13)">' +
  '<path d="M145 492L148 469L163 482ZM181 492L179 469L165 482Z" fill="#b9521f"/><path d="M149 487L151 476L158 483ZM178 487L177 476L171 483Z" fill="#5a2a1c"/>' +
  '<path d="M144 490C148 482 156 480 163.500 480S179 482 183 490C182 502 172 511 163.500 511S146 502 144 490Z" fill="#f2a05c"/>' +
  '<path d="M146 495C154 493 160 498 163.500 503C167 498 173 493 181 495C178 505 171 511 163.500 511S149 505 146 495Z" fill="#fff3e2"/>' +
  '<path d="M152 491q4 3.500 8 0M167 491q4 3.500 8 0" fill="none" stroke="#4a2418" stroke-width="1.800" stroke-linecap="round"/><ellipse cx="163.500" cy="504" rx="2.800" ry="2.200" fill="#3a1c14"/></g>';

/** The borehole: cold brine down, warmed brine up. */
const borehole = () =>
  '<ellipse cx="600" cy="640" rx="230" ry="130" fill="url(#ember)"/><ellipse cx="600" cy="655" rx="120" ry="60" fill="url(#ember)"/><ellipse cx="600" cy="560" rx="90" ry="150" fill="url(#ember)" opacity=".5"/>' +
  '<path d="M568 440H632V650A32 32 0 0 1 568 650Z" fill="#0d1026" opacity=".6"/>' +
  '<path d="M568 440V650A32 32 0 0 0 632 650V440" fill="none" stroke="#8f86c4" stroke-width="2" opacity=".6"/>' +
  '<g fill="none" stroke-linecap="round">' +
  '<path d="M585 430V646" stroke="url(#downStroke)" stroke-width="18" opacity=".8" filter="url(#soft6)"/><path d="M615 430V646" stroke="url(#upStroke)" stroke-width="20" opacity=".9" filter="url(#soft6)"/>' +
  '<path d="M585 646A15 15 0 0 0 615 646" stroke="#ff7a55" stroke-width="20" opacity=".8" filter="url(#soft6)"/>' +
  '<path d="M585 426V648" stroke="url(#downStroke)" stroke-width="8"/><path d="M585 646A15 15 0 0 0 615 646" stroke="url(#turn)" stroke-width="8"/><path d="M615 648V426" stroke="url(#upStroke)" stroke-width="8"/>' +
  '<path d="M583 440V640" stroke="#fff" stroke-width="2" opacity=".55"/><path d="M613 440V640" stroke="#fff" stroke-width="2" opacity=".55"/></g>' +
  many(
    5,
    (i) =>
      `<path d="M578 ${462 + i * 42}l7 8l7 -8" fill="none" stroke="#062b52" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" opacity=".75"/><path d="M608 ${478 + i * 42}l7 -8l7 8" fill="none" stroke="#5a1505" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round" opacity=".75"/>`,
  ) +
  many(
    4,
    (i) =>
      `<path d="M${660 + i * 13} ${616 - i * 26}q9 12 0 24t0 24" fill="none" stroke="#ff9a5c" stroke-width="3.4" stroke-linecap="round" opacity="${n(0.75 - i * 0.17)}" transform="translate(${i * 5} ${i * 10})"/><path d="M${540 - i * 13} ${616 - i * 26}q-9 12 0 24t0 24" fill="none" stroke="#ff9a5c" stroke-width="3.4" stroke-linecap="round" opacity="${n(0.75 - i * 0.17)}" transform="translate(${-i * 5} ${i * 10})"/>`,
  );

const facade = () =>
  '<path d="M200 262L330 178V432H200Z" fill="url(#boards)"/>' +
  many(
    13,
    (i) =>
      `<path d="M${204 + i * 10} ${n(260 - i * 6.4)}V432" stroke="#5f1814" stroke-width="1.6" opacity=".65"/>`,
  ) +
  '<path d="M200 262V432H209V256Z" fill="#f4efe6"/>' +
  '<rect x="196" y="422" width="138" height="12" fill="#8f8a97"/>' +
  // the window, with a star of light and a candle arch as they hang there in December
  '<ellipse cx="266" cy="338" rx="90" ry="84" fill="url(#lamp)" opacity=".8"/>' +
  '<rect x="234" y="298" width="66" height="80" fill="#fbf7ef"/><rect x="240" y="304" width="54" height="68" fill="url(#window)"/>' +
  '<path d="M240 304h14v68h-14ZM280 304h14v68h-14Z" fill="#fff" opacity=".5"/>' +
  '<path d="M267 304V372M240 334H294" stroke="#fbf7ef" stroke-width="5"/>' +
  '<path d="M248 366L258 352H276L286 366Z" fill="none" stroke="#7a3b1c" stroke-width="3"/>' +
  many(
    5,
    (i) =>
      `<path d="M${n(251 + i * 8)} ${n(357 - 7 * Math.sin((Math.PI * (i + 0.5)) / 5))}v-7" stroke="#fff" stroke-width="2.4"/><circle cx="${n(251 + i * 8)}" cy="${n(348 - 7 * Math.sin((Math.PI * (i + 0.5)) / 5))}" r="2.2" fill="#ff7a2a"/>`,
  ) +
  '<path d="M230 378h74v6h-74Z" fill="#e9eefb"/>' +
  '<path d="M266 214l7 14h-14Z" fill="#f4efe6" opacity="0"/><circle cx="283" cy="238" r="14" fill="#fbf7ef"/><circle cx="283" cy="238" r="10" fill="url(#window)"/><path d="M283 228v20M273 238h20" stroke="#fbf7ef" stroke-width="2.4"/>';

const attic = () =>
  '<path d="M330 176L470 86L724 258V272H330Z" fill="url(#attic)"/>' +
  '<path d="M330 176L470 86L724 258" fill="none" stroke="#8a4f2c" stroke-width="16" opacity=".45"/>' +
  many(
    6,
    (i) =>
      `<path d="M${376 + i * 46} 272V${n(i < 2 ? 152 - i * 30 : 122 + (i - 2) * 31)}" stroke="#9a5c33" stroke-width="2" opacity=".32"/>`,
  ) +
  // lamp over the bed
  '<path d="M408 132V186" stroke="#5a3420" stroke-width="2"/><ellipse cx="408" cy="206" rx="76" ry="62" fill="url(#lamp)"/><path d="M396 200L402 184H414L420 200Z" fill="#b3242b"/><ellipse cx="408" cy="200" rx="12" ry="3" fill="#fff4cf"/>' +
  // the bed
  '<path d="M346 232H354V272H346ZM448 250H455V272H448Z" fill="#6b3f27"/><rect x="352" y="252" width="98" height="12" rx="4" fill="#f7f1e6"/>' +
  '<path d="M380 254C384 240 400 238 420 240S448 244 449 262H380Z" fill="#3f6ea8"/><path d="M380 256C386 243 402 241 420 243" fill="none" stroke="#7fa9d6" stroke-width="3"/>' +
  '<rect x="355" y="242" width="28" height="13" rx="6" fill="#fff"/><circle cx="376" cy="243" r="7.5" fill="#f3c7a1"/><path d="M368 243a8 8 0 0 1 15 -5q-6 3 -15 5Z" fill="#6b4427"/>' +
  // the wall to the bathroom
  '<path d="M486 96V272" stroke="#8a5632" stroke-width="6"/>' +
  '<path d="M489 100L724 258V272H489Z" fill="#cfe6e6" opacity=".55"/>' +
  many(
    5,
    (i) =>
      `<path d="M489 ${168 + i * 21}H${n(Math.min(720, 590 + i * 31))}" stroke="#fff" stroke-width="1.3" opacity=".5"/>`,
  ) +
  many(
    8,
    (i) =>
      `<path d="M${512 + i * 26} ${n(126 + i * 16.5)}V272" stroke="#fff" stroke-width="1.3" opacity=".45"/>`,
  ) +
  // the bath
  '<path d="M524 236H626C626 256 616 264 604 264H546C534 264 524 256 524 236Z" fill="#fff"/><path d="M524 236H626C626 241 625.500 245 624 249H526C524.500 245 524 241 524 236Z" fill="#dfeaf2"/>' +
  '<path d="M519 232H631V238H519Z" fill="#fff"/><path d="M542 264v8M608 264v8" stroke="#b98a4e" stroke-width="5"/>' +
  '<circle cx="546" cy="230" r="8" fill="#fff"/><circle cx="558" cy="227" r="9" fill="#fff"/><circle cx="572" cy="230" r="8" fill="#f3f8ff"/><circle cx="584" cy="228" r="7" fill="#fff"/>' +
  '<circle cx="606" cy="222" r="9.500" fill="#f0bf98"/><path d="M597 220a10 10 0 0 1 19 -2q-1 -9 -9.500 -10t-9.500 12Z" fill="#4d2f20"/><path d="M601 224q3 2 5 0" stroke="#7a3b22" stroke-width="1.500" fill="none"/>' +
  '<path d="M634 238V214h-14v7" fill="none" stroke="#c0883f" stroke-width="4" opacity="0"/>' +
  '<path d="M500 210h16M500 220h16M500 230h16M500 240h16M500 250h16M500 206v50M516 206v50" stroke="#c98a50" stroke-width="3.200" stroke-linecap="round"/><path d="M499 216h18v24h-18Z" fill="#b3242b" opacity=".9"/>' +
  '<path d="M552 208q-9 -11 0 -22t0 -22M574 206q-10 -13 0 -26t0 -26M594 200q-8 -10 0 -20t0 -20" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".65" filter="url(#soft3)"/>';

const living = () =>
  '<rect x="330" y="284" width="222" height="142" fill="url(#room)"/>' +
  many(8, (i) => `<path d="M${356 + i * 27} 284V420" stroke="#c9803f" stroke-width="1.4" opacity=".28"/>`) +
  '<rect x="330" y="418" width="222" height="8" fill="#8a5230"/>' +
  // a window towards the evening
  '<rect x="440" y="304" width="58" height="52" fill="#fff7ea"/><rect x="445" y="309" width="48" height="42" fill="#3d4a86"/><path d="M445 338L460 324L470 334L480 326L493 340V351H445Z" fill="#b86b7c"/><path d="M469 309V351M445 330H493" stroke="#fff7ea" stroke-width="3.500"/>' +
  '<path d="M436 301h14q-2 34 -10 56h-6ZM502 301h-14q2 34 10 56h6Z" fill="#b3242b" opacity=".85"/>' +
  // the radiator below it
  '<rect x="440" y="374" width="60" height="32" rx="4" fill="#fffaf0"/>' +
  many(7, (i) => `<path d="M${446 + i * 8} 378v24" stroke="#d9b98d" stroke-width="2"/>`) +
  '<path d="M452 368q-5 -6 0 -12M470 369q-6 -7 0 -14M488 368q-5 -6 0 -12" fill="none" stroke="#ff6b3a" stroke-width="3" stroke-linecap="round" opacity=".75"/>' +
  // lamp, armchair, reader, cat
  '<ellipse cx="372" cy="346" rx="92" ry="88" fill="url(#lamp)"/>' +
  '<path d="M350 418V330" stroke="#5a3420" stroke-width="3"/><path d="M336 334L343 312H357L364 334Z" fill="#fff1c6"/><path d="M342 418h16" stroke="#5a3420" stroke-width="4" stroke-linecap="round"/>' +
  '<path d="M372 366Q372 350 386 350Q398 350 399 366L402 392H420Q428 392 428 400V414H372Z" fill="#2f6f73"/><path d="M368 384Q368 378 375 378T382 384V414H368Z" fill="#3f8b8e"/><path d="M376 414v5M424 414v5" stroke="#4d2d1d" stroke-width="4"/>' +
  '<circle cx="396" cy="356" r="9" fill="#f3c39b"/><path d="M387 356a9.500 9.500 0 0 1 17 -5q-7 0 -10 6l-3 7Z" fill="#d9d3cf"/><path d="M388 366Q400 362 408 372L412 390H392Z" fill="#c14a35"/><path d="M402 376L420 380" stroke="#c14a35" stroke-width="6" stroke-linecap="round"/><path d="M394 390H426V414" fill="none" stroke="#33406b" stroke-width="9" stroke-linejoin="round" stroke-linecap="round"/>' +
  '<path d="M414 372L424 366L434 374L424 380Z" fill="#fff"/><path d="M424 366V380" stroke="#c9b79a" stroke-width="1.200"/>' +
  '<ellipse cx="470" cy="419" rx="62" ry="4.500" fill="#b3242b" opacity=".8"/><path d="M450 418C450 406 464 404 474 408C482 411 482 418 478 418Z" fill="#4a4046"/><circle cx="453" cy="409" r="6" fill="#4a4046"/><path d="M448 406l1 -7l5 4ZM454 403l5 -4l0 6Z" fill="#4a4046"/><path d="M478 416q10 -2 8 -10" stroke="#4a4046" stroke-width="3.500" fill="none" stroke-linecap="round"/>' +
  // the shelf
  '<path d="M510 330h34M510 360h34" stroke="#7a4a2c" stroke-width="4"/><path d="M514 328v-16h5v16M521 328v-20h6v20M529 328v-14h5v14M536 328l5 -17" fill="none" stroke="#b3242b" stroke-width="4"/><path d="M516 358v-15h5v15M524 358v-12h6v12" fill="none" stroke="#2f6f73" stroke-width="4"/><path d="M537 358q-8 -10 -4 -16q5 4 4 16q1 -12 7 -13q1 7 -7 13Z" fill="#4f8a4a"/>';

const utility = () =>
  '<rect x="558" y="284" width="170" height="142" fill="url(#utility)"/><rect x="558" y="418" width="170" height="8" fill="#8f8a97"/>' +
  many(6, (i) => `<path d="M558 ${304 + i * 20}H728" stroke="#d8ab74" stroke-width="1.2" opacity=".35"/>`) +
  '<ellipse cx="640" cy="304" rx="120" ry="80" fill="url(#lamp)" opacity=".6"/>' +
  // pipes between pump, tank and house
  '<g fill="none" stroke-linejoin="round" stroke-linecap="round"><path d="M590 322V300H546M604 322V308H684V316" stroke="#b86a3e" stroke-width="6"/><path d="M590 322V300H546M604 322V308H684V316" stroke="#f3b78a" stroke-width="2"/><path d="M618 322V316H700V322" stroke="#8fa3b8" stroke-width="5"/></g>' +
  // the heat pump
  '<ellipse cx="600" cy="422" rx="44" ry="5" fill="#5a3a24" opacity=".55"/>' +
  '<rect x="570" y="320" width="60" height="100" rx="5" fill="url(#cabinet)"/><rect x="570" y="408" width="60" height="12" rx="3" fill="#4a515b"/><path d="M571 372H629" stroke="#a5adb7" stroke-width="2"/><path d="M571 404H629" stroke="#b3242b" stroke-width="2.600"/>' +
  '<rect x="586" y="328" width="28" height="38" rx="5" fill="#1d232c"/><rect x="590" y="332" width="20" height="13" rx="2" fill="#bfe6fb"/><circle cx="600" cy="355.500" r="7" fill="#ff8a4a" opacity=".8" filter="url(#soft3)"/><circle cx="600" cy="355.500" r="6" fill="#c3cad2"/><circle cx="600" cy="355.500" r="4" fill="#2b323c"/>' +
  // the hot water tank, cut open
  '<ellipse cx="692" cy="422" rx="36" ry="5" fill="#5a3a24" opacity=".55"/>' +
  '<path d="M664 334Q664 316 692 316T720 334V414H664Z" fill="url(#tank)"/><path d="M668 414h8v7h-8ZM708 414h8v7h-8Z" fill="#5d6570"/>' +
  '<rect x="674" y="332" width="36" height="74" rx="14" fill="url(#water)"/><rect x="674" y="332" width="36" height="74" rx="14" fill="none" stroke="#8d97a5" stroke-width="2"/>' +
  '<path d="M684 392q8 -8 16 0M684 376q8 -8 16 0M684 360q8 -8 16 0" fill="none" stroke="#fff" stroke-width="2.600" stroke-linecap="round" opacity=".75"/><path d="M680 344v46" stroke="#fff" stroke-width="3" stroke-linecap="round" opacity=".45"/>';

const frame = () =>
  // floors, walls, slab with the loops of the floor heating
  '<rect x="326" y="270" width="406" height="15" fill="url(#timber)"/><rect x="551" y="284" width="8" height="142" fill="#7a4a2c"/>' +
  '<rect x="322" y="426" width="418" height="18" fill="#9a96a5"/><rect x="322" y="426" width="418" height="4" fill="#c9c5d2"/>' +
  many(
    15,
    (i) =>
      `<circle cx="${342 + i * 14.4}" cy="436" r="6.500" fill="#ff7a3c" opacity=".6" filter="url(#soft3)"/><circle cx="${342 + i * 14.4}" cy="436" r="3.600" fill="#ffb25c"/>`,
  ) +
  '<path d="M728 252H742V432H728Z" fill="#8e2a22"/><path d="M728 252H733V432H728Z" fill="#f0c98c"/>' +
  '<path d="M326 174H334V432H326Z" fill="#6b1d18"/>' +
  // rafters and roof
  '<path d="M160 296L470 92L780 302L774 311L470 108L166 305Z" fill="#5a3322"/><path d="M150 292L470 80L792 297L784 306L470 95L158 301Z" fill="#2d2230"/>' +
  '<path d="M144 292C140 280 150 276 162 270L452 72Q470 60 488 72L782 268C798 276 804 286 800 297C794 304 786 300 780 296L484 98Q470 88 456 98L168 292C160 300 150 302 144 292Z" fill="url(#roofSnow)"/>' +
  '<path d="M160 274L454 74Q470 63 486 74L620 163" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".9"/>' +
  '<path d="M158 300l3 20l4 -21ZM176 292l3 26l5 -29ZM774 296l4 26l5 -24ZM790 301l3 15l4 -16ZM756 283l3 18l4 -15Z" fill="#e7f1ff" opacity=".9"/>' +
  // the chimney
  '<path d="M560 72H594V146L560 122Z" fill="#7a3b33"/><path d="M560 72H570V129L560 122Z" fill="#9a4c40"/><path d="M553 60Q577 48 601 60L598 75H556Z" fill="url(#roofSnow)"/>';

const foreground = () => {
  const r = chance(99);
  return (
    spruce(58, 428, 236, { seed: 3 }) +
    spruce(128, 436, 150, { seed: 5, dark: '#182b44' }) +
    spruce(930, 424, 268, { seed: 8 }) +
    spruce(846, 432, 164, { seed: 13, dark: '#182b44' }) +
    spruce(990, 436, 190, { seed: 21 }) +
    '<path d="M-10 428C40 416 100 430 160 434C120 446 50 440 -10 446ZM1010 424C950 412 890 426 820 434C870 446 960 438 1010 444Z" fill="#dfe8fb"/>' +
    many(
      46,
      () =>
        `<circle cx="${n(r(0, WIDTH))}" cy="${n(r(10, 420))}" r="${n(r(1, 2.8))}" fill="#fff" opacity="${n(r(0.3, 0.85))}"/>`,
    )
  );
};

const strokes =
  '<linearGradient id="sky" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" y2="410"><stop offset="0" stop-color="#0d1c3c"/><stop offset=".36" stop-color="#283f74"/><stop offset=".6" stop-color="#6a5590"/><stop offset=".76" stop-color="#b9667a"/><stop offset=".9" stop-color="#f09a64"/><stop offset="1" stop-color="#ffcf8f"/></linearGradient>' +
  '<linearGradient id="downStroke" gradientUnits="userSpaceOnUse" x1="0" y1="426" x2="0" y2="650"><stop offset="0" stop-color="#8ff0ff"/><stop offset=".6" stop-color="#4aa8ff"/><stop offset="1" stop-color="#8d7dff"/></linearGradient>' +
  '<linearGradient id="upStroke" gradientUnits="userSpaceOnUse" x1="0" y1="426" x2="0" y2="650"><stop offset="0" stop-color="#ffe08a"/><stop offset=".6" stop-color="#ff9a4a"/><stop offset="1" stop-color="#ff5f4a"/></linearGradient>' +
  '<linearGradient id="turn" gradientUnits="userSpaceOnUse" x1="585" y1="0" x2="615" y2="0"><stop offset="0" stop-color="#8d7dff"/><stop offset="1" stop-color="#ff5f4a"/></linearGradient>';

export const scene =
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><defs>${defs}${strokes}</defs>` +
  backdrop() +
  ground() +
  den() +
  borehole() +
  snowCover() +
  '<ellipse cx="500" cy="330" rx="330" ry="210" fill="url(#spill)" opacity=".35"/>' +
  attic() +
  living() +
  utility() +
  facade() +
  frame() +
  '<path d="M581 426h8v20h-8Z" fill="#7fe3ff"/><path d="M611 426h8v20h-8Z" fill="#ffd27a"/>' +
  foreground() +
  `<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#corner)"/></svg>`;
