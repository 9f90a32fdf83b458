import type { Pump } from './pump-device.js';
import { orSentence, type Texts } from './texts.js';

export interface SettingsChange {
  readonly newSettings: Readonly<Record<string, boolean | string | number | undefined | null>>;
  readonly changedKeys: readonly string[];
}

/** What the settings of a device are about. `pump` is null until the device has started. */
export interface Settable {
  readonly pump: Pump | null;
  readonly texts: Texts;
  readonly forgetPassword: () => Promise<void>;
  /** The password belongs to the account: its other devices show the same. */
  readonly tellOthers: (keepsPassword: boolean) => Promise<void>;
}

const apply = async (
  { newSettings, changedKeys }: SettingsChange,
  { pump, texts, forgetPassword, tellOthers }: Settable,
): Promise<string | undefined> => {
  const { interval, expert, keep_password: keep } = newSettings;
  if (changedKeys.some((key) => key.startsWith('plan_'))) pump?.hotWater.setPlan(newSettings);
  if (changedKeys.includes('interval') && typeof interval === 'number') pump?.setInterval(interval);
  if (changedKeys.includes('expert')) pump?.setExpert(expert === true);
  if (!changedKeys.includes('keep_password')) return undefined;
  if (keep === false) await forgetPassword();
  await tellOthers(keep !== false);
  return keep === true ? texts.say('settings.password_later') : undefined;
};

/** Puts to work what a person has changed. Answers what is to be said to that, and rejects with a sentence. */
export const applySettings = (change: SettingsChange, device: Settable): Promise<string | undefined> =>
  orSentence(device.texts, apply(change, device));
