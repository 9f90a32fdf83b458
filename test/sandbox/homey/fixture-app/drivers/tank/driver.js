import Homey from 'homey';

export default class TankDriver extends Homey.Driver {
  async onPair(session) {
    let name = null;
    session.setHandler('login', async ({ username, password }) => {
      if (password === 'down') throw new Error('The service is down');
      name = username;
      return password === 'right';
    });
    session.setHandler('list_devices', async () =>
      ['1', '2'].map((id) => ({
        name: `${name} ${id}`,
        data: { id },
        store: { account: name },
        settings: { model: `T${id}` },
      })),
    );
    session.setHandler('ask', async (question) => session.emit('question', question));
    session.setHandler('disconnect', async () => this.log('session ended'));
  }

  async onRepair(session, device) {
    session.setHandler('login', async ({ password }) => {
      if (password !== 'right') return false;
      await device.setAvailable();
      return true;
    });
  }
}
