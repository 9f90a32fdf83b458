import Homey from 'homey';

export default class FixtureApp extends Homey.App {
  greeting = this.homey.__('hello', { name: 'you' });

  async onInit() {
    this.log('started', this.greeting, Homey.env.SECRET ?? 'no secret');
    this.homey.settings.set('starts', (this.homey.settings.get('starts') ?? 0) + 1);
    const { flow } = this.homey;
    flow.getActionCard('set_outdoor').registerRunListener(async ({ device, value }) => {
      await device.setCapabilityValue('measure_temperature.outdoor', value);
    });
    flow.getActionCard('say').registerRunListener(async ({ text }) => {
      if (text === 'fail') throw new Error('I will not say that');
      this.log('said', text);
      this.homey.settings.set('said', text);
    });
    flow
      .getConditionCard('is_mode')
      .registerRunListener(async ({ device, mode }) => device.getCapabilityValue('tank_mode') === mode);
    flow
      .getDeviceTriggerCard('became_warmer')
      .registerRunListener(async (args, state) => args.sensor.id === state.sensor && state.value > args.limit)
      .registerArgumentAutocompleteListener('sensor', async (query, { device }) =>
        device
          .getCapabilities()
          .filter((id) => id.startsWith('measure_temperature') && id.includes(query))
          .map((id) => ({ id, name: id })),
      );
  }

  async onUninit() {
    this.log('ended');
  }
}
