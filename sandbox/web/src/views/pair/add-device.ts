import { sentence } from '../../pure/format.js';
import { announce } from '../../state/outcomes.js';
import { theHomey } from '../../state/world.js';
import { openPair } from './open.js';

/** Starts pairing with the driver that can be paired; a sandbox runs one app. */
export const addDevice = async (): Promise<void> => {
  try {
    const driver = (await theHomey().drivers()).find(({ pair }) => pair);
    if (driver === undefined) announce('No app on this Homey has a device to add.', 'bad');
    else openPair(driver.id, 'Add a device');
  } catch (error) {
    announce(sentence(error), 'bad');
  }
};
