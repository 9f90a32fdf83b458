import type { JsonObject } from '../json.js';
import type { PastEvent, PlantSpec, PumpData } from '../pump-data.js';
import { merged } from './kinds.js';

/** Turns a short table into the answers of the service: 30 fields a register, as it sends them. */

/** A register; the objects at its end hold the fields that differ from those of a plain integer. */
export type Row = readonly [
  id: number,
  index: number,
  name: string,
  value: number | null,
  ...fields: JsonObject[],
];

/** Group ids and their order on the page, for the names that are known. */
const GROUP_IDS: Readonly<Record<string, number>> = {
  REG_GROUP_OPERATIONAL_STATUS: 2,
  REG_GROUP_TEMPERATURES: 3,
  REG_GROUP_COOLING: 6,
  REG_GROUP_POOL: 7,
  REG_GROUP_COMPRESSOR: 9,
  REG_GROUP_OPERATIONAL_TIME: 10,
  UNDEFINED: 11,
  REG_GROUP_PASSIVE_COOLING: 12,
  REG_ANTI_LEGIONELLA: 13,
  REG_GROUP_OPERATIONAL_OPERATION: 14,
  REG_GROUP_HEATING_CURVE1: 15,
  REG_GROUP_SOFTWARE_VERSIONS: 16,
  REG_GROUP_OPERATIONAL_DIAGNOSTICS: 17,
  REG_GROUP_ROOM_SENSOR: 18,
  REG_GROUP_HEATING_CURVE: 19,
  REG_GROUP_HEAT_PUMP: 20,
  REG_GROUP_IMMERSION_HEATER_AUX: 21,
  REG_GROUP_HEATING_CURVE2: 22,
  REG_GROUP_HOT_WATER: 23,
  TWC: 24,
  REG_GROUP_SMART_GRID: 26,
  REG_GROUP_IMMERSION_HEATER: 27,
  Clear: 28,
  REG_GROUP_CALIBRATION: 42,
  REG_GROUP_CALENDAR: 44,
  REG_GROUP_DEFROSTING: 45,
  REG_GROUP_DEVICETIME: 50,
  REG_GROUP_HEATING_CURVE_2: 52,
  REG_GROUP_BUFFER_TANK: 53,
};

export const groupId = (name: string, position: number): number => GROUP_IDS[name] ?? 90 + position;

/** All 30 fields. `position` gives the order within the group. */
export const buildRegister = (row: Row, group: string, groupNumber: number, position: number): JsonObject => {
  const [registerId, registerIndex, registerName, registerValue, ...fields] = row;
  return {
    registerIndex,
    isReadOnly: true,
    precision: null,
    ...{ groupId: groupNumber, groupOrder: 10_000 + groupNumber * 10, groupItemId: registerId + 700 },
    groupItemOrder: 10_000 + position * 5,
    groupName: group,
    groupParentId: null,
    timeStamp: null,
    registerId,
    graphRegisterIndex: registerId,
    registerName,
    registerValue,
    stringRegisterValue: null,
    isComputedRegister: false,
    presentation: 'Integer',
    minValue: null,
    maxValue: null,
    step: 1,
    unit: 'NotSpecified',
    modifier: 0,
    valueNames: null,
    falseText: null,
    trueText: null,
    disabledByLink: false,
    isInvisible: false,
    collapsible: false,
    canBeShownInGraph: false,
    canBeShownInHistory: false,
    ...merged(fields),
  };
};

export interface PumpTable {
  readonly id: number;
  readonly name: string | null;
  readonly deviceId: number;
  readonly macAddress: string;
  readonly zone: string;
  readonly profile: {
    readonly id: number;
    readonly icon: number;
    readonly name: string;
    readonly thermiaName: string;
  };
  readonly model: string;
  readonly firmware: string;
  /** Version of the external gateway of classic pumps; null where the pump is connected itself. */
  readonly gateway: string | null;
  /** Empty groups as well, in the service's order. */
  readonly groups: readonly string[];
  readonly registers: Readonly<Record<string, readonly Row[]>>;
  readonly heatingEffect: { readonly value: number; readonly registerId: number | null };
  readonly reducedEffect: { readonly value: number; readonly registerId: number } | null;
  readonly roomFactor: number | null;
  readonly roomSensor: boolean;
  /** What `indoorTemperature` says when there is no sensor: 20 on classic pumps, 200 on genesis ones. */
  readonly indoorSentinel: number;
  readonly plant: PlantSpec;
  readonly events?: readonly PastEvent[];
  readonly scheduleFunctions?: readonly number[];
}

export const buildPump = (table: PumpTable): PumpData => {
  const { profile, gateway } = table;
  const dcm: JsonObject = gateway === null ? {} : { deviceConnectionType: 'Dcm' };
  const counters = {
    activeAlarms: 0,
    activeCriticalAlarms: 0,
    unreadErrors: 0,
    unreadInfo: 0,
    unreadWarnings: 0,
  };
  return {
    id: table.id,
    zone: table.zone,
    installation: {
      id: table.id,
      name: table.name,
      deviceId: table.deviceId,
      macAddress: table.macAddress,
      location: null,
      owner: {
        id: 4471,
        firstName: 'Demo',
        lastName: 'Person',
        phoneNumber: '+46 10 000 00 00',
        email: 'demo@example.com',
      },
      retailerId: null,
      retailerAccess: 0,
      isOnline: true,
      lastOnline: null,
      model: table.model,
      firmwareVersion: table.firmware,
      ...dcm,
      profile,
      status: counters,
    },
    detail: {
      id: table.id,
      name: table.name,
      deviceId: table.deviceId,
      macAddress: table.macAddress,
      createdWhen: '2021-05-17T10:12:31.4',
      ...dcm,
      hasLinkUnit: false,
      hasUserAccount: true,
      installationProfileId: profile.id,
      isOnline: true,
      lastOnline: null,
      model: table.model,
      operationManualUrl: 'https://example.com/manual',
      owner: null,
      ownerId: '4471',
      profile,
      retailerId: null,
      retailerAccess: 0,
      serialNumber: null,
      timeZoneId: table.zone,
      address: {
        addressLine1: 'Provgatan 1',
        addressLine2: null,
        zip: '000 00',
        city: 'Provstad',
        countryCode: 'SE',
      },
      status: counters,
    },
    status: {
      programVersion: table.firmware,
      dcmVersion: gateway,
      ...(gateway === null ? {} : { tcVersion: null, deviceConnectionType: 'Dcm' }),
      hasIndoorTempSensor: table.roomSensor,
      indoorTemperature: table.indoorSentinel,
      isOutdoorTempSensorFunctioning: true,
      outdoorTemperature: 0,
      hotWaterTemperature: 0,
      hotWaterRegistryName: 'UI_TAP_WATER',
      isHotWaterActive: true,
      heatingEffect: table.heatingEffect.value,
      heatingEffectRegisters: [null, table.heatingEffect.registerId],
      isHeatingEffectSetByUser: false,
      reducedHeatingEffect: table.reducedEffect?.value ?? null,
      reducedHeatingEffectRegisters: [null, table.reducedEffect?.registerId ?? null],
      isReducedHeatingEffectSetByUser: table.reducedEffect === null ? null : false,
      roomFactor: table.roomFactor,
      linkIntegrationStatus: false,
      isGaugeDifferenciated: false,
    },
    groups: table.groups.map((name, position) => ({
      id: groupId(name, position),
      parentId: null,
      name,
      visibility: 1,
    })),
    registers: Object.fromEntries(
      table.groups.map((group, position) => [
        group,
        (table.registers[group] ?? []).map((row, item) =>
          buildRegister(row, group, groupId(group, position), item),
        ),
      ]),
    ),
    plant: table.plant,
    events: table.events ?? [],
    scheduleFunctions: table.scheduleFunctions ?? [15001, 15002, 15004],
  };
};
