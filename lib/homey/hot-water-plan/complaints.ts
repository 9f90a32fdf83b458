import { parsePlan, PLAN_SETTING_IDS } from '../../hot-water/settings.js';
import type { Complaint, Plan } from '../../hot-water/types.js';
import { Sentence, type Texts } from '../texts.js';

type Settings = Readonly<Record<string, unknown>>;

/** What was wrong with something a person or another app handed over, as a sentence. */
export const describeComplaint = ({ field, code, value, min, max }: Complaint, texts: Texts): string => {
  const name = field.startsWith('plan_') ? texts.setting(field) : texts.say(`plan_field.${lastOf(field)}`);
  if (code === 'not_understood') return texts.say('plan_complaint.not_understood', { field: name, value });
  if (code === 'wrong_count') return texts.say('plan_complaint.wrong_count', { field: name, value });
  if (code === 'empty') return texts.say('plan_complaint.empty', { field: name });
  if (min !== undefined && max !== undefined)
    return texts.say('plan_complaint.between', { field: name, value, min, max });
  return min === undefined
    ? texts.say('plan_complaint.at_most', { field: name, value, max: max ?? '' })
    : texts.say('plan_complaint.at_least', { field: name, value, min });
};

/** Fields of orders are named by a path: `order.hours`. */
const lastOf = (field: string): string => field.split('.').at(-1) ?? field;

/** A Homey has null for a setting that was never set. */
const present = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));

/** The plan as the device has it, whatever it has. */
export const planOfDevice = (getSetting: (id: string) => unknown): Plan =>
  parsePlan(present(Object.fromEntries(PLAN_SETTING_IDS.map((id) => [id, getSetting(id)])))).plan;

/** The plan as a person has set it just now. Throws a sentence. */
export const planOfPerson = (settings: Settings, texts: Texts): Plan => {
  const { plan, complaints } = parsePlan(present(settings));
  const [complaint] = complaints;
  if (complaint !== undefined) throw new Sentence(describeComplaint(complaint, texts));
  return plan;
};
