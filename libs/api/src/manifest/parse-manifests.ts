import { type Document, isMap, LineCounter, parseAllDocuments, type Tags } from 'yaml';
import { ApiError } from '../errors';
import { isObject } from './json-value';
import { decodeManifest, type Manifest } from './manifest';

/** A manifest and where it stands: "pods.yaml:12". */
export interface SourcedManifest extends Manifest {
  readonly at: string;
}

/**
 * YAML 1.1 it is, because there `0644` is octal and `yes` is true, as manifests mean them. But as in Kubernetes' reader
 * 10:20 is text and not a number to the base of 60, a time is text, and there are no sets and no binaries.
 */
const tags = (all: Tags): Tags =>
  all.filter(
    (tag) =>
      typeof tag === 'string' ||
      (tag.format !== 'TIME' && !/:(timestamp|binary|omap|pairs|set)$/.test(tag.tag)),
  );

/**
 * Reads all manifests of a text: YAML documents or JSON, one or several, lists (kind List) too.
 * @param source the name of the file, for messages.
 * @throws ApiError Invalid that names each wrong document by file and line, with everything that is wrong in it.
 */
export function parseManifests(text: string, source: string): SourcedManifest[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    version: '1.1',
    merge: true,
    stringKeys: true,
    prettyErrors: false,
    customTags: tags,
  });
  if (!Array.isArray(documents)) return [];
  const manifests: SourcedManifest[] = [];
  const errors: ApiError[] = [];
  for (const document of documents) {
    const at = `${source}:${lines.linePos(startOf(document)).line}`;
    try {
      for (const value of itemsOf(toJson(document, lines, source)))
        manifests.push({ ...decodeManifest(value), at });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(error.message.startsWith(source) ? error : withPlace(error, at));
    }
  }
  if (errors.length > 0) throw together(errors);
  return manifests;
}

/** Where the content of a document begins; comments before it do not count. */
function startOf({ contents, range }: Document.Parsed): number {
  const first = isMap(contents) ? contents.items[0]?.key : contents;
  return first?.range?.[0] ?? range[0];
}

function toJson(document: Document.Parsed, lines: LineCounter, source: string): unknown {
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new ApiError('Invalid', `${source}:${line}:${col}: ${error.message}`);
  }
  try {
    return document.toJS() as unknown;
  } catch (cause) {
    // An alias without its anchor, or aliases that would grow without bound.
    throw new ApiError('Invalid', `the YAML cannot be read: ${(cause as Error).message}`, { cause });
  }
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
