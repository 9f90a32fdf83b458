import Homey from 'homey';

export default class TankDevice extends Homey.Device {
  async onInit() {
    this.log('init', this.getName(), this.getStoreValue('account'));
    if (this.getStoreValue('account') === 'broken') throw new Error('Nothing works');
    this.registerCapabilityListener('onoff', async (value, opts) => {
      if (opts.refuse) throw new Error('The pump refused');
      this.log('onoff', value);
    });
    this.registerMultipleCapabilityListener(
      ['target_temperature', 'tank_mode'],
      async (values) => {
        await this.setStoreValue('last', values);
      },
      20,
    );
    this.registerCapabilityListener('button.refresh', async () => {
      await this.setCapabilityValue('measure_temperature', 48.5);
    });
    if (this.getCapabilityValue('measure_temperature') === null) {
      await this.setCapabilityValue('measure_temperature', 41);
    }
  }

  async onAdded() {
    this.log('added');
  }

  async onDeleted() {
    this.log('deleted');
  }

  async onRenamed(name) {
    this.log('renamed', name);
  }

  async onSettings({ changedKeys, newSettings }) {
    this.log('settings', changedKeys, newSettings.interval);
    if (newSettings.interval === 13) throw new Error('Not thirteen');
    if (newSettings.interval === 14) await this.setSettings({ model: 'x' });
    return newSettings.interval === 15 ? 'Often enough' : undefined;
  }
}
