import { Command } from 'commander';
import { addLeaf, type Shells } from './leaf.js';
import { EXIT_CODES } from './problem.js';
import { devices, status } from './homey/commands/devices.js';
import { hotWater, set } from './homey/commands/control.js';
import { flows, run } from './homey/commands/flows.js';
import { insights } from './homey/commands/insights.js';
import { apps, notifications, system, users, variables, zones } from './homey/commands/lists.js';
import { login, logout } from './homey/commands/session.js';
import { watch } from './homey/commands/watch.js';

const group = (parent: Command, name: string, summary: string): Command =>
  parent.command(name).summary(summary).description(summary).addHelpText('after', `\n${EXIT_CODES}`);

/** The whole tool, as a tree of commands. */
export const createProgram = (shells: Shells): Command => {
  const program = new Command('thermia')
    .description(
      'Thermia heat pumps from the command line: through your Homey (`thermia homey`), or straight from your account at Thermia Online (`thermia online`).',
    )
    .showHelpAfterError('Add --help to learn more.')
    .addHelpText('after', `\n${EXIT_CODES}`);
  const homey = group(program, 'homey', 'your Homey: its heat pumps, and what else is on it');
  addLeaf(homey, shells, login);
  addLeaf(homey, shells, logout);
  addLeaf(homey, shells, status);
  addLeaf(homey, shells, hotWater);
  addLeaf(homey, shells, set);
  addLeaf(homey, shells, watch);
  addLeaf(homey, shells, devices);
  addLeaf(homey, shells, flows);
  addLeaf(homey, shells, run);
  addLeaf(homey, shells, apps);
  addLeaf(homey, shells, variables);
  addLeaf(homey, shells, insights);
  addLeaf(homey, shells, zones);
  addLeaf(homey, shells, users);
  addLeaf(homey, shells, notifications);
  addLeaf(homey, shells, system);
  return program;
};
