import pc from 'picocolors';
import * as z from 'zod';
import { checkValue, type Control, type ControlValue, type Write } from '../../../lib/thermia/index.js';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import { shownValue } from '../../terminal/secrets.js';
import { withCount } from '../../terminal/progress.js';
import { ageOf, shown } from '../../terminal/format.js';
import { readProfile, readRegisters, type Register } from '../dump.js';
import { choosePump, PUMP_OPTION } from '../pumps.js';
import { findControl } from '../register-names.js';
import { OnlineOptions, originOption, withAccount } from '../session.js';

const RegistersOptions = OnlineOptions.extend({
  pump: z.string().optional(),
  all: z.boolean().default(false),
});

const rowOf = (register: Register, now: number): string[] => {
  const { registerName, registerValue, valueNames, minValue, maxValue, isReadOnly, changedAt, registerId } =
    register;
  const name = valueNames?.find(({ value }) => value === registerValue)?.name ?? '';
  const limits = minValue === null || maxValue === null ? '' : `${minValue} … ${maxValue}`;
  return [
    registerName,
    shown(registerValue ?? shownValue(registerName, register.stringRegisterValue)),
    name,
    isReadOnly === false ? pc.green(limits === '' ? 'can be set' : limits) : '',
    ageOf(changedAt, now),
    pc.dim(String(registerId)),
  ];
};

export const registers: Leaf<z.output<typeof RegistersOptions>> = {
  usage: 'registers [group]',
  summary: 'list the groups of registers, or the registers of one group or of all',
  examples: [
    'thermia online registers',
    'thermia online registers REG_GROUP_HOT_WATER',
    'thermia online registers --all --json > pump.json',
  ],
  options: [
    { flags: '--all', means: 'the registers of all groups; some 20 requests' },
    PUMP_OPTION,
    originOption,
  ],
  schema: RegistersOptions,
  run: (shell, options, [group]) =>
    withAccount(shell, options, async (session) => {
      const { out } = shell;
      const { identity } = await choosePump(session, options.pump);
      const profile = await readProfile(session, identity.id);
      const names = profile.groups.map(({ name }) => name);
      if (group === undefined && !options.all) {
        if (out.json) out.data(names);
        else out.print([...names, pc.dim('Name one, or use --all.')].join('\n'));
        return;
      }
      // Groups that are not listed may be there all the same.
      const wanted = group === undefined ? names : [group];
      const read = await readRegisters(session, out, identity.id, profile, wanted);
      if (group !== undefined && (read[group]?.length ?? 0) === 0) {
        throw new Problem('not_found', `There is nothing in ${group}; the groups are ${names.join(', ')}.`);
      }
      if (out.json) {
        out.data(read);
        return;
      }
      const now = shell.now();
      const blocks = Object.entries(read)
        .filter(([, all]) => all.length > 0)
        .map(([name, all]) =>
          [
            pc.bold(name),
            shell.out.table(
              ['Register', 'Value', '', 'Can be set', 'Age', 'Id'],
              all.map((each) => rowOf(each, now)),
            ),
          ].join('\n'),
        );
      out.print(blocks.join('\n\n'));
    }),
};

const valueFor = (control: Control, text: string): ControlValue => {
  switch (control.kind) {
    case 'switch':
      if (['on', '1', 'true'].includes(text.toLowerCase())) return true;
      if (['off', '0', 'false'].includes(text.toLowerCase())) return false;
      throw new Problem('usage', `${control.id} takes on or off, and "${text}" is neither.`);
    case 'number': {
      const value = Number(text.replace(',', '.'));
      if (text.trim() === '' || !Number.isFinite(value)) {
        throw new Problem('usage', `${control.id} takes a number, and "${text}" is none.`);
      }
      const { min, step } = control.limits;
      if (checkValue(control, value) !== value)
        throw new Problem(
          'refused',
          `${control.id} goes from ${min} in steps of ${step}, and ${text} is between two.`,
        );
      return value;
    }
    case 'choice':
      return text.toLowerCase();
  }
};

const settled = async ({ accepted, settled: outcome }: Write): Promise<'confirmed' | 'unchanged'> => {
  await accepted;
  const end = await outcome;
  if (end.state === 'failed') throw end.error;
  return end.state;
};

const SetOptions = OnlineOptions.extend({ pump: z.string().optional() });

export const set: Leaf<z.output<typeof SetOptions>> = {
  usage: 'set <register> <value>',
  summary: 'change something on a heat pump, and wait until it was seen to take it',
  details: [
    'REGISTER is what `thermia online status` lists under "Can be set": hot_water, heating_target, …, or the name of another',
    'register that can be written. Limits are checked before anything is sent; what is so already is not sent.',
  ].join(' '),
  examples: ['thermia online set hot_water off', 'thermia online set heating_target 21'],
  options: [PUMP_OPTION, originOption],
  schema: SetOptions,
  run: (shell, options, [wanted = '', text = '']) =>
    withAccount(shell, options, async (session) => {
      const { out } = shell;
      const { account } = session;
      const { identity } = await choosePump(session, options.pump);
      await withCount(
        out,
        'Reading the heat pump',
        () => session.requests(),
        () => account.refresh(identity.id),
      );
      const control = findControl(
        account.snapshot(identity.id)?.controls ?? new Map<string, Control>(),
        wanted,
      );
      const value = valueFor(control, text);
      out.note(`Setting ${control.id} of ${identity.name ?? identity.id} to ${shown(value)} …`);
      const outcome = await withCount(
        out,
        'Waiting for the heat pump',
        () => session.requests(),
        () => settled(account.write(identity.id, control.id, value)),
      );
      if (out.json)
        out.data({ pump: identity.id, control: control.id, value, previous: control.value, outcome });
      else if (outcome === 'unchanged')
        out.print(`${control.id} is ${shown(value)} already; nothing was sent.`);
      else out.print(`${control.id} is now ${shown(value)}; the heat pump was seen to take it.`);
    }),
};
