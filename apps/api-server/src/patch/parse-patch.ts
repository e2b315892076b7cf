import { ApiError, isObject, parseYaml } from '@own-kube/api';

/** No object nests so deep; whoever recurses into a patch may rely on it. */
const deepest = 100;

/** The patch of a request as JSON. */
export function parsePatch(bytes: Uint8Array | undefined): unknown {
  const text = textOf(bytes);
  try {
    return checked(JSON.parse(text) as unknown);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError('Invalid', `The patch is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}

/** What is applied: an object in JSON or YAML. */
export function parseApplied(bytes: Uint8Array | undefined): Record<string, unknown> {
  const documents = parseYaml(textOf(bytes), 'the patch')
    .map((document) => document.value())
    .filter((value) => value !== null);
  const [applied, second] = documents;
  if (!isObject(applied) || second !== undefined)
    throw new ApiError('Invalid', 'What is applied must be one object, with apiVersion and kind.');
  return checked(applied);
}

function textOf(bytes: Uint8Array | undefined): string {
  if (!bytes?.length)
    throw new ApiError('Invalid', 'The request has no patch: set it to what is to be changed.');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}

function checked<T>(value: T): T {
  check(value, 0);
  return value;
}

function check(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > deepest) throw new ApiError('Invalid', `The patch nests deeper than ${deepest} levels.`);
  // A name that JavaScript's objects have a use of their own for.
  if (Object.hasOwn(value, '__proto__'))
    throw new ApiError('Invalid', 'The patch has a field "__proto__", which nothing here has.');
  for (const inner of Object.values(value)) check(inner, depth + 1);
}
