export default {
  async getStatus({ homey, params, query }) {
    return { what: params.what, query, drivers: Object.keys(homey.drivers.getDrivers()) };
  },
  async postEcho({ homey, body }) {
    switch (body.do) {
      case 'reject':
        homey.setTimeout(() => Promise.reject(new Error('nobody caught this')), 5);
        return null;
      case 'trigger':
        await homey.flow.getTriggerCard('something_happened').trigger(body.tokens);
        return null;
      case 'warmer': {
        const [device] = homey.drivers.getDriver('tank').getDevices();
        await homey.flow.getDeviceTriggerCard('became_warmer').trigger(device, body.tokens, body.state);
        return null;
      }
      case 'timeline':
        await homey.notifications.createNotification({ excerpt: body.excerpt });
        return null;
      case 'token': {
        const token = await homey.flow.createToken('price', { type: 'number', title: 'Price' });
        await token.setValue(body.value);
        return null;
      }
      case 'log': {
        const log = await homey.insights.createLog('load', {
          title: { en: 'Load' },
          type: 'number',
          units: 'W',
        });
        await log.createEntry(body.value);
        return null;
      }
      case 'realtime':
        await homey.api.realtime('news', body.data);
        return null;
      case 'ownerToken':
        return homey.api.getOwnerApiToken();
      case 'missing':
        return homey.images.createImage();
      case 'device': {
        const [device] = homey.drivers.getDriver('tank').getDevices();
        return device[body.method](...body.args);
      }
      default:
        return body;
    }
  },
  async getFree() {
    return 'free';
  },
};
