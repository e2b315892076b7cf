/**
 * Runs lines of `ip` in the namespaces of pods. A command that is started from here costs us more than it costs itself;
 * where there are several at once, `xargs` starts them for us.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBatcher } from '../batcher';
import type { Exec } from '../exec';
import type { PodNetns } from './pod-netns';

/** Lines for one namespace. */
export interface PodSideItem {
  readonly netns: PodNetns;
  readonly lines: readonly string[];
  /** A name of its own among all that run. */
  readonly name: string;
}

/** What a pod's namespace is told. */
export interface PodSide {
  /** Runs lines as soon as they are there; the command starts before. */
  runAlone(netns: PodNetns, lines: Promise<readonly string[]>): Promise<void>;
  /** Runs lines together with those of others. Where one namespace fails, all that shared the command fail. */
  runShared(item: PodSideItem): Promise<void>;
}

/** So many namespaces are worked on at the same time. */
const atOnce = 4;

/** Makes a PodSide. The folder is for texts that live for one command. */
export function createPodSide({ exec, dir }: { exec: Exec; dir: string }): PodSide {
  const runShared = createBatcher<PodSideItem>(async (items) => {
    const files = items.map(({ name }) => join(dir, `${name}.ip`));
    try {
      await Promise.all(
        items.map(({ lines }, i) => writeFile(files[i] ?? '', toText(lines), { mode: 0o600 })),
      );
      const words = items.flatMap(({ netns }, i) => [`--net=${netns.path}`, 'ip', '-batch', files[i] ?? '']);
      await exec(['xargs', '-d', '\n', '-P', String(atOnce), '-n', '4', 'nsenter'], { stdin: toText(words) });
      return [];
    } finally {
      await Promise.all(files.map((file) => rm(file, { force: true })));
    }
  });

  async function runAlone(netns: PodNetns, lines: Promise<readonly string[]>): Promise<void> {
    await exec(['nsenter', '--net=/proc/self/fd/3', 'ip', '-batch', '-'], {
      stdin: lines.then(toText),
      fds: [netns.fd],
    });
  }

  return { runAlone, runShared };
}

const toText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
