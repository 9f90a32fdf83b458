import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { isObject, numberIn, textIn, type Json, type JsonObject } from '../json.js';
import type { PumpData } from '../pump-data.js';

/** Seven digits that stay the same for the same text. */
const madeUpNumber = (text: string): number =>
  2_000_000 + (createHash('sha256').update(text).digest().readUInt32BE(0) % 900_000);

const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];

/** An id, also where it was captured as a text of digits. */
const idIn = (object: JsonObject): number | null => {
  const text = textIn(object, 'id');
  return numberIn(object, 'id') ?? (text !== null && /^\d+$/.test(text) ? Number(text) : null);
};

/** What is private was taken out of a capture; the service itself always has it. */
const withDefaults = (defaults: JsonObject, given: JsonObject): JsonObject => ({ ...defaults, ...given });

/**
 * A pump from a file with the keys `installation`, `detail`, `status`, `groups` and `registers`. Values are served as
 * they were captured. What is missing is made up or derived; throws an Error with one sentence when the file is not
 * a capture at all.
 */
export const pumpFromCapture = (json: unknown, fileName: string): PumpData => {
  const file = basename(fileName);
  if (!isObject(json)) throw new Error(`${file} does not hold a JSON object.`);
  const { registers: given, groups: listed } = json;
  if (!isObject(given)) throw new Error(`${file} has no "registers" by group name.`);
  for (const [group, list] of Object.entries(given)) {
    if (!Array.isArray(list)) throw new Error(`${file}: "registers" of ${group} is not a list.`);
  }
  for (const key of ['installation', 'detail', 'status']) {
    const part = json[key];
    if (part !== undefined && part !== null && !isObject(part))
      throw new Error(`${file}: "${key}" is not an object.`);
  }
  if (listed !== undefined && listed !== null && !Array.isArray(listed)) {
    throw new Error(`${file}: "groups" is not a list.`);
  }

  const part = (key: string): JsonObject => {
    const value = json[key];
    return isObject(value) ? value : {};
  };
  const installation = part('installation');
  const detail = part('detail');
  const profile = [installation['profile'], detail['profile']].find(isObject) ?? null;
  const id = idIn(installation) ?? idIn(detail) ?? madeUpNumber(file);
  // A pump without a name is captured with null; only where the key itself is missing it was taken out.
  const withName = [installation, detail].find((given) => 'name' in given);
  const name = withName === undefined ? file.replace(/\.json$/i, '') : (withName['name'] ?? null);
  const zone = textIn(detail, 'timeZoneId') ?? 'W. Europe Standard Time';
  const profileId =
    numberIn(detail, 'installationProfileId') ??
    (profile && numberIn(profile, 'id')) ??
    madeUpNumber(`profile of ${file}`);
  const deviceId = madeUpNumber(`device of ${file}`);
  const secrets = {
    deviceId,
    macAddress: `02:00:00:${[16, 8, 0].map((shift) => ((deviceId >> shift) & 255).toString(16).padStart(2, '0')).join(':')}`,
  };
  const registers = Object.fromEntries(Object.entries(given).map(([group, list]) => [group, objects(list)]));
  const groups = objects(listed);
  const known = new Set(groups.map((group) => textIn(group, 'name')));
  const unlisted = Object.keys(registers).filter((group) => !known.has(group));

  return {
    id,
    zone,
    installation: withDefaults(
      { ...secrets, isOnline: detail['isOnline'] ?? true, profile, lastOnline: null },
      { name, ...installation, id },
    ),
    detail: withDefaults(
      {
        ...secrets,
        createdWhen: '2020-01-01T00:00:00',
        hasLinkUnit: false,
        installationProfileId: profileId,
        isOnline: installation['isOnline'] ?? true,
        lastOnline: null,
        ownerId: '4471',
        timeZoneId: zone,
      },
      { name, ...detail, id },
    ),
    status: part('status'),
    groups: [
      ...groups,
      ...unlisted.map((group, index) => ({ id: 300 + index, parentId: null, name: group, visibility: 1 })),
    ],
    registers,
    plant: null,
    events: [],
    scheduleFunctions: [15001, 15002, 15004],
  };
};
