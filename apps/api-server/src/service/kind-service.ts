/** The gRPC service of one kind: the verbs that all kinds have, and those of its own. */
import type { ApiObject, DeleteRequest, GetRequest, Kind, ListRequest, WatchRequest } from '@own-kube/api';
import { type PatchRequest, unactedFields } from '@own-kube/api';
import { type CallContext, Encoded, type Service, type ServiceDefinition } from '@own-kube/rpc';
import type { Attempt } from '../auth/attempt';
import type { MustMay } from '../auth/authorizer';
import type { Verb } from '../auth/verb';
import { withVersion } from '../cache/version-splice';
import type { Stored } from '../registry/guaranteed-update';
import { namespaceOf } from '../registry/metadata';
import { objectRef } from '../registry/object-ref';
import { metadataOf } from '../registry/spec-status';
import type { Store } from '../registry/store';
import type { Audit } from './audit';
import type { Reads } from './reads';
import { selectedName } from './selection';
import { compilePatchRequest } from './patch-request';
import { strictMethodsOf, type StrictMethods, strictService } from './strict-codec';
import { writeOptionsOf } from './write-options';

type Handler = (request: never, ctx: CallContext) => unknown;

/** Methods that only one kind has. */
export interface OwnMethods {
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly strict: StrictMethods;
}

export interface KindServiceDeps {
  readonly kind: Kind;
  readonly store: Store<ApiObject>;
  readonly reads: Reads;
  readonly audit: Audit;
  readonly mustMay: MustMay;
  readonly own?: OwnMethods | undefined;
}

/** An answer of stored bytes, without encoding the object again. */
export const encodedAnswer = ({ value, revision }: Stored<unknown>): Encoded =>
  // What a dry run has not made has no version.
  new Encoded(revision === 0 ? value : withVersion(value, revision));

/** See the head of this file. */
export function createKindService(deps: KindServiceDeps): Service {
  const { kind, own } = deps;
  const definition = strictService(kind.service as ServiceDefinition, {
    ...strictMethodsOf(kind),
    ...own?.strict,
  });
  const handlers = { ...readHandlers(deps), ...writeHandlers(deps), ...own?.handlers };
  return { definition, handlers: handlers as Service['handlers'] };
}

/** What of a read says what it is about. */
interface ReadRequest {
  readonly namespace?: string | undefined;
  readonly name?: string;
  readonly fieldSelector?: string | undefined;
}

const readHandlers = ({ kind, reads, mustMay }: KindServiceDeps) => {
  const about = (verb: Verb, request: ReadRequest): Attempt => ({
    verb,
    kind,
    // A list without a namespace is about all of them.
    namespace: verb === 'get' ? namespaceOf(kind, request.namespace) : (request.namespace ?? ''),
    name: request.name ?? selectedName(request.fieldSelector),
  });
  return {
    get: async (request: GetRequest, ctx: CallContext) => {
      mustMay(ctx, about('get', request));
      return reads.get(request);
    },
    list: async (request: ListRequest, ctx: CallContext) => {
      mustMay(ctx, about('list', request));
      return reads.list(request);
    },
    watch: (request: WatchRequest, ctx: CallContext) => {
      mustMay(ctx, about('watch', request));
      return reads.watch(request, ctx.signal);
    },
  };
};

const writeHandlers = ({ kind, store, audit, mustMay }: KindServiceDeps) => {
  const attemptOf = (
    verb: Verb,
    of: { namespace?: string | undefined; name?: string | undefined },
  ): Attempt => ({
    verb,
    kind,
    namespace: namespaceOf(kind, of.namespace),
    name: of.name ?? '',
  });
  /** The caller may do it to some object, and to the one that it turns out to be. */
  const checked = async (
    ctx: CallContext,
    attempt: Attempt,
    write: (check: (object: ApiObject, next?: ApiObject) => void) => Promise<Stored<ApiObject>>,
  ): Promise<Encoded> => {
    let { name } = attempt;
    return audit(
      ctx,
      () => ({ verb: attempt.verb, kind: kind.kind, namespace: attempt.namespace, name }),
      async () => {
        mustMay(ctx, attempt);
        const stored = await write((object, next = attempt.next) =>
          mustMay(ctx, { ...attempt, object, next }),
        );
        // It may have been made by the server.
        name = metadataOf(stored.object).name ?? name;
        return encodedAnswer(stored);
      },
    );
  };
  const warnOf = (ctx: CallContext, paths: readonly string[]) => {
    for (const path of paths) ctx.warn(`${path}: is kept, but nothing acts on it yet.`);
  };
  const warnOfUnacted = (ctx: CallContext, object: ApiObject) => warnOf(ctx, unactedFields(kind, object));

  return {
    create: (object: ApiObject, ctx: CallContext) => {
      const attempt = { ...attemptOf('create', metadataOf(object)), object };
      warnOfUnacted(ctx, object);
      return checked(ctx, attempt, () => store.with(writeOptionsOf(ctx)).create(object));
    },
    update: (object: ApiObject, ctx: CallContext) => {
      warnOfUnacted(ctx, object);
      return checked(ctx, { ...attemptOf('update', metadataOf(object)), next: object }, (check) =>
        store.with(writeOptionsOf(ctx)).update(object, 'spec', check),
      );
    },
    updateStatus: (object: ApiObject, ctx: CallContext) =>
      checked(ctx, attemptOf('updateStatus', metadataOf(object)), (check) =>
        store.with(writeOptionsOf(ctx)).update(object, 'status', check),
      ),
    patch: (request: PatchRequest, ctx: CallContext) => {
      const attempt = attemptOf(request.subresource ? 'patchStatus' : 'patch', request);
      return checked(ctx, attempt, async (check) => {
        const write = compilePatchRequest(kind, request);
        // What the last try sets: it may take some until nobody writes meanwhile.
        let unacted: string[] = [];
        const stored = await write(store.with(writeOptionsOf(ctx, request)), {
          change: (current, next) => {
            const known = unactedFields(kind, current);
            unacted = unactedFields(kind, next ?? current).filter((path) => !known.includes(path));
            check(current, next);
          },
          create: (object) => {
            unacted = unactedFields(kind, object);
            mustMay(ctx, { ...attempt, verb: 'create', object });
          },
        });
        warnOf(ctx, unacted);
        return stored;
      });
    },
    delete: (request: DeleteRequest, ctx: CallContext) =>
      checked(ctx, attemptOf('delete', request), (check) =>
        store.with(writeOptionsOf(ctx, request)).delete(objectRef(kind, request), request, check),
      ),
  };
};
