import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import { shown } from '../../terminal/format.js';
import type { Shell } from '../../shell.js';
import type { Homey } from '../client.js';
import { chooseDevice, findCapability, hotWaterSwitch, type Capability, type Device } from '../devices.js';
import { withHomey } from '../sign-in.js';

const ON = new Set(['on', 'true', 'yes', '1']);
const OFF = new Set(['off', 'false', 'no', '0']);

const readNumber = (text: string, { id, min, max, units }: Capability): number => {
  const number = Number(text.replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(number)) {
    throw new Problem('usage', `${id} takes a number, and "${text}" is none.`);
  }
  if (number < (min ?? number) || number > (max ?? number)) {
    const unit = units ?? '';
    throw new Problem(
      'refused',
      `${id} takes ${min ?? '…'} to ${max ?? '…'} ${unit}`.trimEnd() + `, and ${text} is outside.`,
    );
  }
  return number;
};

/** What was typed as a value of this capability, checked before anything is sent. */
export const readValue = (text: string, capability: Capability): boolean | number | string => {
  const { id, type, values } = capability;
  const word = text.trim().toLowerCase();
  if (type === 'boolean') {
    if (ON.has(word)) return true;
    if (OFF.has(word)) return false;
    throw new Problem('usage', `${id} takes on or off, and "${text}" is neither.`);
  }
  if (type === 'number') return readNumber(text, capability);
  if (type === 'enum' && values !== null && values !== undefined) {
    const found = values.find(
      (value) => value.id.toLowerCase() === word || value.title?.toLowerCase() === word,
    );
    if (found !== undefined) return found.id;
    throw new Problem(
      'refused',
      `${id} takes ${values.map((value) => value.id).join(', ')}, and "${text}" is none of them.`,
    );
  }
  return text;
};

const change = async (
  shell: Shell,
  homey: Homey,
  device: Device,
  capability: Capability,
  text: string,
): Promise<void> => {
  const { id } = capability;
  if (!capability.setable) {
    throw new Problem('refused', `${id} of "${device.name}" can be read and not set.`);
  }
  const value = readValue(text, capability);
  const wasSo = capability.value === value;
  // Resolves when the app has taken it; a refusal of the app, or of the pump, rejects with the app's own sentence.
  if (!wasSo)
    await homey.call('devices', 'setCapabilityValue', { deviceId: device.id, capabilityId: id, value });
  if (shell.out.json) {
    shell.out.data({ device: device.id, capability: id, value, previous: capability.value, sent: !wasSo });
    return;
  }
  const is = `${capability.title} of ${device.name}`;
  const now = shown(value, capability.units, capability.decimals);
  shell.out.print(
    wasSo
      ? `${is} is ${now} already.`
      : `${now} was sent for ${is}; it was ${shown(capability.value, capability.units, capability.decimals)}.`,
  );
};

const ControlOptions = z.object({ device: z.string().optional() });
type ControlOptions = z.output<typeof ControlOptions>;
const deviceOption = {
  flags: '--device <name>',
  means: 'which device, by name or id, where there are several heat pumps',
};

export const set: Leaf<ControlOptions> = {
  usage: 'set <capability> <value>',
  summary: 'set a capability of a heat pump, or of any device',
  details:
    'Values are checked against the limits of the capability before anything is sent. Nothing is sent where it is so already. Whether the heat pump then takes it, `thermia homey status` shows.',
  examples: [
    'thermia homey set target_temperature.indoor 21',
    'thermia homey set heat_pump_mode auto',
    'thermia homey set onoff off --device "Hallway lamp"',
  ],
  options: [deviceOption],
  schema: ControlOptions,
  run: (shell, { device: wanted }, [id = '', text = '']) =>
    withHomey(shell, async (homey) => {
      const device = await chooseDevice(homey, wanted);
      await change(shell, homey, device, findCapability(device, id), text);
    }),
};

export const hotWater: Leaf<ControlOptions> = {
  usage: 'hot-water [state]',
  values: [['on', 'off', 'status']],
  summary: 'switch hot water on or off, or show what it is',
  examples: ['thermia homey hot-water', 'thermia homey hot-water on'],
  options: [deviceOption],
  schema: ControlOptions,
  run: (shell, { device: wanted }, [text]) =>
    withHomey(shell, async (homey) => {
      const device = await chooseDevice(homey, wanted);
      const onoff = hotWaterSwitch(device);
      if (text !== undefined && text !== 'status') {
        await change(shell, homey, device, onoff, text);
        return;
      }
      const tank = device.capabilities.find(({ id }) => id === 'measure_temperature') ?? null;
      if (shell.out.json) {
        shell.out.data({
          device: device.id,
          on: onoff.value,
          temperature: tank?.value ?? null,
          available: device.available,
        });
        return;
      }
      const warm = tank === null ? '' : `, ${shown(tank.value, tank.units, tank.decimals)}`;
      const old = device.available
        ? ''
        : ` (last known: ${device.unavailableMessage ?? 'the device is not available'})`;
      shell.out.print(`Hot water of ${device.name} is ${shown(onoff.value)}${warm}${old}.`);
    }),
};
