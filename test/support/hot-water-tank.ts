/**
 * A hot water tank with a heat pump on it, simple and strict: one temperature, what the household draws, what leaks
 * through the walls, and a pump that heats between its own two temperatures while its switch lets it.
 */
export interface TankFigures {
  readonly litres: number;
  readonly startsBelow: number;
  readonly stopsAt: number;
  /** kW of heat and the kW of electricity it takes. */
  readonly heat: number;
  readonly power: number;
  /** W for each degree above the room. */
  readonly leak: number;
}

export const TANK: TankFigures = {
  litres: 180,
  startsBelow: 53,
  stopsAt: 58,
  heat: 6,
  power: 2.2,
  leak: 1.8,
};

export interface Tank {
  readonly temperature: number;
  readonly heating: boolean;
}

const ROOM = 20;
const KWH_PER_LITRE_KELVIN = 4.186 / 3600;

/** What one minute does. `drawn` is the heat taken in that minute, kWh. */
export function aMinuteLater(tank: Tank, allowed: boolean, drawn: number, figures = TANK): Tank {
  const capacity = figures.litres * KWH_PER_LITRE_KELVIN;
  const { temperature } = tank;
  const wants = tank.heating ? temperature < figures.stopsAt : temperature < figures.startsBelow;
  const heating = allowed && wants;
  const gained = heating ? figures.heat / 60 : 0;
  const leaked = ((temperature - ROOM) * figures.leak) / 1000 / 60;
  return { temperature: Math.max(10, temperature + (gained - leaked - drawn) / capacity), heating };
}

/** The most a minute can cool the tank by, °C. */
export const coolingOf = (drawn: number, temperature: number, figures = TANK): number =>
  (drawn + ((temperature - ROOM) * figures.leak) / 1000 / 60) / (figures.litres * KWH_PER_LITRE_KELVIN);
