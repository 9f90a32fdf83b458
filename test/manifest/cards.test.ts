import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { CAPABILITIES, MAINTENANCE } from '../../lib/homey/capabilities.js';
import { ACTIONS } from '../../lib/homey/flow/actions.js';
import { CONDITIONS } from '../../lib/homey/flow/conditions.js';
import { TRIGGERS } from '../../lib/homey/flow/triggers.js';
import { cards, driver, manifest } from './manifest.js';

interface SystemCapability {
  type: string;
  setable: boolean;
  $flow?: Record<string, { id: string; title: { en: string } }[]>;
}
const { Capability } = createRequire(import.meta.url)('homey-lib') as {
  Capability: { getCapabilities(): Record<string, SystemCapability> };
};
const system = Capability.getCapabilities();
const base = (id: string): string => id.split('.')[0]!;
const typeOf = (id: string): string => (manifest.capabilities[base(id)] ?? system[base(id)])!.type;

/** Cards that a Homey starts by itself for capabilities whose own cards it does not make. */
const conventional = CAPABILITIES.map(({ capability }) => capability)
  .filter((id) => id.includes('.') || !(id in system))
  .flatMap((id) => (typeOf(id) === 'boolean' ? [`${id}_true`, `${id}_false`] : [`${id}_changed`]));

describe('capabilities', () => {
  const known = (id: string): boolean => base(id) in manifest.capabilities || base(id) in system;

  it('of the table are all defined, and those defined are all in the table', () => {
    const table = [...CAPABILITIES.map(({ capability }) => capability), ...MAINTENANCE];
    expect(table.filter((id) => !known(id))).toEqual([]);
    expect(Object.keys(manifest.capabilities).filter((id) => !table.some((row) => base(row) === id))).toEqual(
      [],
    );
    expect(driver.capabilities.filter((id) => !table.includes(id))).toEqual([]);
    expect(Object.keys(driver.capabilitiesOptions).filter((id) => !table.includes(id))).toEqual([]);
  });

  it('with a part behind a point have a title of their own', () => {
    const parts = [...CAPABILITIES.map(({ capability }) => capability), ...MAINTENANCE].filter((id) =>
      id.includes('.'),
    );
    expect(parts.filter((id) => driver.capabilitiesOptions[id] === undefined)).toEqual([]);
  });

  it('never take the name of one that a Homey has', () => {
    expect(Object.keys(manifest.capabilities).filter((id) => id in system || id.includes('.'))).toEqual([]);
  });

  it('can be changed exactly where the table says so', () => {
    for (const { capability, control } of CAPABILITIES) {
      const setable = (manifest.capabilities[base(capability)] ?? system[base(capability)])!.setable;
      expect([capability, setable]).toEqual([capability, control !== undefined]);
    }
  });

  it('light no warning but for what is one', () => {
    const alarms = CAPABILITIES.filter(({ capability }) => capability.startsWith('alarm_'));
    expect(alarms.map(({ capability }) => capability)).toEqual(['alarm_problem', 'alarm_connectivity']);
  });
});

describe('Flow cards', () => {
  const ids = (kind: readonly { id: string }[]): string[] => kind.map(({ id }) => id).sort();

  it('and code are the same, in both directions', () => {
    expect(ids(manifest.flow.actions)).toEqual(Object.keys(ACTIONS).sort());
    expect(ids(manifest.flow.conditions)).toEqual(Object.keys(CONDITIONS).sort());
    expect(ids(manifest.flow.triggers)).toEqual([...Object.keys(TRIGGERS), ...conventional].sort());
  });

  it('have a listener for every list, and a list for every listener', () => {
    const code = { ...TRIGGERS, ...CONDITIONS, ...ACTIONS };
    for (const card of cards) {
      const wanted = card.args.filter(({ type }) => type === 'autocomplete').map(({ name }) => name);
      expect([card.id, Object.keys(code[card.id]?.complete ?? {}).sort()]).toEqual([card.id, wanted.sort()]);
    }
  });

  it('look at their arguments where they have any', () => {
    for (const card of manifest.flow.triggers.filter(({ args }) => args.length > 1)) {
      expect(TRIGGERS[card.id]?.matches, card.id).toBeDefined();
    }
  });

  it('belong to the device and to the capability they are about', () => {
    for (const card of cards) {
      expect(card.args[0], card.id).toMatchObject({ name: 'device', type: 'device' });
      expect(card.args[0]!.filter, card.id).toMatch(/^driver_id=heat-pump(&|$)/);
    }
    for (const id of conventional) {
      const card = manifest.flow.triggers.find((one) => one.id === id)!;
      const capability = id.replace(/_(changed|true|false)$/, '');
      expect(card.args[0]!.filter).toBe(`driver_id=heat-pump&capabilities=${capability}`);
      const wanted = { number: 'number', string: 'string', enum: 'string' }[typeOf(capability)];
      expect(card.tokens?.map(({ name, type }) => [name, type]) ?? []).toEqual(
        wanted === undefined ? [] : [[capability, wanted]],
      );
    }
  });

  it('form a sentence with each argument once, in every language', () => {
    for (const card of cards) {
      const names = card.args.slice(1).map(({ name }) => name);
      if (names.length === 0) {
        expect(card.titleFormatted, card.id).toBeUndefined();
        continue;
      }
      for (const [language, sentence] of Object.entries(card.titleFormatted ?? {})) {
        const used = [...sentence.matchAll(/\[\[(\w+)\]\]/g)].map(([, name]) => name);
        expect([card.id, language, used.sort()]).toEqual([card.id, language, [...names].sort()]);
      }
      expect(Object.keys(card.titleFormatted ?? {}).sort(), card.id).toEqual(Object.keys(card.title).sort());
      for (const arg of card.args.slice(1)) expect(arg.title, `${card.id} ${arg.name}`).toBeDefined();
    }
  });

  it('are worded as the guidelines want it', () => {
    for (const card of cards) {
      for (const [language, title] of Object.entries(card.title)) {
        expect(title, `${card.id} ${language}`).not.toMatch(/[()]|thermia/i);
        if (language === 'en') expect(title, card.id).not.toMatch(/^(when|and|then)\b/i);
      }
      const isCondition = manifest.flow.conditions.includes(card);
      for (const title of [...Object.values(card.title), ...Object.values(card.titleFormatted ?? {})]) {
        expect(/!\{\{[^|}]+\|[^|}]+\}\}/.test(title), `${card.id}: ${title}`).toBe(isCondition);
      }
    }
  });

  it('name activities as sentences begin with them', () => {
    for (const id of ['activity_started', 'activity_stopped', 'is_doing']) {
      const card = cards.find((one) => one.id === id)!;
      expect(card.titleFormatted?.['en'], id).toMatch(/^\[\[activity\]\] /);
      const values = card.args.find(({ name }) => name === 'activity')?.values ?? [];
      for (const { title } of values) {
        for (const [language, words] of Object.entries(title)) {
          expect(words, `${id} ${language}`).toMatch(/^\p{Lu}/u);
        }
      }
    }
  });

  it('do not repeat a card of a system capability', () => {
    const theirs = CAPABILITIES.filter(({ capability }) => capability in system).flatMap(({ capability }) =>
      Object.values(system[capability]!.$flow ?? {})
        .flat()
        .map(({ id, title }) => [id, title.en.toLowerCase()]),
    );
    for (const card of cards) {
      expect(theirs.map(([id]) => id)).not.toContain(card.id);
      expect(theirs.map(([, title]) => title)).not.toContain(card.title['en']!.toLowerCase());
    }
  });

  it('warn of what a mode may cost', () => {
    expect(cards.find(({ id }) => id === 'set_mode')?.hint?.['en']).toMatch(/cost/);
  });
});
