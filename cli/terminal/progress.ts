import { Presets, SingleBar } from 'cli-progress';
import type { Output } from './output.js';

export interface Progress {
  step(label: string): void;
}

const LOOK_MS = 200;

/** Shows how often something was asked for while `work` goes on, where a person looks on and the end is not known. */
export const withCount = async <T>(
  out: Output,
  label: string,
  count: () => number,
  work: () => Promise<T>,
): Promise<T> => {
  if (out.json || !out.isTerminal) {
    out.detail(label);
    return work();
  }
  const bar = new SingleBar({
    format: ' {label} … {value} requests, {duration_formatted}',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  const before = count();
  bar.start(0, 0, { label });
  const looking = setInterval(() => bar.update(count() - before), LOOK_MS);
  try {
    return await work();
  } finally {
    clearInterval(looking);
    bar.stop();
  }
};

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
