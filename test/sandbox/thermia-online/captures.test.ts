import { describe, expect, test } from 'vitest';
import { builtInPumps, pumpFromCapture } from '../../../sandbox/thermia-online/index.js';
import { captures } from '../../support/captures.js';
import { caller } from './account.js';
import { handClock } from './clock.js';
import { simulators } from './simulators.js';

const start = simulators();

interface CaptureShape {
  readonly installation: Record<string, unknown>;
  readonly detail: Record<string, unknown>;
  readonly status: Record<string, unknown>;
  readonly groups: unknown[];
  readonly registers: Record<string, unknown[]>;
}

/** A pump of our own in the shape of a capture, for where no captures lie beside the checkout. */
const own = (): CaptureShape => {
  const pump = builtInPumps[3];
  if (pump === undefined) throw new Error('no pump');
  const { installation, detail, status, groups, registers } = structuredClone(pump);
  return JSON.parse(JSON.stringify({ installation, detail, status, groups, registers })) as CaptureShape;
};

const files: [string, CaptureShape][] = [
  ['own.json', own()],
  ['own-offline.json', { ...own(), installation: { ...own().installation, isOnline: false } }],
  ...captures.map(({ name, capture }): [string, CaptureShape] => [name, capture as unknown as CaptureShape]),
];

describe.each(files)('%s', (name, capture) => {
  test('is served as it was captured, also a day later', async () => {
    const clock = handClock();
    const simulator = await start({
      clock,
      pumps: [pumpFromCapture(capture, name)],
      session: { accessTokenLifeS: 200_000 },
    });
    const api = await caller(simulator);
    const [{ id } = { id: 0 }] = simulator.control.pumps();
    for (const later of [0, 86_400_000]) {
      clock.advance(later);
      expect(await api.json('/api/v1/installationsInfo')).toMatchObject({
        totalCount: 1,
        items: [capture.installation],
      });
      expect(await api.json(`/api/v1/installations/${id}`)).toMatchObject(capture.detail);
      expect(await api.json(`/api/v1/installationstatus/${id}/status`)).toEqual(capture.status);
      expect(
        await api.json(
          `/api/v1/installationprofiles/${String(capture.detail['installationProfileId'])}/groups`,
        ),
      ).toEqual(capture.groups);
      for (const [group, registers] of Object.entries(capture.registers)) {
        expect(await api.json(`/api/v1/Registers/Installations/${id}/Groups/${group}`)).toEqual(registers);
      }
      expect(await api.json(`/api/v1/installationstatus/${id}/isonline`)).toBe(
        capture.installation['isOnline'],
      );
    }
  });

  test('has what is private made up', async () => {
    const simulator = await start({ pumps: [pumpFromCapture(capture, name)] });
    const { items } = (await (await caller(simulator)).json('/api/v1/installationsInfo')) as {
      items: Record<string, unknown>[];
    };
    expect(items[0]).toMatchObject({
      deviceId: expect.any(Number) as number,
      macAddress: expect.any(String) as string,
    });
  });
});

test('writing changes that register and nothing else', async () => {
  const clock = handClock();
  const simulator = await start({ clock, pumps: [pumpFromCapture(own(), 'own.json')] });
  const api = await caller(simulator);
  const values = (): Record<string, number | null> =>
    Object.fromEntries(simulator.control.pump(2100745).registers.map(({ name, value }) => [name, value]));
  const before = values();
  await api.send('POST', '/api/v1/Registers/Installations/2100745/Registers', {
    registerSpecificationId: 183054,
    registerValue: 0,
    clientUuid: 'x',
  });
  clock.advance(3_600_000);
  expect(values()).toEqual({ ...before, REG_HOT_WATER_STATUS: 0 });
});

test.each<[string, unknown, RegExp]>([
  ['a list', [], /x\.json does not hold a JSON object/],
  ['null', null, /does not hold/],
  ['no registers', {}, /has no "registers"/],
  ['a group that is no list', { registers: { REG_GROUP_POOL: 5 } }, /REG_GROUP_POOL is not a list/],
  ['a status that is no object', { registers: {}, status: 5 }, /"status" is not an object/],
  ['groups that are no list', { registers: {}, groups: {} }, /"groups" is not a list/],
])('%s is refused in a sentence', (_name, json, sentence) => {
  expect(() => pumpFromCapture(json, '/somewhere/x.json')).toThrow(sentence);
});

test('a capture with nothing but registers is a pump', async () => {
  const registers = {
    REG_GROUP_TEMPERATURES: [{ registerName: 'REG_OUTDOOR_TEMPERATURE', registerValue: 4 }, 'odd'],
  };
  const pump = pumpFromCapture({ registers }, 'bare.json');
  const simulator = await start({ pumps: [pump, pump, pumpFromCapture({ registers: {} }, 'barer.json')] });
  const ids = simulator.control.pumps().map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
  const api = await caller(simulator);
  expect(await api.json(`/api/v1/Registers/Installations/${pump.id}/Groups/REG_GROUP_TEMPERATURES`)).toEqual([
    registers.REG_GROUP_TEMPERATURES[0],
  ]);
  // A profile of its own: another capture without one has other groups.
  const profile = JSON.stringify(pump.detail['installationProfileId']);
  expect(await api.json(`/api/v1/installationprofiles/${profile}/groups`)).toMatchObject([
    { name: 'REG_GROUP_TEMPERATURES' },
  ]);
});

test('odd values of a capture are served as they were captured', async () => {
  const pump = pumpFromCapture(
    { installation: { id: '2001040', name: null }, status: { heatingEffect: '18' }, registers: {} },
    'odd.json',
  );
  const simulator = await start({ pumps: [pump] });
  const api = await caller(simulator);
  expect(pump.id).toBe(2001040);
  expect(await api.json('/api/v1/installations/2001040')).toMatchObject({ name: null });
  expect(await api.json('/api/v1/installationstatus/2001040/status')).toEqual({ heatingEffect: '18' });
});
