// Whoever started a process through npm: when they are gone, nobody is left to end it.
import { existsSync, readFileSync } from 'node:fs';

const SHELLS = new Set(['sh', 'dash', 'bash', 'ash', 'zsh', 'ksh', 'busybox']);

/** Name and parent of a process; null where the system does not tell. */
const tell = (pid) => {
  const file = `/proc/${String(pid)}/stat`;
  if (!existsSync(file)) return null;
  const text = readFileSync(file, 'utf8');
  const end = text.lastIndexOf(')');
  const [, parent] = text.slice(end + 2).split(' ');
  return { name: text.slice(text.indexOf('(') + 1, end), parent: Number(parent) };
};

/**
 * A function that tells whether the starter is still there. npm starts a shell, which may stay between the two and then
 * outlives npm; what was started without npm may outlive its starter, as anything may that a person puts in the background.
 */
export const starterOf = (self) => {
  if (self.env.npm_lifecycle_event === undefined) return () => true;
  const { ppid } = self;
  const between = tell(ppid);
  const isShell = between !== null && SHELLS.has(between.name);
  // npm was gone before this process could look. (In a container npm may itself be the first process.)
  const starter = isShell ? between.parent : ppid;
  if (starter === 1 && between !== null && !/npm/.test(readFileSync('/proc/1/cmdline', 'utf8')))
    return () => false;
  return () => self.ppid === ppid && (!isShell || tell(ppid)?.parent === between.parent);
};
