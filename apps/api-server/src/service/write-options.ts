import { invalid } from '@own-kube/api';
import type { CallContext } from '@own-kube/rpc';
import type { WriteOptions } from '../registry/store';

const dryRunHeader = 'own-kube-dry-run';
const managerHeader = 'own-kube-field-manager';
/** As upstream. */
const longestManager = 128;

/** What a request says itself of how it is to be done. */
interface Stated {
  readonly dryRun?: boolean | undefined;
  readonly fieldManager?: string | undefined;
}

/** How a write is to be done, by the request and by the headers of the call. */
export function writeOptionsOf(ctx: CallContext, stated: Stated = {}): WriteOptions {
  const manager = stated.fieldManager || ctx.header(managerHeader);
  if (manager && (manager.length > longestManager || !/^\P{C}*$/u.test(manager)))
    throw invalid('The request', [
      { field: 'fieldManager', description: `must be at most ${longestManager} printable characters` },
    ]);
  return {
    manager: manager || (ctx.identity?.user ?? 'unknown').slice(0, longestManager),
    dryRun: stated.dryRun === true || isDryRun(ctx.header(dryRunHeader)),
  };
}

function isDryRun(header: string | undefined): boolean {
  if (!header || header === 'All') return header === 'All';
  throw invalid('The request', [
    { field: dryRunHeader, description: `must be "All" or absent, got "${header}"` },
  ]);
}
