import type { Setting, SettingField } from '../client/schemas.js';

export interface SettingGroup {
  readonly title: string | null;
  readonly fields: readonly SettingField[];
}

/** Settings as groups; what stands outside of a group forms one of its own. */
export const groupSettings = (settings: readonly Setting[]): SettingGroup[] => {
  const groups: { title: string | null; fields: SettingField[] }[] = [];
  for (const setting of settings) {
    if (setting.type === 'group') groups.push({ title: setting.label, fields: [...setting.children] });
    else {
      const last = groups.at(-1);
      if (last?.title === null) last.fields.push(setting);
      else groups.push({ title: null, fields: [setting] });
    }
  }
  return groups.filter(({ fields }) => fields.length > 0);
};

/** What a person changed: only that is sent. */
export const changedSettings = (
  before: Readonly<Record<string, unknown>>,
  draft: Readonly<Record<string, unknown>>,
): Record<string, unknown> =>
  Object.fromEntries(Object.entries(draft).filter(([id, value]) => value !== before[id]));

/** Text from a form as the setting's own type; null where it is no such value. */
export const readSetting = (field: Pick<SettingField, 'type'>, text: string): string | number | null => {
  if (field.type !== 'number' && field.type !== 'slider') return text;
  const value = Number(text.replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
};
