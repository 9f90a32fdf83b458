import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { installationStatusSchema, registerSchema } from '../../../../lib/thermia/cloud/schemas.js';
import type { InstallationStatus, Register } from '../../../../lib/thermia/cloud/wire.js';
import { decodeTopic, type DecodedTopic, type TopicInput } from '../../../../lib/thermia/pump/index.js';
import { TOPICS, type Topic } from '../../../../lib/thermia/source.js';

export type WireValueName = readonly [
  value: number,
  name: string,
  rest?: { visible?: boolean; isReadonly?: boolean; confirmation?: string },
];

let nextId = 50_000;

/** A register as the service sends it, with what matters and nothing else. */
export const wire = (
  registerName: string,
  registerValue: number | null,
  { names, ...rest }: { names?: readonly WireValueName[]; [field: string]: unknown } = {},
): Record<string, unknown> => ({
  registerId: (nextId += 7),
  registerName,
  registerValue,
  isReadOnly: true,
  ...(names === undefined
    ? {}
    : {
        valueNames: names.map(([value, name, more = {}]) => ({
          value,
          name,
          visible: true,
          isReadonly: false,
          confirmation: null,
          ...more,
        })),
      }),
  ...rest,
});

/** A number somebody may turn. */
export const slider = (
  name: string,
  value: number,
  minValue: number,
  maxValue: number,
): Record<string, unknown> =>
  wire(name, value, { isReadOnly: false, presentation: 'Slider', minValue, maxValue, step: 1 });

export const OFF_ON: readonly WireValueName[] = [
  [0, 'REG_VALUE_STATUS_OFF'],
  [1, 'REG_VALUE_STATUS_ON'],
];

export interface WirePump {
  readonly status: Record<string, unknown>;
  readonly registers: Readonly<Record<string, readonly Record<string, unknown>[]>>;
}

export interface ParsedPump {
  readonly status: InstallationStatus;
  readonly groups: ReadonlyMap<string, readonly Register[]>;
}

export const AT = Date.UTC(2026, 0, 15, 12);

export const register = (from: Record<string, unknown>, changedAt: number | null = null): Register => ({
  ...registerSchema.parse(from),
  changedAt,
});

export const parsePump = ({ status, registers }: WirePump): ParsedPump => ({
  status: installationStatusSchema.parse(status),
  groups: new Map(
    Object.entries(registers).map(([name, group]) => [name, group.map((each) => register(each))]),
  ),
});

export const pumpOf = (
  registers: Record<string, readonly Record<string, unknown>[]>,
  status: Record<string, unknown> = {},
): ParsedPump => parsePump({ status, registers });

export const decodeAll = (pump: ParsedPump, more: Partial<TopicInput> = {}): Map<Topic, DecodedTopic> =>
  new Map(
    TOPICS.map((topic) => [
      topic,
      decodeTopic(topic, { at: AT, ...pump, timeZone: 'Europe/Stockholm', ...more }),
    ]),
  );

/** Everything a pump says, as plain values: for tables. */
export const valuesOf = (decoded: ReadonlyMap<Topic, DecodedTopic>): Record<string, unknown> =>
  Object.fromEntries(
    [...decoded.values()].flatMap(({ readings }) =>
      Object.entries(readings).map(([id, reading]) => [id, reading.value]),
    ),
  );

const captureSchema = z.object({
  status: z.record(z.string(), z.unknown()),
  registers: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});

const CAPTURES = fileURLToPath(new URL('../../../../../shared/captures/', import.meta.url));

/** Real answers; null where the folder with them does not lie beside the repository. Nothing of them is kept here. */
export const captures = (): ReadonlyMap<string, WirePump> | null =>
  existsSync(CAPTURES)
    ? new Map(
        readdirSync(CAPTURES)
          .filter((file) => file.endsWith('.json'))
          .map((file) => [
            file.slice(0, -'.json'.length),
            captureSchema.parse(JSON.parse(readFileSync(`${CAPTURES}${file}`, 'utf8'))),
          ]),
      )
    : null;
