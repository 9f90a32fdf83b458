import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PRICE_AREAS } from '../../lib/homey/prices/areas.js';
import { parseOffHours } from '../../lib/hot-water/off-hours.js';
import { parsePlan, PLAN_SETTING_IDS } from '../../lib/hot-water/settings.js';
import { driver, json, languages, leaves } from './manifest.js';

const Field = z.looseObject({
  id: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]),
  hint: z.record(z.string(), z.string()).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  values: z.array(z.object({ id: z.string() })).optional(),
});
const group = driver.settings.find(({ id }) => id === 'group_hot_water_plan');
const fields = z.array(Field).parse(group?.children);
const defaults = Object.fromEntries(fields.map(({ id, value }) => [id, value]));

describe('the settings of the hot water plan', () => {
  it('are those that the plan reads', () => {
    const own = fields.map(({ id }) => id).filter((id) => PLAN_SETTING_IDS.includes(id));
    expect(own).toEqual([...PLAN_SETTING_IDS]);
  });

  it('begin as the plan is without any, which is none', () => {
    const { plan, complaints } = parsePlan(defaults);
    expect(complaints).toEqual([]);
    expect(plan).toEqual(parsePlan({}).plan);
    expect(plan.mode).toBe('none');
  });

  it('have the limits that the plan has', () => {
    for (const { id, min, max } of fields.filter((field) => field.max !== undefined)) {
      const complaintOf = (value: number) =>
        parsePlan({ ...defaults, plan_rescue_up_to: '', [id]: value }).complaints[0];
      expect([id, complaintOf(min!), complaintOf(max!)]).toEqual([id, undefined, undefined]);
      expect(complaintOf(min! - 1)).toMatchObject({ field: id, min });
      expect(complaintOf(max! + 1)).toMatchObject({ field: id, max });
    }
  });

  it('offer only what the plan knows', () => {
    for (const { id, values = [] } of fields.filter((field) => PLAN_SETTING_IDS.includes(field.id))) {
      for (const { id: value } of values)
        expect(parsePlan({ ...defaults, [id]: value }).complaints).toEqual([]);
    }
  });

  it('offer every price area there is, and none', () => {
    const areas = fields.find(({ id }) => id === 'plan_price_area');
    expect(areas?.value).toBe('none');
    expect(areas?.values?.map(({ id }) => id)).toEqual(['none', ...PRICE_AREAS]);
  });

  it('show examples of hours that are understood, in every language', () => {
    const hint = fields.find(({ id }) => id === 'plan_off_hours')?.hint ?? {};
    expect(Object.keys(hint).sort()).toEqual([...languages].sort());
    for (const [language, text] of Object.entries(hint)) {
      const example = /\p{L}[\p{L}.,-]* 06:00-22:00; .*\d\d:\d\d-\d\d:\d\d/u.exec(text)?.[0] ?? '';
      expect([language, parseOffHours(example)]).toEqual([
        language,
        {
          ok: true,
          ranges: [
            { days: [1, 2, 3, 4, 5], from: 360, to: 1320 },
            { days: [6, 7], from: 480, to: 1200 },
          ],
        },
      ]);
    }
  });
});

describe('what the plan says', () => {
  it('needs no more room than a tile has', () => {
    for (const language of languages) {
      const texts = new Map(leaves(json(`locales/${language}.json`)));
      const heads = ['plan.on_until', 'plan.off_until'].map((key) => String(texts.get(key)).length);
      for (const [key, text] of texts)
        if (key.startsWith('plan_why.'))
          expect(Math.max(...heads) + String(text).length, `${language} ${key}`).toBeLessThan(75);
    }
  });
});
