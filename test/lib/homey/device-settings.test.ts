import { describe, expect, it } from 'vitest';
import { applySettings, type SettingsChange } from '../../../lib/homey/device-settings.js';
import { Sentence } from '../../../lib/homey/texts.js';
import { ThermiaError } from '../../../lib/thermia/errors.js';
import { textsIn } from './fakes.js';

const texts = textsIn('sv');

const apply = (change: SettingsChange, forgetPassword = () => Promise.resolve()) => {
  const told: boolean[] = [];
  const done = applySettings(change, {
    pump: null,
    texts,
    forgetPassword,
    tellOthers: (keep) => Promise.resolve(void told.push(keep)),
  });
  return { told, done };
};
const keep = (value: boolean): SettingsChange => ({
  newSettings: { keep_password: value },
  changedKeys: ['keep_password'],
});

describe('settings that a person changes', () => {
  it('say when a password will be kept, and tell the other devices of the account', async () => {
    const { told, done } = apply(keep(true));
    expect(await done).toBe(texts.say('settings.password_later'));
    expect(told).toEqual([true]);
  });

  it('say nothing of other things', async () => {
    const { told, done } = apply({ newSettings: { interval: 5 }, changedKeys: ['interval'] });
    expect(await done).toBeUndefined();
    expect(told).toEqual([]);
  });

  it.each<[string, Error, string]>([
    ['the client', new ThermiaError('storage', 'The password store failed'), texts.kind('storage')],
    ['something nobody foresaw', new TypeError('x is undefined'), texts.error(null)],
    ['what is in words already', new Sentence('Så är det.'), 'Så är det.'],
  ])('fail in words after an error of %s', async (_, error, said) => {
    const { told, done } = apply(keep(false), () => Promise.reject(error));
    await expect(done).rejects.toThrow(said);
    expect(told).toEqual([]);
  });
});
