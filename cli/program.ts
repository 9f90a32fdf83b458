import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { completion } from './completion.js';
import { addLeaf, type Leaf, type Shells } from './leaf.js';
import { EXIT_CODES } from './problem.js';
import { hotWater, set as setCapability } from './homey/commands/control.js';
import { devices, status as homeyStatus } from './homey/commands/devices.js';
import { flows, run } from './homey/commands/flows.js';
import { insights } from './homey/commands/insights.js';
import { apps, notifications, system, users, variables, zones } from './homey/commands/lists.js';
import { migrate } from './homey/commands/migrate.js';
import { login as homeyLogin, logout as homeyLogout } from './homey/commands/session.js';
import { watch } from './homey/commands/watch.js';
import { alarms } from './online/commands/alarms.js';
import { history } from './online/commands/history.js';
import { registers, set as setRegister } from './online/commands/registers.js';
import { report } from './online/commands/report.js';
import { login as onlineLogin, logout as onlineLogout } from './online/commands/session.js';
import { pumps, status as onlineStatus } from './online/commands/status.js';

const group = (parent: Command, name: string, summary: string): Command =>
  parent.command(name).summary(summary).description(summary).addHelpText('after', `\n${EXIT_CODES}`);

/** The whole tool, as a tree of commands. */
export const createProgram = (shells: Shells): Command => {
  const program = new Command('thermia')
    .description(
      'Thermia heat pumps from the command line: through your Homey (`thermia homey`), or straight from your account at Thermia Online (`thermia online`).',
    )
    .version(manifest.version, '--version')
    .showHelpAfterError('Add --help to learn more.')
    .addHelpText('after', `\n${EXIT_CODES}`);
  const under =
    (parent: Command) =>
    <O>(leaf: Leaf<O>): void =>
      addLeaf(parent, shells, leaf);

  const homey = under(group(program, 'homey', 'your Homey: its heat pumps, and what else is on it'));
  homey(homeyLogin);
  homey(homeyLogout);
  homey(homeyStatus);
  homey(hotWater);
  homey(setCapability);
  homey(watch);
  homey(devices);
  homey(flows);
  homey(run);
  homey(apps);
  homey(variables);
  homey(insights);
  homey(zones);
  homey(users);
  homey(notifications);
  homey(system);
  homey(migrate);

  const online = under(group(program, 'online', 'your account at Thermia Online, without a Homey'));
  online(onlineLogin);
  online(onlineLogout);
  online(pumps);
  online(onlineStatus);
  online(registers);
  online(setRegister);
  online(history);
  online(alarms);
  online(report);

  under(program)(completion);
  return program;
};
