/** What the proxy counts. */
import { Counter, Gauge, Histogram, type Registry } from '@own-kube/process';

/** The metrics of one proxy. */
export interface Metrics {
  readonly attachSeconds: Histogram<'outcome'>;
  readonly repairs: Counter<'what'>;
}

/** What is read when it is asked for. */
export interface MetricSources {
  readonly used: number;
  readonly free: number;
}

/** Makes the metrics in a registry. */
export function createMetrics(registry: Registry, leases: MetricSources): Metrics {
  const registers = [registry];
  new Gauge({
    name: 'own_kube_proxy_leases',
    help: 'Addresses of the node, by whether a pod has them.',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'used' }, leases.used);
      this.set({ state: 'free' }, leases.free);
    },
  });
  return {
    attachSeconds: new Histogram({
      name: 'own_kube_proxy_attach_seconds',
      help: 'Time from an Attach to its answer.',
      labelNames: ['outcome'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
      registers,
    }),
    repairs: new Counter({
      name: 'own_kube_proxy_repairs_total',
      help: 'What was not as it should be and was put right, by what it was.',
      labelNames: ['what'],
      registers,
    }),
  };
}
