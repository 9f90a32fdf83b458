import type { AdvancedFlow, Flow } from '../flows.js';
import { VARIABLES } from './known.js';
import { purposeOf, runsTheScripts, type Purpose, type Variable } from './understand.js';

export interface FoundFlow {
  readonly id: string;
  readonly name: string;
}

/** What was found of the HomeyScript set-up, and what is to become of it. */
export interface Survey {
  readonly variables: readonly (Variable & { readonly replacedBy: string })[];
  /** To be switched off, with what replaces each. */
  readonly replaced: readonly (FoundFlow & { readonly does: string; readonly replacedBy: string })[];
  /** Not touched, with the reason. */
  readonly leftAlone: readonly (FoundFlow & { readonly why: string })[];
  /** Device settings of the hot water plan; none where nothing is planned. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

type Understood = FoundFlow & { readonly purpose: Purpose };
type Of<K extends Purpose['kind']> = FoundFlow & { readonly purpose: Extract<Purpose, { kind: K }> };

const withPurpose = <K extends Purpose['kind']>(flows: readonly Understood[], kind: K): Of<K>[] =>
  flows.filter((flow): flow is Of<K> => flow.purpose.kind === kind);

/** `06:00-22:00` for off at six and on at ten; null where on and off do not take turns. */
export const offHoursOf = (
  switches: readonly { readonly at: string; readonly on: boolean }[],
): string | null => {
  const sorted = [...switches].sort((one, other) => one.at.localeCompare(other.at));
  const ranges: string[] = [];
  for (const [index, { at, on }] of sorted.entries()) {
    const next = sorted[(index + 1) % sorted.length];
    if (next === undefined || next.on === on || next.at === at) return null;
    if (!on) ranges.push(`${at}-${next.at}`);
  }
  return ranges.length === 0 ? null : ranges.join('; ');
};

const mentions = (flow: object, variables: readonly Variable[]): Variable | undefined => {
  const text = JSON.stringify(flow);
  return variables.find(({ id }) => text.includes(id));
};

const PLAN = 'the hot water plan of the device';

/** Pure: looks at what a Homey has, and decides. Only Flows that are switched on matter. */
export const survey = (
  all: readonly Variable[],
  flows: readonly Flow[],
  advanced: readonly AdvancedFlow[],
): Survey => {
  const variables = all.filter(({ name }) => name in VARIABLES);
  const leftAlone: (FoundFlow & { why: string })[] = [];
  const understood: Understood[] = [];
  const byName = [...flows].sort((one, other) => one.name.localeCompare(other.name));
  for (const flow of byName.filter(({ enabled }) => enabled)) {
    const { id, name, trigger, conditions, actions } = flow;
    const cards = [...(trigger ? [trigger] : []), ...(conditions ?? []), ...(actions ?? [])];
    const used = mentions(flow, variables);
    if (runsTheScripts(cards)) understood.push({ id, name, purpose: purposeOf(flow, variables) });
    else if (used !== undefined) {
      leftAlone.push({
        id,
        name,
        why: `it uses the variable ${used.name}; ${VARIABLES[used.name] ?? 'the device'} has the same`,
      });
    }
  }
  for (const flow of advanced.filter(({ enabled }) => enabled)) {
    const { id, name, cards } = flow;
    if (runsTheScripts(Object.values(cards)) || mentions(flow, variables) !== undefined) {
      leftAlone.push({ id, name, why: 'it is an Advanced Flow: look at it and switch it off yourself' });
    }
  }

  const replaced: (FoundFlow & { does: string; replacedBy: string })[] = [];
  for (const { id, name, purpose } of withPurpose(understood, 'unclear'))
    leftAlone.push({ id, name, why: purpose.why });
  for (const { id, name } of withPurpose(understood, 'reads')) {
    replaced.push({ id, name, does: 'reads the heat pump', replacedBy: 'the app reads it by itself' });
  }
  const switches = withPurpose(understood, 'switches').sort((one, other) =>
    one.purpose.at.localeCompare(other.purpose.at),
  );
  const rescues = withPurpose(understood, 'rescues');
  const offHours = offHoursOf(switches.map(({ purpose }) => purpose));
  const settings: Record<string, string | number | boolean> = {};
  if (offHours === null) {
    for (const { id, name } of switches)
      leftAlone.push({ id, name, why: 'the times of on and off do not take turns' });
    for (const { id, name } of rescues)
      leftAlone.push({ id, name, why: 'there is no time of off that it rescues from' });
  } else {
    settings['plan_mode'] = 'fixed';
    settings['plan_off_hours'] = offHours;
    for (const { id, name, purpose } of switches) {
      replaced.push({
        id,
        name,
        does: `hot water ${purpose.on ? 'on' : 'off'} at ${purpose.at}`,
        replacedBy: `${PLAN}: hours without hot water ${offHours}`,
      });
    }
    const below = rescues.map(({ purpose }) => purpose.below);
    if (below.length > 0) {
      settings['plan_rescue'] = true;
      settings['plan_rescue_below'] = Math.max(...below);
    }
    for (const { id, name, purpose } of rescues) {
      replaced.push({
        id,
        name,
        does: `hot water on below ${purpose.below} °C`,
        replacedBy: `${PLAN}: keep the water warm, below ${Math.max(...below)} °C`,
      });
    }
  }
  return {
    variables: variables.map(({ id, name }) => ({ id, name, replacedBy: VARIABLES[name] ?? '' })),
    replaced,
    leftAlone,
    settings,
  };
};
