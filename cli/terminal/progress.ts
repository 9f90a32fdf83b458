import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './output.js';

export interface Progress {
  step(label: string): void;
}

/** Shows a bar while `work` takes its steps, where a person looks on. */
export const withProgress = async <T>(
  out: Output,
  total: number,
  work: (progress: Progress) => Promise<T>,
): Promise<T> => {
  if (out.json || !out.isTerminal) {
    return work({ step: (label) => out.detail(label) });
  }
  const bar = new SingleBar(
    {
      format: ' {bar} {value}/{total} {label}',
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { label: '' });
  try {
    return await work({ step: (label) => bar.increment(1, { label }) });
  } finally {
    bar.stop();
  }
};
