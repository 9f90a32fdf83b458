import type { AdvancedFlow, Flow } from '../flows.js';
import { covers, offRangesOf } from './day.js';
import { replacementOf, VARIABLES } from './known.js';
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
  /** What nobody should overlook. */
  readonly warnings: readonly string[];
}

type Understood = FoundFlow & { readonly purpose: Purpose };
type Of<K extends Purpose['kind']> = FoundFlow & { readonly purpose: Extract<Purpose, { kind: K }> };

const withPurpose = <K extends Purpose['kind']>(flows: readonly Understood[], kind: K): Of<K>[] =>
  flows.filter((flow): flow is Of<K> => flow.purpose.kind === kind);

/** By id in tags and arguments, by name in the code of a script. */
const mentions = (flow: object, variables: readonly Variable[]): Variable | undefined => {
  const text = JSON.stringify(flow);
  return variables.find(({ id, name }) => text.includes(id) || text.includes(name));
};

const PLAN = 'the hot water plan of the device';
/** A rescue looks every some minutes, so its owner leaves out some at the ends of the hours without hot water. */
const SLACK_MINUTES = 10;

type Replaced = Survey['replaced'][number];
type LeftAlone = Survey['leftAlone'][number];
interface Decided {
  readonly replaced: readonly Replaced[];
  readonly leftAlone: readonly LeftAlone[];
  readonly settings: Survey['settings'];
}

/** What the plan can do in place of the Flows that switch and those that keep the water warm. */
const planFor = (switches: readonly Of<'switches'>[], rescues: readonly Of<'rescues'>[]): Decided => {
  const ranges = offRangesOf(switches.map(({ purpose }) => purpose));
  if (ranges.length === 0) {
    const because =
      (why: string) =>
      ({ id, name }: FoundFlow): LeftAlone => ({ id, name, why });
    const leftAlone = [
      ...switches.map(because('the times of on and off do not take turns')),
      ...rescues.map(because('there is no time of off that it rescues from')),
    ];
    return { replaced: [], leftAlone, settings: {} };
  }
  const isWhole = ({ purpose: { within } }: Of<'rescues'>): boolean =>
    within === null || ranges.every((range) => covers(within, range, SLACK_MINUTES));
  const whole = rescues.filter(isWhole);
  const offHours = ranges.map(({ from, to }) => `${from}-${to}`).join('; ');
  const below = Math.max(...whole.map(({ purpose }) => purpose.below));
  return {
    replaced: [
      ...switches.map(({ id, name, purpose }) => ({
        id,
        name,
        does: `hot water ${purpose.on ? 'on' : 'off'} at ${purpose.at}`,
        replacedBy: `${PLAN}: hours without hot water ${offHours}`,
      })),
      ...whole.map(({ id, name, purpose }) => ({
        id,
        name,
        does: `hot water on below ${purpose.below} °C`,
        replacedBy: `${PLAN}: keep the water warm, below ${below} °C`,
      })),
    ],
    leftAlone: rescues
      .filter((rescue) => !isWhole(rescue))
      .map(({ id, name, purpose: { within } }) => ({
        id,
        name,
        why: `it keeps the water warm from ${within?.from ?? ''} to ${within?.to ?? ''}, and the plan would in all of ${offHours}`,
      })),
    settings: {
      plan_mode: 'fixed',
      plan_off_hours: offHours,
      ...(whole.length === 0 ? {} : { plan_rescue: true, plan_rescue_below: below }),
    },
  };
};

const listed = (flows: readonly FoundFlow[]): string => flows.map(({ name }) => `"${name}"`).join(', ');

/**
 * A Flow that is left alone reads the variables, or runs a script whose token only a reading Flow keeps alive; so both kinds
 * go on as long as one of them has to.
 */
const readersFor = (
  readers: readonly FoundFlow[],
  needy: readonly FoundFlow[],
): Decided & { warning: string | null } => {
  const isNeeded = needy.length > 0;
  const warning =
    `Reading goes on by ${listed(readers)}: ${listed(needy)} would have no values and no sign-in without. ` +
    'Change or switch off what is left alone, and then run this again.';
  return {
    replaced: isNeeded
      ? []
      : readers.map(({ id, name }) => ({
          id,
          name,
          does: 'reads the heat pump',
          replacedBy: 'the app reads it by itself',
        })),
    leftAlone: isNeeded
      ? readers.map(({ id, name }) => ({ id, name, why: `${listed(needy)} cannot do without its readings` }))
      : [],
    settings: {},
    warning: isNeeded && readers.length > 0 ? warning : null,
  };
};

/** Pure: looks at what a Homey has, and decides. Only Flows that are switched on matter. */
export const survey = (
  all: readonly Variable[],
  flows: readonly Flow[],
  advanced: readonly AdvancedFlow[],
): Survey => {
  const variables = all.filter(({ name }) => name in VARIABLES);
  const others: LeftAlone[] = [];
  const understood: Understood[] = [];
  const byName = [...flows].sort((one, other) => one.name.localeCompare(other.name));
  for (const flow of byName.filter(({ enabled }) => enabled)) {
    const { id, name, trigger, conditions, actions } = flow;
    const cards = [...(trigger ? [trigger] : []), ...(conditions ?? []), ...(actions ?? [])];
    const used = mentions(flow, variables);
    if (runsTheScripts(cards)) understood.push({ id, name, purpose: purposeOf(flow, variables) });
    else if (used !== undefined) {
      others.push({
        id,
        name,
        why: `it uses the variable ${used.name}; ${VARIABLES[used.name] ?? 'the device'} has the same`,
      });
    }
  }
  for (const flow of advanced.filter(({ enabled }) => enabled)) {
    const { id, name, cards } = flow;
    if (runsTheScripts(Object.values(cards)) || mentions(flow, variables) !== undefined) {
      others.push({ id, name, why: 'it is an Advanced Flow: look at it and switch it off yourself' });
    }
  }
  for (const { id, name, purpose } of withPurpose(understood, 'unclear'))
    others.push({ id, name, why: purpose.why });

  const switches = withPurpose(understood, 'switches').sort((one, other) =>
    one.purpose.at.localeCompare(other.purpose.at),
  );
  const plan = planFor(switches, withPurpose(understood, 'rescues'));
  const needy = [...others, ...plan.leftAlone];
  const readers = readersFor(withPurpose(understood, 'reads'), needy);
  return {
    variables: variables.map(({ id, name }) => ({
      id,
      name,
      replacedBy: replacementOf(name, needy.length > 0),
    })),
    replaced: [...readers.replaced, ...plan.replaced],
    leftAlone: [...needy, ...readers.leftAlone],
    settings: plan.settings,
    warnings: readers.warning === null ? [] : [readers.warning],
  };
};
