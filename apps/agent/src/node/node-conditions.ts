import { NodeCondition, toTime } from '@own-kube/api';
import type { Headroom } from './machine';

/** What the node's conditions go by. A problem is a sentence; undefined: all is well. */
export interface NodeHealth {
  readonly engineProblem: string | undefined;
  readonly networkProblem: string | undefined;
  readonly headroom: Headroom;
}

/** With less than this left, a resource is under pressure. */
const leastMemory = 0.02;
const leastDisk = 0.1;
const leastProcesses = 0.1;

interface Truth {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** The node's conditions, with a heartbeat of now. The time of a change stays while nothing changes. */
export function nodeConditions(
  health: NodeHealth,
  before: readonly NodeCondition[],
  now: number,
): NodeCondition[] {
  return truths(health).map((truth) => {
    const last = before.find(({ type }) => type === truth.type);
    return NodeCondition.fromPartial({
      ...truth,
      lastHeartbeatTime: toTime(now),
      lastTransitionTime: last?.status === truth.status ? last.lastTransitionTime : toTime(now),
    });
  });
}

function truths({ engineProblem, networkProblem, headroom }: NodeHealth): Truth[] {
  const problem = engineProblem ?? networkProblem;
  return [
    pressure('MemoryPressure', headroom.memory < leastMemory, 'memory'),
    pressure('DiskPressure', headroom.disk < leastDisk, 'disk space'),
    pressure('PIDPressure', headroom.processes < leastProcesses, 'process ids'),
    networkProblem === undefined
      ? truth('NetworkUnavailable', 'False', 'ProxyAnswers', 'pods can be attached to the pod network')
      : truth('NetworkUnavailable', 'True', 'ProxyAway', networkProblem),
    problem === undefined
      ? truth('Ready', 'True', 'AgentReady', 'the agent is ready for pods')
      : truth('Ready', 'False', 'AgentNotReady', problem),
  ];
}

const pressure = (type: string, present: boolean, what: string): Truth =>
  present
    ? truth(type, 'True', `AgentHas${type}`, `the node is short of ${what}`)
    : truth(type, 'False', `AgentHasNo${type}`, `the node has enough ${what}`);

const truth = (type: string, status: 'True' | 'False', reason: string, message: string): Truth => ({
  type,
  status,
  reason,
  message,
});
