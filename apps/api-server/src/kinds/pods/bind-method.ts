import { type Binding, type Pod, podKind } from '@own-kube/api';
import type { Clock } from '@own-kube/process';
import type { CallContext } from '@own-kube/rpc';
import type { MustMay } from '../../auth/authorizer';
import { objectRef } from '../../registry/object-ref';
import { metadataOf } from '../../registry/spec-status';
import type { Store } from '../../registry/store';
import type { Audit } from '../../service/audit';
import { encodedAnswer, type OwnMethods } from '../../service/kind-service';
import { writeOptionsOf } from '../../service/write-options';
import { planBind } from './plan-bind';

export interface BindDeps {
  readonly store: Store<Pod>;
  readonly audit: Audit;
  readonly mustMay: MustMay;
  readonly clock: Clock;
}

/** Pods.Bind */
export const createBindMethod = ({ store, audit, mustMay, clock }: BindDeps): OwnMethods => ({
  strict: { bind: 'ownkube.core.v1.Binding' },
  handlers: {
    bind: (binding: Binding, ctx: CallContext) => {
      const ref = objectRef(podKind, metadataOf(binding));
      const attempt = { verb: 'bind', kind: podKind, namespace: ref.namespace, name: ref.name } as const;
      return audit(
        ctx,
        () => ({ ...attempt, kind: podKind.kind }),
        async () => {
          mustMay(ctx, attempt);
          return encodedAnswer(
            await store.with(writeOptionsOf(ctx)).change(ref, (pod) => {
              mustMay(ctx, { ...attempt, object: pod });
              return planBind(ref.text, binding, pod, clock.now());
            }),
          );
        },
      );
    },
  },
});
