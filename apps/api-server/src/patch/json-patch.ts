import { ApiError, describeValue, invalid, isObject } from '@own-kube/api';
import { applyOperation, type Operation } from 'fast-json-patch';

const operations = ['add', 'remove', 'replace', 'move', 'copy', 'test'];
/** As upstream: what more than this many operations want is better said in another way. */
const mostOperations = 10_000;
/** What `copy` may add in all, in characters of JSON: doubling a field again and again would fill any memory. */
const mostCopied = 3 << 20;

/**
 * RFC 6902: the operations done in order, all or none; the target is not changed.
 * @throws ApiError Invalid that names the operation by its place in the list, and its path.
 */
export function applyJsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch))
    throw new ApiError('Invalid', `A JSON patch must be a list of operations, got ${describeValue(patch)}.`);
  if (patch.length > mostOperations)
    throw new ApiError(
      'Invalid',
      `A JSON patch has at most ${mostOperations} operations, got ${patch.length}.`,
    );
  let document = structuredClone(target);
  let copied = 0;
  patch.forEach((operation: unknown, index) => {
    checkOperation(operation, index);
    document = apply(document, operation, index);
    if (operation.op === 'copy') copied += sizeAt(document, operation.from);
    if (copied > mostCopied)
      throw refused(operation, index, `copies more than ${mostCopied} characters in all`);
  });
  return document;
}

function checkOperation(operation: unknown, index: number): asserts operation is Operation {
  // The library has operations of its own beside those of the RFC.
  if (isObject(operation) && typeof operation['op'] === 'string' && operations.includes(operation['op']))
    return;
  const got = isObject(operation) ? operation['op'] : operation;
  throw refused(operation, index, `op must be one of ${operations.join(', ')}, got ${describeValue(got)}`);
}

function apply(document: unknown, operation: Operation, index: number): unknown {
  try {
    return applyOperation(document, operation, true, true, true, index).newDocument;
  } catch (error) {
    throw refused(operation, index, reasonOf(error as Error, operation));
  }
}

/** The library's errors say what was wrong in their first line; the others are of moving something into itself. */
function reasonOf(error: Error, { op }: Operation): string {
  if (error.name === 'TEST_OPERATION_FAILED') return 'the value there is another';
  return error.name === 'TypeError'
    ? `${op} is not possible there`
    : error.message.split('\n')[0]!.replace(/^./, (first) => first.toLowerCase());
}

const sizeAt = (document: unknown, pointer: string): number =>
  JSON.stringify(
    pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (value, token) =>
          (value as Record<string, unknown> | undefined)?.[token.replaceAll('~1', '/').replaceAll('~0', '~')],
        document,
      ) ?? null,
  ).length;

function refused(operation: unknown, index: number, reason: string): ApiError {
  const path = isObject(operation) && typeof operation['path'] === 'string' ? operation['path'] : '';
  const op = isObject(operation) ? ` (${describeValue(operation['op'])} at ${describeValue(path)})` : '';
  return invalid('The JSON patch', [{ field: `[${index}]`, description: `${reason}${op}` }]);
}
