import { sentence } from '../../pure/format.js';
import { announce } from '../../state/outcomes.js';

/** Does something to the simulator, says how it ended, and looks again. */
export type Act = (words: string, work: () => Promise<void>) => void;

export const actWith =
  (refresh: () => Promise<void>): Act =>
  (words, work) => {
    const run = async (): Promise<void> => {
      try {
        await work();
        announce(words);
      } catch (error) {
        announce(sentence(error), 'bad');
      }
      await refresh();
    };
    void run();
  };
