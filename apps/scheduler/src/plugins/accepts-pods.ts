import type { Filter } from './plugin';

/** The node is not closed to new pods. */
export const acceptsPods: Filter = (_pod, { node }) =>
  node.spec?.unschedulable ? ['node(s) were unschedulable'] : [];
