import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { call, type ClientDevice, type HomeyClient } from '../../sandbox/client.js';
import { captures } from '../support/captures.js';
import { factsOf, factsOfCapture, type Facts } from '../support/facts.js';
import { devicesOf, eventually, Sandboxes, type RunningSandbox } from '../support/sandbox.js';
import { ask } from '../support/simulator.js';
import { ANY } from './tables/any-pump.js';
import { ALWAYS, BUILT_IN, type Offer } from './tables/built-in-pumps.js';
import { BUTTONS, TITLES } from './tables/titles.js';

const Titled = z.array(z.looseObject({ id: z.string(), title: z.string() }));
const Limited = z.looseObject({ min: z.number(), max: z.number(), step: z.number() });
const Choices = z.array(z.looseObject({ id: z.string(), name: z.string() }));

const sandboxes = new Sandboxes();
afterAll(() => sandboxes.cleanUp());

const pumpIdOf = (device: ClientDevice): string => String(device.settings['installation']);

/** What the offer says of the pump as it is, where it has it. */
const expected = (offer: Offer, facts: Facts): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries({ ...offer, ...ALWAYS })
      .map(([id, source]) => [id, source(facts)] as const)
      .filter(([, value]) => value !== undefined),
  );
const shownBy = ({ capabilities, capabilitiesObj }: ClientDevice): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    capabilities.filter((id) => !id.startsWith('button')).map((id) => [id, capabilitiesObj[id]?.value]),
  );
const titlesOf = ({ capabilities, capabilitiesObj }: ClientDevice): Readonly<Record<string, unknown>> =>
  Object.fromEntries(capabilities.map((id) => [id, capabilitiesObj[id]?.title]));

const inLanguage = (device: ClientDevice, index: 0 | 1): Readonly<Record<string, unknown>> =>
  Object.fromEntries(device.capabilities.map((id) => [id, TITLES[id]?.[index]]));

const readNow = (client: HomeyClient, { id }: ClientDevice): Promise<unknown> =>
  call(client, 'flow', 'runFlowCardAction', { id: `homey:device:${id}:read_now`, args: {} });

describe('built-in pumps', () => {
  let running: RunningSandbox;
  const clients: HomeyClient[] = [];

  beforeAll(async () => {
    const [english, swedish] = await Promise.all([
      sandboxes.start(['--all-pumps']),
      sandboxes.start(['--all-pumps', '--language', 'sv']),
    ]);
    running = english;
    await ask(running, '/behaviour', { method: 'PUT', body: { writeLatencyMs: 500 } });
    clients.push(await english.client(), await swedish.client());
  });

  const deviceNamed = async (client: HomeyClient, name: string): Promise<ClientDevice> => {
    const device = (await devicesOf(client)).find((one) => one.name === name);
    if (device === undefined) throw new Error(`There is no ${name}.`);
    return device;
  };

  /** The pump lives on while it is read: what has moved in between is read again. */
  const compared = async (name: string, offer: Offer) => {
    const client = clients[0]!;
    return eventually(
      async () => {
        const device = await deviceNamed(client, name);
        await readNow(client, device);
        const facts = (await factsOf(running)).get(pumpIdOf(device));
        const wanted = expected(offer, facts!);
        const shown = shownBy(await deviceNamed(client, name));
        const ids = Object.keys(wanted);
        const right =
          ids.every((id) => Object.is(shown[id], wanted[id])) && Object.keys(shown).length === ids.length;
        return { right, shown, wanted };
      },
      ({ right }) => right,
      8000,
    );
  };

  it('has a row for every one of them', async () => {
    expect((await devicesOf(clients[0]!)).map(({ name }) => name).toSorted()).toEqual(
      Object.keys(BUILT_IN).toSorted(),
    );
  });

  describe.each(Object.entries(BUILT_IN))('%s', (name, { offer, expert, modes }) => {
    it('shows what its registers offer, with their values, and nothing else', async () => {
      const { shown, wanted } = await compared(name, offer);
      expect(shown).toEqual(wanted);
      expect(Object.keys(wanted).toSorted()).toEqual(
        [...Object.keys(offer), ...Object.keys(ALWAYS)].toSorted(),
      );
    });

    it('in the order in which people look, in two languages', async () => {
      const english = await deviceNamed(clients[0]!, name);
      const swedish = await deviceNamed(clients[1]!, name);
      const order = Object.keys(TITLES).filter((id) => id in offer || id in ALWAYS || BUTTONS.includes(id));
      expect(english.capabilities).toEqual(order);
      expect(swedish.capabilities).toEqual(order);
      expect(titlesOf(english)).toEqual(inLanguage(english, 0));
      expect(titlesOf(swedish)).toEqual(inLanguage(swedish, 1));
    });

    it('has the hot water switch as its quick action, or none', async () => {
      const { ui } = await deviceNamed(clients[0]!, name);
      expect(ui.quickAction).toBe('onoff' in offer ? 'onoff' : null);
    });

    it('offers the modes and the range that the pump has', async () => {
      const { capabilitiesObj } = await deviceNamed(clients[0]!, name);
      expect(Limited.parse(capabilitiesObj['target_temperature.indoor'])).toMatchObject({
        min: 10,
        max: 30,
        step: 1,
      });
      const picker = z.looseObject({ values: Titled }).optional().parse(capabilitiesObj['heat_pump_mode']);
      expect(picker?.values.map(({ title }) => title).toSorted() ?? []).toEqual(modes.toSorted());
    });

    it('shows expert readings to those who ask for them, and takes them away again', async () => {
      const client = clients[0]!;
      const { id } = await deviceNamed(client, name);
      const choose = (isExpert: boolean) =>
        call(client, 'devices', 'setDeviceSettings', { id, settings: { expert: isExpert } });
      await choose(true);
      const { shown, wanted } = await compared(name, { ...offer, ...expert });
      expect(shown).toEqual(wanted);
      expect(Object.keys(wanted).length).toBe(Object.keys({ ...offer, ...expert, ...ALWAYS }).length);
      const device = await deviceNamed(client, name);
      expect(titlesOf(device)).toEqual(inLanguage(device, 0));
      await choose(false);
      const again = await compared(name, offer);
      expect(again.shown).toEqual(again.wanted);
    });
  });

  describe('a pump that nobody knows', () => {
    const NAME = 'NCP 1077';

    /** Where a person finds each register that holds something: in a capability, in the register card, or among the other values. */
    const WHERE: Readonly<
      Record<string, 'shown' | 'card' | 'shown and card' | 'other values' | 'nothing to show'>
    > = {
      REG_QUANTUM_LEVEL: 'other values',
      REG_QUANTUM_NAME: 'nothing to show',
      REG_QUANTUM_LIMIT: 'card',
      REG_OPERATIONMODE: 'shown and card',
      REG_OPERATIONAL_STATUS_PRIO1: 'shown',
      REG_OPERATIONAL_STATUS_PRIORITY_BITMASK: 'nothing to show',
      REG_OUTDOOR_TEMPERATURE: 'shown',
      REG_INDOOR_TEMPERATURE: 'shown',
      REG_SUPPLY_LINE: 'shown',
      REG_HOT_WATER_TEMPERATURE: 'shown',
      REG_SENSOR_NOT_FITTED: 'other values',
      REG_COOL_SENSOR_TANK: 'nothing to show',
      REG_COOL_SENSOR_SUPPLY: 'shown',
      REG_OPER_TIME_COMPRESSOR: 'shown',
      REG_OPER_TIME_FLUX: 'other values',
      REG_ACTUAL_POOL_TEMP: 'shown',
      REG__HOT_WATER_BOOST: 'shown and card',
      REG_HOT_WATER_STATUS: 'shown and card',
      REG_ROOM_SENSOR_ENABLE: 'nothing to show',
      REG_OPER_DATA_BUFFER_TANK: 'shown',
    };

    it('has a place for every register, and none is written that cannot be', async () => {
      const device = await deviceNamed(clients[0]!, NAME);
      const facts = (await factsOf(running)).get(pumpIdOf(device))!;
      expect(facts.registers.map(({ name }) => name).toSorted()).toEqual(Object.keys(WHERE).toSorted());
      for (const { name, writable } of facts.registers) {
        expect([name, WHERE[name]!.includes('card')]).toEqual([name, writable]);
      }
    });

    it('offers every writable register by a readable name with its limits, and no other', async () => {
      const client = clients[0]!;
      const device = await deviceNamed(client, NAME);
      const id = `homey:device:${device.id}:set_register`;
      const found = Choices.parse(
        await call(client, 'flow', 'getFlowCardAutocomplete', {
          type: 'flowcardaction',
          id,
          name: 'register',
          query: '',
          args: {},
        }),
      );
      expect(found.map(({ name }) => name).toSorted()).toEqual([
        'Heating target',
        'Hot water',
        'Hot water boost',
        'Operation mode',
        'Quantum limit',
      ]);
      const limit = found.find(({ name }) => name === 'Quantum limit');
      expect(limit?.['description']).toBe('40, from 0 to 100');

      await call(client, 'flow', 'runFlowCardAction', { id, args: { register: limit, value: '60' } });
      const facts = (await factsOf(running)).get(pumpIdOf(device))!;
      expect(facts.registers.find(({ name }) => name === 'REG_QUANTUM_LIMIT')?.value).toBe(60);
    });

    it('shows what nobody understands among its settings', async () => {
      const { settings } = await deviceNamed(clients[0]!, NAME);
      const others = z.string().parse(settings['other_values']).split(', ');
      expect(others).toContain('Quantum level 7.25');
      expect(others).toHaveLength(Object.values(WHERE).filter((place) => place === 'other values').length);
    });

    it('names what nobody understands in the report of the app', async () => {
      const report: unknown = await (
        await fetch(`${running.homey.address}/api/app/com.thermia.online/status`, {
          headers: { authorization: `Bearer ${running.homey.token}` },
        })
      ).json();
      const { accounts } = z
        .looseObject({
          accounts: z.array(
            z.looseObject({
              pumps: z.array(
                z.looseObject({ model: z.string().nullable(), unknown: z.record(z.string(), z.number()) }),
              ),
            }),
          ),
        })
        .parse(report);
      const unknown = accounts[0]!.pumps.find(({ model }) => model === NAME)!.unknown;
      const reported = Object.keys(WHERE).filter((name) => WHERE[name] === 'other values');
      expect(Object.keys(unknown).toSorted()).toEqual(reported.toSorted());
      expect(unknown['REG_QUANTUM_LEVEL']).toBe(7.25);
    });
  });
});

describe('captured pumps', () => {
  const clients: HomeyClient[] = [];

  beforeAll(async () => {
    const args = captures.flatMap(({ file }) => ['--capture', file]);
    const [english, swedish] = await Promise.all([
      sandboxes.start(args),
      sandboxes.start([...args, '--language', 'sv']),
    ]);
    clients.push(await english.client(), await swedish.client());
  });

  it('are all there', async () => {
    // Where there are no captures this is the demo pump.
    expect(await devicesOf(clients[0]!)).toHaveLength(Math.max(1, captures.length));
  });

  it.each(captures)(
    '$name: what was captured, in two languages, and nothing invented',
    async ({ capture }) => {
      const facts = factsOfCapture(capture);
      const wanted = expected(ANY, facts);
      const device = async (client: HomeyClient) =>
        (await devicesOf(client)).find((one) => pumpIdOf(one) === String(facts.id))!;
      const english = await eventually(
        () => device(clients[0]!),
        (one) => Object.values(shownBy(one)).every((value) => value !== null),
      );
      expect(shownBy(english)).toEqual(wanted);
      expect(english.available).toBe(facts.online);
      expect(titlesOf(english)).toEqual(inLanguage(english, 0));
      const swedish = await device(clients[1]!);
      expect(titlesOf(swedish)).toEqual(inLanguage(swedish, 1));
      expect(swedish.capabilities).toEqual(english.capabilities);
    },
  );
});
