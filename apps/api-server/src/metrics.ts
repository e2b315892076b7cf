import { ApiError } from '@own-kube/api';
import { type Clock, Counter, Gauge, Histogram, Registry } from '@own-kube/process';
import type { Around } from '@own-kube/rpc';
import type { WatchCache } from './cache/watch-cache';

/** What Prometheus gets to see. */
export interface Metrics {
  readonly registry: Registry;
  /** Counts and times every call. */
  readonly around: Around;
}

/** Metrics of the calls and of the cache. */
export function createMetrics({ cache, clock }: { cache: WatchCache; clock: Clock }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const calls = new Counter({
    name: 'own_kube_api_calls_total',
    help: 'Calls that have ended, by method and outcome.',
    labelNames: ['method', 'code'],
    registers,
  });
  const seconds = new Histogram({
    name: 'own_kube_api_call_seconds',
    help: 'How long calls took. A watch takes as long as it is open.',
    labelNames: ['method'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60],
    registers,
  });
  new Gauge({
    name: 'own_kube_api_watchers',
    help: 'Watches that are open.',
    registers,
    collect() {
      this.set(cache.watchers);
    },
  });
  new Gauge({
    name: 'own_kube_api_cache_revision',
    help: 'The newest revision of etcd that the cache has seen.',
    registers,
    collect() {
      this.set(cache.revision ?? 0);
    },
  });
  const around: Around = async (ctx, next) => {
    const began = clock.now();
    const ended = (code: string) => {
      calls.inc({ method: ctx.method, code });
      seconds.observe({ method: ctx.method }, (clock.now() - began) / 1000);
    };
    try {
      const result = await next();
      ended('OK');
      return result;
    } catch (error) {
      ended(error instanceof ApiError ? error.code : 'Internal');
      throw error;
    }
  };
  return { registry, around };
}
