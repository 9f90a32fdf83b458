import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP, startRig, type Rig } from './rig.js';

/** What the client's own specification says of the items that a Homey answers. */
interface Schema {
  readonly properties: Record<string, unknown>;
}
interface Specification {
  readonly managers: Readonly<
    Record<
      string,
      { readonly id: string; readonly items: Readonly<Record<string, { readonly schema: Schema }>> }
    >
  >;
}
const file = createRequire(import.meta.url).resolve('homey-api/assets/specifications/HomeyAPIV3Local.json');
const { managers } = JSON.parse(readFileSync(file, 'utf8')) as Specification;

/** Items whose ids are no UUIDs on a Homey either, whatever the specification says. */
const NAMED = new Set([
  'Driver',
  'App',
  'Log',
  'FlowToken',
  'FlowCardTrigger',
  'FlowCardCondition',
  'FlowCardAction',
]);
/** Described there as objects without any property. */
const OPAQUE = new Set(['iconObj', 'ownerIconObj', 'images']);

const validator = (manager: string, item: string): ((value: unknown) => string[]) => {
  const schema = managers[manager]!.items[item]!.schema;
  const properties = Object.fromEntries(
    Object.entries(schema.properties).map(([name, rule]) => [
      name,
      (name === 'id' && NAMED.has(item)) || OPAQUE.has(name) ? {} : rule,
    ]),
  );
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile({ ...schema, properties });
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    );
  };
};

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await rig.pair(1, 2);
  await rig.make('log', { value: 1 });
  await rig.make('token', { value: 1 });
  await rig.make('timeline', { excerpt: 'Hello **there**' });
  await rig.run('logic', 'createVariable', { variable: { name: 'v', type: 'string', value: 'x' } });
  const folder = (await rig.run('flow', 'createFlowFolder', { flowfolder: { name: 'Heat' } })) as {
    id: string;
  };
  await rig.run('flow', 'createFlow', {
    flow: {
      name: 'F',
      folder: folder.id,
      trigger: { id: 'homey:manager:cron:time_exactly', args: { time: '07:00' } },
      actions: [{ id: `homey:app:${APP}:say`, args: { text: 'hi' }, group: 'then' }],
    },
  });
});
afterAll(() => rig.close());

const answer = async (path: string): Promise<unknown> => {
  const response = await fetch(`${rig.host.address}/api/manager${path}`, {
    headers: { authorization: `Bearer ${rig.host.token}` },
  });
  expect(response.status).toBe(200);
  return response.json();
};

describe('every item is as the specification of the client describes it', () => {
  test.each([
    ['ManagerDevices', 'Device', '/devices/device'],
    ['ManagerDrivers', 'Driver', '/drivers/driver'],
    ['ManagerFlow', 'Flow', '/flow/flow'],
    ['ManagerFlow', 'FlowFolder', '/flow/flowfolder'],
    ['ManagerFlow', 'FlowCardTrigger', '/flow/flowcardtrigger'],
    ['ManagerFlow', 'FlowCardCondition', '/flow/flowcardcondition'],
    ['ManagerFlow', 'FlowCardAction', '/flow/flowcardaction'],
    ['ManagerFlowToken', 'FlowToken', '/flowtoken/flowtoken'],
    ['ManagerInsights', 'Log', '/insights/log'],
    ['ManagerLogic', 'Variable', '/logic/variable'],
    ['ManagerNotifications', 'Notification', '/notifications/notification'],
    ['ManagerZones', 'Zone', '/zones/zone'],
    ['ManagerUsers', 'User', '/users/user'],
    ['ManagerApps', 'App', '/apps/app'],
  ])('%s %s', async (manager, item, path) => {
    const found = Object.values((await answer(path)) as object) as object[];
    expect(found.length).toBeGreaterThan(0);
    const faults = validator(manager, item);
    expect(faults({ ...found[0], surprise: 1 })).not.toEqual([]);
    for (const value of found) expect(faults(value), JSON.stringify(value)).toEqual([]);
    const { properties } = managers[manager]!.items[item]!.schema;
    const optional = new Set(['channel', 'usage']);
    const missing = Object.keys(properties).filter((name) => !(name in found[0]!) && !optional.has(name));
    expect(missing).toEqual([]);
  });

  test('the session', async () => {
    expect(validator('ManagerSessions', 'Session')(await answer('/sessions/session/me'))).toEqual([]);
  });
});

test('every operation of the specification answers, or says that it is not there', async () => {
  const known = new Set([200, 204, 400, 404, 501]);
  for (const manager of Object.values(managers)) {
    const response = await fetch(`${rig.host.address}/api/manager/${manager.id}/state`, {
      headers: { authorization: `Bearer ${rig.host.token}` },
    });
    expect(known, manager.id).toContain(response.status);
  }
});
