import { Problem } from '../problem.js';

const bare = (name: string): string => name.toUpperCase().replace(/^REG_+/, '');

/** The controls that are written to a register under a name of their own, by the register's bare name. */
export const OWNERS: Readonly<Record<string, string>> = {
  HOT_WATER_STATUS: 'hot_water',
  HOT_WATER_BOOST: 'hot_water_boost',
  ACTIVATE_COOLING: 'cooling',
  OPERATIONMODE: 'operation_mode',
  DESIRED_INDOOR_TEMPERATURE: 'heating_target',
  HEATING_HEAT_CURVE: 'curve.level',
  HEATING_HEAT_CURVE_MIN: 'curve.min',
  HEATING_HEAT_CURVE_MAX: 'curve.max',
  HEATING_CURVE_PLUS5: 'curve.plus_5',
  HEATING_CURVE_0: 'curve.zero',
  HEATING_CURVE_MINUS5: 'curve.minus_5',
  CURVE_MINUS_5: 'curve.minus_5',
  HEATING_HEAT_STOP: 'curve.heat_stop',
  HEATING_STOP: 'curve.heat_stop',
  HEATING_ROOM_FACTOR: 'curve.room_factor',
  ROOM_FACTOR: 'curve.room_factor',
};

/** What can be set, by its own id or by the name of its register; case and the `REG_` in front do not matter. */
export const findControl = <T>(controls: ReadonlyMap<string, T>, wanted: string): T => {
  const word = wanted.toLowerCase();
  const owner = OWNERS[bare(wanted)];
  for (const [id, control] of controls) {
    if (id.toLowerCase() === word || id === owner) return control;
    if (id.startsWith('register.') && bare(id.slice('register.'.length)) === bare(wanted)) return control;
  }
  const ids = [...controls.keys()].join(', ');
  throw new Problem(
    'not_found',
    `This heat pump has nothing to set under ${wanted}; it has ${ids === '' ? 'nothing' : ids}.`,
  );
};

/** A register by its name; case and the `REG_` in front do not matter. */
export const findRegister = <T extends { readonly registerName: string }>(
  all: readonly T[],
  wanted: string,
): T => {
  const found =
    all.find(({ registerName }) => registerName === wanted) ??
    all.find(({ registerName }) => bare(registerName) === bare(wanted));
  if (found !== undefined) return found;
  const names = all.map(({ registerName }) => registerName).sort();
  throw new Problem('not_found', `There is no register ${wanted}; there are ${names.join(', ')}.`);
};
