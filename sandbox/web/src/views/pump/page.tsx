import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { createSimulator, type Pump, type Simulator, type SimulatorState } from '../../client/simulator.js';
import { sentence } from '../../pure/format.js';
import { hello } from '../../state/world.js';
import { Button, Empty, Notice, Panel, Spinner, Switch } from '../../ui/controls.js';
import { Registers } from './registers.js';
import { actWith, type Act } from './run.js';
import { CloudPanel, CountersPanel, SignInPanel } from './service.js';

const LOOK_MS = 3000;

const PumpPanel = ({ pump, simulator, act }: { pump: Pump; simulator: Simulator; act: Act }): JSX.Element => {
  const name = pump.name ?? `Pump ${pump.id}`;
  return (
    <Panel title={name} testId="simulated-pump">
      <div class="action">
        <div>
          <b>Line to the service</b>
          <small>{pump.online ? 'The pump is online' : 'The pump is offline'}</small>
        </div>
        <Switch
          on={pump.online}
          label={`${name} is online`}
          testId="pump-online"
          onToggle={(online) =>
            act(online ? `${name} is back.` : `${name} is offline.`, () =>
              simulator.setOnline(pump.id, online),
            )
          }
        />
      </div>
      <div class="action">
        <div>
          <b>Alarm</b>
          <small>{pump.activeAlarms === 0 ? 'None' : `${pump.activeAlarms} active`}</small>
        </div>
        {pump.activeAlarms === 0 ? (
          <Button
            testId="raise-alarm"
            onPress={() =>
              act(`${name} has an alarm.`, () => simulator.raiseAlarm(pump.id, 'High pressure alarm'))
            }
          >
            Raise
          </Button>
        ) : (
          <Button
            testId="clear-alarms"
            onPress={() => act(`${name} has no alarm.`, () => simulator.clearAlarms(pump.id))}
          >
            Clear
          </Button>
        )}
      </div>
      <Registers pump={pump} simulator={simulator} act={act} />
    </Panel>
  );
};

const Scenes = ({ address }: { address: string }): JSX.Element => {
  const simulator = useMemo(() => createSimulator(address), [address]);
  const [pumps, setPumps] = useState<readonly Pump[]>([]);
  const [state, setState] = useState<SimulatorState | null>(null);
  const [problem, setProblem] = useState('');

  const look = async (): Promise<void> => {
    try {
      const [found, counted] = await Promise.all([simulator.pumps(), simulator.state()]);
      setPumps(found);
      setState(counted);
      setProblem('');
    } catch (error) {
      setProblem(`The simulated Thermia Online does not answer. ${sentence(error)}`);
    }
  };
  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [simulator]);

  const act = actWith(look);
  if (problem !== '') return <Notice tone="bad">{problem}</Notice>;
  if (state === null) return <Spinner />;
  return (
    <>
      <p class="lead">
        What nobody has on a Homey: the pump itself, the service and the account, to be played with.
      </p>
      <div class="scenes" data-testid="scenes">
        <div class="stack">
          {pumps.map((pump) => (
            <PumpPanel key={pump.id} pump={pump} simulator={simulator} act={act} />
          ))}
        </div>
        <div class="stack">
          <CloudPanel simulator={simulator} state={state} act={act} />
          <SignInPanel simulator={simulator} state={state} act={act} />
          <CountersPanel state={state} />
        </div>
      </div>
    </>
  );
};

export const PumpPage = (): JSX.Element => {
  const thermia = hello.value?.thermia ?? null;
  return thermia?.simulated === true ? (
    <Scenes address={thermia.address} />
  ) : (
    <Empty>
      The Thermia server of this sandbox is not a simulated one: there is nothing to play with here.
    </Empty>
  );
};
