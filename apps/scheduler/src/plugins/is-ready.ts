import type { Filter } from './plugin';

/** The node's agent says that it is ready, and nobody that it has fallen silent. */
export const isReady: Filter = (_pod, { node }) => {
  const ready = node.status?.conditions.find(({ type }) => type === 'Ready');
  const leaving = node.metadata?.deletionTimestamp !== undefined;
  return ready?.status === 'True' && !leaving ? [] : ['node(s) were not ready'];
};
