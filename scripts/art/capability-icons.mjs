// Capability icons on a 960 canvas; one weight, so that a row of them reads as one family.
import { circle, cut, drop, fill, line, rect } from './outline.mjs';

const W = 64;
const draw = (d, options) => line(d, W, options);
const turned = (degrees, [x, y], [cx, cy]) => {
  const a = (degrees * Math.PI) / 180;
  const [dx, dy] = [x - cx, y - cy];
  return `${(cx + dx * Math.cos(a) - dy * Math.sin(a)).toFixed(1)} ${(cy + dx * Math.sin(a) + dy * Math.cos(a)).toFixed(1)}`;
};

/** A thermometer: glass, and its filling up to `level` (0 empty, 1 full). */
function thermometer(cx, top, bottom, { r = 128, level = 0.6 } = {}) {
  const tube = r * 0.6;
  const cy = bottom - r;
  const join = cy - Math.sqrt(r * r - tube * tube);
  const surface = join - (join - top - tube) * level;
  return [
    draw(
      `M${cx - tube} ${top + tube}A${tube} ${tube} 0 0 1 ${cx + tube} ${top + tube}V${join}` +
        `A${r} ${r} 0 1 1 ${cx - tube} ${join}Z`,
    ),
    line(`M${cx} ${surface}V${cy}`, 56),
    fill(circle(cx, cy, r * 0.5)),
  ];
}

function snowflake(cx, cy, r) {
  return [0, 60, 120].flatMap((degrees) => {
    const at = (x, y) => turned(degrees, [cx + x * r, cy + y * r], [cx, cy]);
    return [
      draw(`M${at(0, -1)}L${at(0, 1)}`),
      draw(`M${at(-0.3, -0.86)}L${at(0, -0.56)}L${at(0.3, -0.86)}`),
      draw(`M${at(-0.3, 0.86)}L${at(0, 0.56)}L${at(0.3, 0.86)}`),
    ];
  });
}

function smallSnowflake(cx, cy, r) {
  return [0, 60, 120].map((degrees) => {
    const at = (x, y) => turned(degrees, [cx + x * r, cy + y * r], [cx, cy]);
    return draw(`M${at(0, -1)}L${at(0, 1)}`);
  });
}

/** A thermometer as a silhouette, for use inside something else. */
const smallThermometer = (cx, top, bottom) => [
  line(`M${cx} ${top + 40}V${bottom - 78}`, 80),
  fill(circle(cx, bottom - 84, 84)),
];

const wave = (x, y, step, count, height, width = W) => {
  let d = `M${x} ${y}`;
  for (let i = 0; i < count; i += 1) d += `q${step / 2} ${i % 2 ? height : -height} ${step} 0`;
  return line(d, width);
};
const pump = (cx, cy, r) => {
  const s = r * 0.44;
  return [
    draw(circle(cx, cy, r)),
    line(`M${cx - s * 0.8} ${cy - s}L${cx + s} ${cy}L${cx - s * 0.8} ${cy + s}Z`, 36),
    fill(`M${cx - s * 0.8} ${cy - s}L${cx + s} ${cy}L${cx - s * 0.8} ${cy + s}Z`),
  ];
};
const arrowRight = (x, y, length, head = 110) =>
  draw(
    `M${x} ${y}H${x + length}M${x + length - head} ${y - head}L${x + length} ${y}L${x + length - head} ${y + head}`,
  );
const arrowLeft = (x, y, length, head = 110) =>
  draw(
    `M${x} ${y}H${x - length}M${x - length + head} ${y - head}L${x - length} ${y}L${x - length + head} ${y + head}`,
  );
const bolt = (x, y, s) =>
  `M${x + 0.62 * s} ${y}L${x} ${y + 1.12 * s}H${x + 0.42 * s}L${x + 0.3 * s} ${y + 2 * s}L${x + 0.96 * s} ${y + 0.8 * s}H${x + 0.52 * s}Z`;
const tank = (x, y, w, h) => draw(rect(x, y, w, h, 150));

export const capabilityIcons = {
  // Temperatures
  temperature: [...thermometer(390, 70, 890, { r: 150 }), draw('M650 180H790M650 340H730M650 500H790')],
  temperature_outdoor: [
    ...thermometer(250, 70, 890, { r: 140, level: 0.3 }),
    draw('M670 130L500 400H590L460 630H880L750 400H840ZM670 630V860'),
  ],
  temperature_indoor: [
    draw('M80 470L480 100L880 470M180 385V860H780V385'),
    ...smallThermometer(480, 350, 750),
  ],
  temperature_supply: [...thermometer(250, 70, 890, { r: 140, level: 0.85 }), arrowRight(510, 400, 380, 130)],
  temperature_return: [...thermometer(250, 70, 890, { r: 140, level: 0.45 }), arrowLeft(890, 400, 380, 130)],
  temperature_supply_target: [
    ...thermometer(250, 70, 890, { r: 140, level: 0.85 }),
    draw('M500 400H540M640 400H690M790 400H880M760 270L890 400L760 530'),
  ],
  temperature_brine_in: [
    ...thermometer(250, 70, 890, { r: 140, level: 0.45 }),
    draw('M480 800H900M690 610V110M550 250L690 110L830 250'),
  ],
  temperature_brine_out: [
    ...thermometer(250, 70, 890, { r: 140, level: 0.2 }),
    draw('M480 800H900M690 110V610M550 470L690 610L830 470'),
  ],
  temperature_tank: [
    tank(190, 60, 580, 780),
    draw('M310 840V900M650 840V900'),
    ...smallThermometer(480, 210, 690),
  ],
  temperature_pool: [
    ...thermometer(480, 50, 580, { r: 116, level: 0.5 }),
    cut(wave(80, 690, 200, 4, 110, 150)),
    wave(80, 690, 200, 4, 110),
    wave(80, 850, 200, 4, 110),
  ],
  temperature_cooling: [
    ...thermometer(250, 70, 890, { r: 140, level: 0.2 }),
    ...smallSnowflake(690, 340, 210),
  ],

  // Hot water and heating
  hot_water: [draw(drop(480, 60, 268)), draw('M350 640A134 134 0 0 0 480 766')],
  hot_water_boost: [draw(drop(480, 60, 276)), fill(bolt(372, 420, 168)), line(bolt(372, 420, 168), 24)],
  hot_water_plan: [
    draw(rect(100, 170, 760, 700, 90)),
    draw('M300 70V250M660 70V250'),
    draw('M100 370H860'),
    fill(drop(480, 450, 104)),
    line(drop(480, 450, 104), 20),
  ],
  heating_target: [
    ...thermometer(300, 70, 890, { r: 150 }),
    draw('M570 340L710 200L850 340M570 580L710 720L850 580'),
  ],
  cooling_allowed: snowflake(480, 480, 400),

  // What the pump does
  heat_pump_mode: [
    draw(circle(480, 540, 240)),
    draw('M480 540L600 420'),
    ...[-130, -78, -26, 26, 78, 130].map((degrees) =>
      fill(circle(...turned(degrees, [480, 130], [480, 540]).split(' ').map(Number), 52)),
    ),
  ],
  heat_pump_activity: [draw('M60 520H240L370 180L560 800L680 520H900')],
  compressor_running: [draw(circle(480, 480, 390)), draw('M196 236L838 330M196 724L838 630')],
  brine_pump_running: [
    ...pump(480, 300, 220),
    draw('M260 300H110M700 300H850'),
    draw('M110 300V640A240 240 0 0 0 350 880H610A240 240 0 0 0 850 640V300'),
  ],
  circulation_pump_running: [
    ...pump(480, 480, 250),
    draw('M60 480H230M730 480H900'),
    draw('M150 250A400 400 0 0 1 810 250M150 710A400 400 0 0 0 810 710'),
  ],
  aux_heater_running: [
    draw('M130 130V830'),
    draw('M130 260H730A90 90 0 0 1 730 440H340A20 20 0 0 0 340 520H730A90 90 0 0 1 730 700H130'),
  ],
  aux_heater_step: [
    draw('M110 130V830'),
    draw('M110 260H490A90 90 0 0 1 490 440H300A20 20 0 0 0 300 520H490A90 90 0 0 1 490 700H110'),
    draw('M730 700H860M730 480H860M730 260H860'),
  ],
  meter_operating_hours: [draw(circle(480, 480, 390)), draw('M480 230V480L650 600')],
  measure_integral: [
    draw('M120 90V840H870'),
    draw('M120 640C300 640 330 260 500 260S700 470 850 470'),
    fill('M230 740V690C380 640 400 360 500 360S640 520 760 560V740Z'),
  ],
  measure_pid: [
    draw('M120 90V840H870'),
    draw('M120 840C230 840 260 200 390 200S520 520 610 520S720 400 870 400'),
  ],
  measure_defrost_interval: [
    ...smallSnowflake(330, 330, 260),
    cut(fill(circle(660, 660, 316))),
    draw(circle(660, 660, 220)),
    draw('M660 540V660L740 710'),
  ],
  measure_last_defrost: [
    ...smallSnowflake(490, 520, 160),
    draw('M170 300A360 360 0 1 1 120 520M170 110V300H360'),
  ],
  meter_defrosts: [
    ...smallSnowflake(480, 300, 250),
    fill(drop(250, 640, 84)),
    fill(drop(710, 640, 84)),
    fill(drop(480, 690, 84)),
  ],

  // Messages and actions
  problem_text: [
    draw(
      'M170 120H790A90 90 0 0 1 880 210V600A90 90 0 0 1 790 690H520L320 860V690H170A90 90 0 0 1 80 600V210A90 90 0 0 1 170 120Z',
    ),
    draw('M480 250V420'),
    fill(circle(480, 556, 46)),
  ],
  hot_water_rescue: [
    draw(circle(480, 480, 390)),
    draw(circle(480, 480, 160)),
    draw('M204 204L367 367M756 204L593 367M204 756L367 593M756 756L593 593'),
  ],
  sign_out: [
    draw('M400 110H200A90 90 0 0 0 110 200V760A90 90 0 0 0 200 850H400'),
    draw('M370 480H870M690 300L870 480L690 660'),
  ],
  refresh: [
    draw('M845 410A372 372 0 0 0 200 240L110 330M115 550A372 372 0 0 0 760 720L850 630'),
    draw('M110 130V330H310M850 830V630H650'),
  ],
};
capabilityIcons.heat_pump_mode_status = capabilityIcons.heat_pump_mode;
