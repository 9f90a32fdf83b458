import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { candidates } from '../../cli/completion.js';
import { PROBLEMS } from '../../cli/problem.js';
import { createProgram } from '../../cli/program.js';
import { createShells } from '../../cli/shell.js';
import { createCli } from './rig.js';

const cli = createCli();
afterAll(() => cli.cleanUp());

const program = createProgram(createShells(process, () => Promise.resolve()));
const leaves = program.commands.flatMap((group) =>
  group.commands.length === 0 ? [[group]] : group.commands.map((each) => [group, each]),
);
const paths = leaves.map((path) => path.map((command) => command.name()).join(' '));

describe('what can be learned', () => {
  test('every command has a summary, --json and --verbose', () => {
    for (const leaf of leaves.map((path) => path.at(-1)!)) {
      expect(leaf.summary(), leaf.name()).not.toBe('');
      const flags = leaf.options.map(({ long }) => long);
      expect(flags, leaf.name()).toEqual(expect.arrayContaining(['--json', '--verbose']));
    }
  });

  test('the documentation knows every command and every exit code', () => {
    const text = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    for (const path of paths) expect(text).toContain(`thermia ${path}`);
    for (const { code, means } of Object.values(PROBLEMS))
      expect(text).toContain(`| ${String(code)} | ${means} |`);
  });

  test('help is printed by the executable, and what is not understood points to it', async () => {
    const [help, wrong] = await Promise.all([
      cli.run(['homey', 'set', '--help']),
      cli.run(['homey', 'sets']),
    ]);
    expect(help.code).toBe(0);
    expect(help.out).toContain('Examples:');
    expect(help.out).toContain('Exit codes:');
    expect(wrong.code).toBe(PROBLEMS.usage.code);
    expect(wrong.err).toContain('Did you mean set?');
  });
});

describe('what is not understood, for programs', () => {
  test.each([
    [['homey', 'sets'], /unknown command 'sets' .*Did you mean set/],
    [['homey', 'set', 'onoff'], /missing required argument/],
    [['homey', 'status', '--wrong'], /unknown option/],
  ])('%s', async (args, sentence) => {
    const { code, out, err } = await cli.run([...args, '--json']);
    expect(out).toBe('');
    expect(JSON.parse(err)).toEqual({
      error: { kind: 'usage', code: 2, message: expect.stringMatching(sentence) as string },
    });
    expect(code).toBe(2);
  });
});

test('no text of help has line breaks of its own: the terminal decides', () => {
  for (const leaf of leaves.map((path) => path.at(-1)!))
    for (const paragraph of leaf.description().split('\n\n')) expect(paragraph).not.toContain('\n');
});

describe('completion', () => {
  const names = (line: string): string[] => candidates(program, line).map(({ name }) => name);

  test.each([
    ['thermia ', ['homey', 'online', 'completion', 'help']],
    ['thermia homey mi', ['migrate']],
    ['thermia online re', ['registers', 'report']],
    ['thermia homey migrate --d', ['--dry-run', '--device']],
    ['thermia nothing', []],
    ['thermia homey hot-water o', ['on', 'off']],
    ['thermia homey hot-water on --j', ['--json']],
    ['thermia completion ', ['bash', 'zsh', 'fish', 'pwsh', '--json', '--verbose', '--help']],
    ['thermia online history REG_X --resolution ', ['minute', 'hour', 'day', 'month']],
    ['thermia homey insights x --resolution last2', ['last24Hours', 'last2Years']],
  ])('%s', (line, expected) => {
    expect(names(line)).toEqual(expected);
  });

  test('the script asks the executable, and the executable answers', async () => {
    const env = { SHELL: 'bash', COMP_CWORD: '2', COMP_POINT: '17', COMP_LINE: 'thermia homey wat' };
    const [script, answer, unknown] = await Promise.all([
      cli.run(['completion', 'bash']),
      cli.run(['completion-server', '--', 'thermia', 'homey', 'wat'], { env }),
      cli.run(['completion', 'tcsh']),
    ]);
    expect(script.out).toContain("cli/thermia.mjs' completion-server");
    expect(answer.out).toBe('watch\n');
    expect(unknown.code).toBe(PROBLEMS.usage.code);
  });
});
