import {
  type Deployment,
  deploymentKind,
  DeploymentSpec,
  DeploymentStrategy,
  type IntOrString,
} from '@own-kube/api';
import { defineStrategy } from '../../registry/spec-status';
import { checkFixed } from '../fixed';
import { templateDefaults } from '../workloads/template';
import { checkDeployment, checkDeploymentStatus } from './validate';

/** All that is special about Deployments. */
export const deploymentStrategy = defineStrategy<Deployment>(deploymentKind, {
  withDefaults: (deployment) => ({
    ...deployment,
    spec: specDefaults(deployment.spec ?? DeploymentSpec.fromPartial({})),
  }),
  validate: checkDeployment,
  validateUpdate: (next, current) => checkFixed('spec.selector', next.spec?.selector, current.spec?.selector),
  validateStatusUpdate: checkDeploymentStatus,
});

const specDefaults = (spec: DeploymentSpec): DeploymentSpec => ({
  ...spec,
  replicas: spec.replicas ?? 1,
  strategy: strategyDefaults(spec.strategy ?? DeploymentStrategy.fromPartial({})),
  revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
  progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
  template: templateDefaults(spec.template),
});

const quarter = (): IntOrString => ({ type: 1, intVal: undefined, strVal: '25%' });

function strategyDefaults({ type, rollingUpdate }: DeploymentStrategy): DeploymentStrategy {
  if ((type || 'RollingUpdate') !== 'RollingUpdate') return { type, rollingUpdate };
  return {
    type: 'RollingUpdate',
    rollingUpdate: {
      maxUnavailable: rollingUpdate?.maxUnavailable ?? quarter(),
      maxSurge: rollingUpdate?.maxSurge ?? quarter(),
    },
  };
}
