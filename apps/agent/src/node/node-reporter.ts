import { isAlreadyExists, isConflict, isNotFound, type Node } from '@own-kube/api';
import { type KindClient, updateWithRetry } from '@own-kube/client';
import type { Clock, Logger } from '@own-kube/process';
import type { ContainerEngine, EngineInfo } from '../docker/engine';
import { failureFields } from '../failure-fields';
import { buildNode, type Heartbeat, type NodeIdentity, withLabels, withStatus } from './build-node';
import type { Headroom } from './machine';

export interface NodeReporterOptions {
  readonly nodes: KindClient<Node>;
  readonly engine: ContainerEngine;
  readonly identity: NodeIdentity;
  readonly readHeadroom: () => Promise<Headroom>;
  /** Why pods cannot be attached; undefined when they can. */
  readonly networkProblem: () => string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Registers the node and tells every ten seconds how it is. A node that was deleted is registered again. */
export interface NodeReporter {
  run(signal: AbortSignal): Promise<void>;
  /** Why the engine cannot be used; undefined when it can. For the health check. */
  readonly engineProblem: () => string | undefined;
}

const intervalMs = 10_000;
/** A node that could not be registered, or could not be told of, is tried again soon. */
const retryMs = 1000;

export function createNodeReporter(options: NodeReporterOptions): NodeReporter {
  const { engine, clock, log, readHeadroom, networkProblem } = options;
  let engineProblem: string | undefined = 'Docker was not asked yet';
  let failure = '';

  const askEngine = async (signal: AbortSignal): Promise<EngineInfo | undefined> => {
    try {
      const info = await engine.info(signal);
      engineProblem = undefined;
      return info;
    } catch (error) {
      engineProblem = error instanceof Error ? error.message : String(error);
      return undefined;
    }
  };

  const beat = async (signal: AbortSignal): Promise<number> => {
    try {
      const [info, headroom] = await Promise.all([askEngine(signal), readHeadroom()]);
      const health = { engineProblem, networkProblem: networkProblem(), headroom };
      await report(options, { health, engine: info, now: clock.now() }, signal);
      failure = '';
      // A node that is not ready yet says so, and says as soon as it is.
      return (engineProblem ?? health.networkProblem) ? retryMs : intervalMs;
    } catch (error) {
      // Once for each cause: it is tried every second.
      if (!signal.aborted && failure !== String(error))
        log.warn('the node could not be reported', failureFields(error));
      failure = String(error);
      return retryMs;
    }
  };

  return {
    run: async (signal) => {
      while (!signal.aborted) {
        const pause = await beat(signal);
        await clock.sleep(pause, signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
      }
    },
    engineProblem: () => engineProblem,
  };
}

async function report(
  { nodes, identity, log }: NodeReporterOptions,
  heartbeat: Heartbeat,
  signal: AbortSignal,
): Promise<void> {
  const node = await getOrCreate(nodes, identity, { log, signal });
  const labelled = withLabels(node, identity);
  const current = labelled ? await nodes.update(labelled, { signal }) : node;
  try {
    await nodes.updateStatus(withStatus(current, identity, heartbeat), { signal });
  } catch (error) {
    if (!isConflict(error)) throw error;
    const change = (fresh: Node) => withStatus(fresh, identity, heartbeat);
    await updateWithRetry(nodes, { name: identity.name }, change, { part: 'status', signal });
  }
}

async function getOrCreate(
  nodes: KindClient<Node>,
  identity: NodeIdentity,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<Node> {
  const get = () => nodes.get({ name: identity.name }, { signal });
  try {
    return await get();
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  try {
    const node = await nodes.create(buildNode(identity), { signal });
    log.info('registered the node', { kind: 'Node', name: identity.name });
    return node;
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
    return get();
  }
}
