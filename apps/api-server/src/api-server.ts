/** The api-server without its process: from a store to the services that it offers. */
import { type ApiObject, podKind } from '@own-kube/api';
import type { Clock, Logger } from '@own-kube/process';
import type { Around, IdentifyToken, Service } from '@own-kube/rpc';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { createAuthorizer, type MustMay } from './auth/authorizer';
import { createNodePods } from './auth/node/node-pods';
import { createPolicySource } from './auth/rbac/policy-source';
import { type CachedUidsDeps, createCachedUids } from './auth/tokens/cached-uids';
import type { SigningKey } from './auth/tokens/jwt';
import { TokenAuthority } from './auth/tokens/token-authority';
import { bootstrap } from './bootstrap';
import { type ClaimPicker, createClaimPicker } from './claims/claim-picker';
import type { ClaimRanges } from './claims/claim-range';
import { FreshReads } from './cache/fresh-reads';
import type { HistoryLimits } from './cache/history';
import { WatchCache } from './cache/watch-cache';
import { kindModules, type KindModule } from './kinds/kind-modules';
import { createNamespaceGuard } from './kinds/namespaces/namespace-guard';
import { type AdmissionLimits, createAdmission } from './limits/admission';
import { createSizedStorage } from './limits/sized-storage';
import { pluralOf } from './registry/keys';
import { formatSuffix } from './registry/name-suffix';
import { cachedKindOf } from './registry/selectable';
import { Store } from './registry/store';
import { type Audit, createAudit } from './service/audit';
import { createKindService } from './service/kind-service';
import { Reads } from './service/reads';
import { createEncryptedStorage } from './storage/encrypted/encrypted-storage';
import { createSealer, type SealingKey } from './storage/encrypted/sealer';
import type { Storage } from './storage/storage';

export interface ApiServerDeps {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Logger;
  readonly history?: HistoryLimits;
  /** From what addresses and ports are picked. */
  readonly ranges: ClaimRanges;
  /** The keys for what is encrypted in etcd; the first of them encrypts. Without one nothing is encrypted. */
  readonly encryptionKeys?: readonly SealingKey[];
  /** The keys for the tokens of ServiceAccounts; the first of them signs. Without one there are no tokens. */
  readonly tokenKeys?: readonly SigningKey[];
  readonly limits: ApiServerLimits;
}

export interface ApiServerLimits extends AdmissionLimits {
  /** The largest object. */
  readonly objectBytes: number;
}

export interface ApiServer {
  readonly services: readonly Service[];
  readonly cache: WatchCache;
  /** Goes around every call: lets it in. */
  readonly admit: Around;
  /** Whose a token is; undefined where there are no tokens. */
  readonly identify: IdentifyToken | undefined;
  /** Why it cannot serve everything at this moment. */
  problem(): string | undefined;
  /** Follows the store until aborted. */
  run(signal: AbortSignal): Promise<void>;
}

const readyCheckMs = 1_000;
/** How long the answer with a new token waits until the token is accepted here. */
const seenWithinMs = 500;

/** Wires everything up; does nothing until it is run. */
export function createApiServer(deps: ApiServerDeps): ApiServer {
  const { clock, log, history } = deps;
  const storage = createStorage(deps);
  const cache = new WatchCache({
    storage,
    clock,
    log,
    kinds: kindModules.map(({ strategy }) => cachedKindOf(strategy)),
    ...(history ? { limits: history } : {}),
  });
  const cached = (key: string) => cache.of(pluralOf(key)).objects.get(key);
  const tokens = createTokens(deps, { cached, filled: () => cache.revision !== undefined });
  const parts: Parts = {
    storage,
    tokens,
    seen: (revision) => cache.waitFor(revision, seenWithinMs),
    cache,
    clock,
    cached,
    fresh: new FreshReads(cache, storage),
    audit: createAudit({ log, clock }),
    namespaceGuard: createNamespaceGuard({ storage, cached }),
    claims: createClaimPicker({ storage, ranges: deps.ranges, random: randomInt }),
    mustMay: createAuthorizer({
      policy: createPolicySource((plural) => cache.of(plural)),
      pods: createNodePods(cache.of(podKind.plural)),
      ready: () => rolesReady,
    }),
  };
  let rolesReady = false;
  const makeReady = async (signal: AbortSignal) => {
    const revision = await bootstrap({ stores, clock, log }, signal);
    while (!signal.aborted && !rolesReady) rolesReady = await cache.waitFor(revision, readyCheckMs);
  };
  const stores = new Map(
    kindModules.map((module) => [module.strategy.kind.kind, createStore(module, parts)]),
  );
  const services = kindModules.map((module) =>
    createService(module, stores.get(module.strategy.kind.kind)!, parts),
  );
  return {
    services,
    cache,
    admit: createAdmission(services, deps.limits),
    identify: tokens && ((token) => tokens.identify(token)),
    problem: () => cache.problem ?? (rolesReady ? undefined : 'the roles have not been made and read yet'),
    run: async (signal) => {
      await Promise.all([cache.run(signal), makeReady(signal)]);
    },
  };
}

const createTokens = (
  { clock, tokenKeys = [] }: ApiServerDeps,
  uids: CachedUidsDeps,
): TokenAuthority | undefined =>
  tokenKeys.length === 0
    ? undefined
    : new TokenAuthority({
        keys: tokenKeys,
        now: () => clock.now(),
        uidOf: createCachedUids(uids),
        newId: () => randomUUID(),
      });

function createStorage({ storage, encryptionKeys = [], limits }: ApiServerDeps): Storage {
  const encrypted = new Set(
    kindModules.filter(({ strategy }) => strategy.encrypted).map(({ strategy }) => strategy.kind.plural),
  );
  const sealed = createEncryptedStorage({
    storage,
    sealer: createSealer(encryptionKeys),
    encrypts: (key) => encrypted.has(pluralOf(key)),
  });
  return createSizedStorage(sealed, limits.objectBytes);
}

interface Parts {
  readonly storage: Storage;
  readonly cache: WatchCache;
  readonly clock: Clock;
  readonly cached: (key: string) => ReturnType<ReturnType<WatchCache['of']>['objects']['get']>;
  readonly fresh: FreshReads;
  readonly audit: Audit;
  readonly namespaceGuard: ReturnType<typeof createNamespaceGuard>;
  readonly claims: ClaimPicker;
  readonly mustMay: MustMay;
  readonly tokens: TokenAuthority | undefined;
  readonly seen: (revision: number) => Promise<boolean>;
}

const createStore = ({ strategy }: KindModule, { storage, cached, namespaceGuard, claims, clock }: Parts) =>
  new Store<ApiObject>({
    storage,
    strategy,
    cached,
    namespaceGuard,
    claims,
    now: () => clock.now(),
    newUid: () => randomUUID(),
    newSuffix: () => formatSuffix(randomBytes(5)),
  });

const createService = (
  { strategy, ownMethods }: KindModule,
  store: Store<ApiObject>,
  parts: Parts,
): Service =>
  createKindService({
    kind: strategy.kind,
    store,
    audit: parts.audit,
    mustMay: parts.mustMay,
    reads: new Reads({ ...parts, strategy }),
    own: ownMethods?.({ ...parts, store }),
  });
