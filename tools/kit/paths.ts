/** Where things are. */
import { join } from 'node:path';

/** The repository. */
export const root = join(import.meta.dirname, '../..');

/** What belongs to this machine's cluster alone and is not committed: certificates, the engine's log and pid. */
export const stateDir = join(root, '.own-kube');

/** A path inside the repository. */
export const inRoot = (...parts: string[]): string => join(root, ...parts);
