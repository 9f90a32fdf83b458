import type { Register } from '../../../../lib/thermia/cloud/wire.js';
import type { DecodedTopic } from '../../../../lib/thermia/pump/index.js';
import type { Topic } from '../../../../lib/thermia/source.js';
import type { ParsedPump } from './wire-pumps.js';

/** Registers that only say what others mean. */
const SILENT = /^(COMP_HAS_LINK|REG_ROOM_SENSOR_ENABLE)$/;

/** What a bit's name is told as, by its end. */
const WORDS: readonly (readonly [end: RegExp, word: string])[] = [
  [/compr(essor)?$/, 'compressor'],
  [/brine_?pump$/, 'brine_pump'],
  [/(radiator|circulation_)pump$/, 'circulation_pump'],
  [/hot_?water$/, 'hot_water'],
  [/heat(ing)?$/, 'heating'],
  [/passive_cool(ing)?$/, 'passive_cooling'],
  [/cool(ing)?$/, 'cooling'],
  [/(defrost|pool|legionella|manual|off|idle|\d+kw)$/, ''],
  [/(standby|no_demand)$/, 'idle'],
];

/**
 * Registers whose value a person who knows none of the tables would miss: it is neither a number that is shown, nor a
 * name, nor a bit, nor kept raw.
 */
export const untold = (
  { groups, status }: ParsedPump,
  decoded: ReadonlyMap<Topic, DecodedTopic>,
): readonly string[] => {
  const topics = [...decoded.values()];
  const readings = topics.flatMap((topic) => Object.entries(topic.readings));
  const values: readonly unknown[] = [
    ...readings.map(([, reading]) => reading.value),
    ...topics.flatMap(({ controls }) => controls.map(({ value }) => value)),
  ];
  const raw = new Map(topics.flatMap(({ unknown }) => [...unknown]));
  const words = new Set([
    ...readings.flatMap(([, { value }]) => (Array.isArray(value) ? value.map(String) : [])),
    ...readings.flatMap(([id, { value }]) => (value === true ? [id.replace('component.', '')] : [])),
  ]);

  const isBitTold = (name: string): boolean => {
    const found = WORDS.find(([end]) => end.test(name.toLowerCase()));
    if (found === undefined) return raw.has(name);
    const [end, word] = found;
    // Waiting is told only where nothing else is going on.
    if (word === 'idle') return true;
    return words.has(word === '' ? (end.exec(name.toLowerCase())?.[1] ?? '') : word);
  };
  const isNamed = ({ valueNames, registerValue }: Register): boolean =>
    (valueNames ?? []).some(
      ({ value, name }) =>
        value === registerValue &&
        values.some((each) =>
          typeof each === 'string' ? name.toLowerCase().endsWith(each) : each === (registerValue === 1),
        ),
    );
  const isTold = (register: Register): boolean => {
    const { registerName: name, registerValue: value, presentation } = register;
    if (value === null || SILENT.test(name) || raw.get(name) === value) return true;
    if (/TEMP|SUPPLY|RETURN|BRINE|TANK/.test(name) && (value <= -50 || value >= 150)) return true;
    if (name === 'REG_INDOOR_TEMPERATURE' && status.hasIndoorTempSensor !== true) return true;
    if ((presentation ?? '').includes('Flags') || (presentation === null && /^COMP_|BITMASK$/.test(name))) {
      return (register.valueNames ?? [])
        .filter(({ value: bit }) => bit !== 0 && (value & bit) === bit)
        .every((bit) => isBitTold(bit.name));
    }
    return isNamed(register) || values.includes(value);
  };
  // A second unit is another pump.
  return [...groups]
    .flatMap(([group, registers]) => (group.endsWith('_SLAVE') ? [] : registers))
    .filter((register) => !isTold(register))
    .map(({ registerName }) => registerName);
};
