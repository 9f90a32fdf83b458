/** What the HomeyScript set-up is made of, and what each variable is on the device. */
export const VARIABLES: Readonly<Record<string, string>> = {
  thermia_refresh_token: 'the sign-in of the app',
  thermia_hotwater_command: 'capability onoff, and the Flow cards of the device',
  thermia_hotwater_status: 'capability onoff',
  thermia_temp_hot_water: 'capability measure_temperature',
  thermia_temp_outdoor: 'capability measure_temperature.outdoor',
  thermia_temp_supply: 'capability measure_temperature.supply',
  thermia_temp_brine_in: 'capability measure_temperature.brine_in',
};

/** `isNeeded`: the scripts go on running. */
export const replacementOf = (name: string, isNeeded: boolean): string => {
  const replacement = VARIABLES[name] ?? '';
  if (name !== TOKEN_VARIABLE) return replacement;
  return `${replacement}; it holds a token: delete it ${isNeeded ? 'when no Flow runs the scripts any more' : 'yourself'}`;
};

const TOKEN_VARIABLE = 'thermia_refresh_token';
export const COMMAND_VARIABLE = 'thermia_hotwater_command';
export const TANK_VARIABLE = 'thermia_temp_hot_water';

export const READ_SCRIPT = 'thermia_read_temperatures';
export const HOT_WATER_SCRIPT = 'thermia_hotwater';

const HOMEYSCRIPT = 'homey:app:com.athom.homeyscript:';

export const isScriptCard = (id: string): boolean => id.startsWith(`${HOMEYSCRIPT}run`);

const CRON = 'homey:manager:cron:';
const LOGIC = 'homey:manager:logic:';

export const CARDS = {
  /** `time`, as HH:MM. */
  time: `${CRON}time_exactly`,
  /** Every so often; what it is called has changed with the firmware. */
  isPeriod: (id: string): boolean => id.startsWith(`${CRON}every`),
  /** `time1`, `time2`. */
  between: `${CRON}time_between`,
  /** `comparator`, against the tag that was dropped on it. */
  less: `${LOGIC}lt`,
  /** `variable`, `value`. */
  isSet: (id: string): boolean => id.startsWith(`${LOGIC}variable_set`),
} as const;
