import { ApiError } from '../errors';
import { isObject } from './json-value';
import { decodeManifest, type Manifest } from './manifest';
import { parseYaml } from './parse-yaml';

/** A manifest and where it stands: "pods.yaml:12". */
export interface SourcedManifest extends Manifest {
  readonly at: string;
}

/**
 * Reads all manifests of a text: YAML documents or JSON, one or several, lists (kind List) too.
 * @param source the name of the file, for messages.
 * @throws ApiError Invalid that names each wrong document by file and line, with everything that is wrong in it.
 */
export function parseManifests(text: string, source: string): SourcedManifest[] {
  const manifests: SourcedManifest[] = [];
  const errors: ApiError[] = [];
  for (const { line, value } of parseYaml(text, source)) {
    const at = `${source}:${line}`;
    try {
      for (const item of itemsOf(value())) manifests.push({ ...decodeManifest(item), at });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error.message.startsWith(source) ? error : withPlace(error, at));
    }
  }
  if (errors.length > 0) throw together(errors);
  return manifests;
}

/** The manifests in a document: none in an empty one, several in a list. */
function itemsOf(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  const isList = isObject(value) && typeof value['kind'] === 'string' && value['kind'].endsWith('List');
  return isList && Array.isArray(value['items']) ? value['items'] : [value];
}

const withPlace = (error: ApiError, at: string): ApiError =>
  new ApiError(error.code, `${at}: ${error.message}`, { violations: error.violations, cause: error });

function together(errors: readonly ApiError[]): ApiError {
  if (errors.length === 1) return errors[0]!;
  const violations = errors.flatMap((error) => error.violations);
  return new ApiError('Invalid', errors.map((error) => error.message).join('\n'), { violations });
}
