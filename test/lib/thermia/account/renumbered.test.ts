import { describe, expect, it } from 'vitest';
import { createPumpKeys, KEYS } from '../../../../lib/thermia/account/keys.js';
import { foundIn, type Sought } from '../../../../lib/thermia/account/renumbered.js';
import { secondKey } from '../../../../lib/thermia/cloud/second-key.js';
import { memoryLogger, memoryStore } from '../cloud/memory.js';

const sought = (id: string, key: string | null, sourceId = id): Sought => ({ id, sourceId, key });

describe('a watched pump is found in a list', () => {
  const a = { id: '1', key: 'A' };
  const moved = { id: '9', key: 'A' };
  it.each([
    ['by its id', [sought('1', 'A')], [a], true, ['1']],
    ['by its id, whatever else has its key', [sought('1', 'A')], [moved, a], true, ['1']],
    ['by the number it has now', [sought('1', 'A', '9')], [a, moved], true, ['9']],
    ['by its own id again', [sought('1', 'A', '9')], [a], true, ['1']],
    ['by its key', [sought('1', 'A')], [moved], true, ['9']],
    ['not without a key', [sought('1', null)], [{ id: '9' }], true, [null]],
    ['not by another key', [sought('1', 'B')], [moved], true, [null]],
    ['not where two have its key', [sought('1', 'A')], [moved, { id: '8', key: 'A' }], true, [null]],
    ['not where somebody watches that one', [sought('1', 'A'), sought('9', 'A')], [moved], true, [null, '9']],
    ['not where two look for the same', [sought('1', 'A'), sought('2', 'A')], [moved], true, [null, null]],
    ['not at all, where the list is empty', [sought('1', 'A')], [], true, [null]],
    ['perhaps, where the list is incomplete', [sought('1', 'A'), sought('2', 'B')], [moved], false, []],
    ['by its id in an incomplete list', [sought('1', 'A'), sought('2', 'B')], [a], false, ['1']],
  ] as const)('%s', (_name, watched, listed, isComplete, expected) => {
    expect([...foundIn(watched, listed, isComplete).values()]).toEqual(expected);
  });
});

describe('the second key', () => {
  const mac = (macAddress: string | null, deviceId: number | null = null): string | null =>
    secondKey({ macAddress, deviceId });

  it('is the same for the same device, however its address is spelled', () => {
    expect(mac('02:00:00:10:09:6A', 5)).toBe(mac('0200.0010.096a', 77));
    expect(mac('02:00:00:10:09:6A')).not.toBe(mac('02:00:00:10:09:6B'));
    expect(mac('02:00:00:10:09:6A')).not.toContain('020000');
  });

  it.each([null, '', '00:00:00:00:00:00', 'unknown', '12'])('takes %o for no address', (address) => {
    expect(mac(address)).toBeNull();
    expect(mac(address, 0)).toBeNull();
    expect(mac(address, 7)).toBe(mac(null, 7));
    expect(mac(address, 7)).not.toBe(mac(null, 8));
  });
});

describe('what pumps are known by', () => {
  it('rests in the store, for all of them', async () => {
    const store = memoryStore();
    const keys = createPumpKeys(store, memoryLogger());
    keys.learn('1', 'A');
    keys.learn('2', 'B');
    keys.learn('1', 'A');
    await Promise.resolve();
    expect(store.values.get(KEYS)).toEqual({ 1: 'A', 2: 'B' });
    const later = createPumpKeys(store, memoryLogger());
    expect([later.of('1'), later.of('2'), later.of('3')]).toEqual(['A', 'B', null]);
    const sets: string[] = [];
    store.beforeSet = (key) => void sets.push(key);
    later.learn('1', 'A');
    expect(sets).toEqual([]);
  });

  it('is known until the end where nothing can be stored', async () => {
    const store = memoryStore();
    const logger = memoryLogger();
    store.values.set(KEYS, 'odd');
    store.beforeSet = () => {
      throw new Error('full');
    };
    const keys = createPumpKeys(store, logger);
    keys.learn('1', 'A');
    await new Promise(setImmediate);
    expect(keys.of('1')).toBe('A');
    expect(logger.text()).toContain('could not be stored');
    const without = createPumpKeys(undefined, logger);
    without.learn('1', 'A');
    expect([without.of('1'), without.of('2')]).toEqual(['A', null]);
  });
});
