import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Pump, Register, Simulator } from '../../client/simulator.js';
import { groupRegisters, meaningOf, readableName } from '../../pure/registers.js';
import { Button, Empty } from '../../ui/controls.js';
import type { Act } from './run.js';

interface RowProps {
  readonly pump: Pump;
  readonly register: Register;
  readonly simulator: Simulator;
  readonly act: Act;
}

const Row = ({ pump, register, simulator, act }: RowProps): JSX.Element => {
  const [draft, setDraft] = useState<string | null>(null);
  const { name, value, held } = register;
  const meaning = meaningOf(register);
  const wished = draft === null || draft.trim() === '' ? NaN : Number(draft.replace(',', '.'));
  return (
    <li class="register" data-testid="register" data-register={name}>
      <span class="register-name">
        {readableName(name)}
        <small>{name}</small>
      </span>
      {meaning !== '' && <span class="register-meaning">{meaning}</span>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (Number.isNaN(wished)) return;
          act(`${readableName(name)} is ${wished} on the pump.`, () =>
            simulator.setRegister(pump.id, name, wished),
          );
          setDraft(null);
        }}
      >
        <input
          class="inline-input number"
          inputMode="decimal"
          aria-label={`Value of ${name}`}
          value={draft ?? (value === null ? '' : String(value))}
          data-testid="register-value"
          onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        />
        {draft !== null && (
          <Button look="primary" submit disabled={Number.isNaN(wished)} testId="register-set">
            Set
          </Button>
        )}
        {draft === null && held && (
          <Button
            onPress={() =>
              act(`${readableName(name)} moves again.`, () => simulator.releaseRegister(pump.id, name))
            }
          >
            Let go
          </Button>
        )}
      </form>
    </li>
  );
};

export const Registers = ({ pump, simulator, act }: Omit<RowProps, 'register'>): JSX.Element => {
  const [words, setWords] = useState('');
  const groups = groupRegisters(pump.registers, words);
  return (
    <details class="registers">
      <summary>
        {pump.registers.length} registers <small>as if turned on the pump itself</small>
      </summary>
      <input
        class="input search soft"
        type="search"
        placeholder="Find a register"
        aria-label="Find a register"
        value={words}
        data-testid="find-register"
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
      />
      {groups.length === 0 && <Empty>No register matches.</Empty>}
      {groups.map(({ group, registers }) => (
        <div key={group}>
          <h3 class="day">{readableName(group)}</h3>
          <ul>
            {registers.map((register) => (
              <Row
                key={`${group} ${register.name}`}
                pump={pump}
                register={register}
                simulator={simulator}
                act={act}
              />
            ))}
          </ul>
        </div>
      ))}
    </details>
  );
};
