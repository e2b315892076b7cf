import { isMap, LineCounter, parseAllDocuments, type Document, type Tags } from 'yaml';
import { ApiError } from '../errors';

/** A document of a YAML text. */
export interface YamlDocument {
  /** The line on which its content begins; comments before it do not count. */
  readonly line: number;
  /**
   * Its content as JSON; null for an empty document.
   * @throws ApiError Invalid that names file, line and column.
   */
  readonly value: () => unknown;
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
 * The documents of a text in YAML or JSON.
 * @param source the name of the file, for messages.
 */
export function parseYaml(text: string, source: string): YamlDocument[] {
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
  return documents.map((document) => ({
    line: lines.linePos(startOf(document)).line,
    value: () => toJson(document, lines, source),
  }));
}

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
    const { line } = lines.linePos(startOf(document));
    throw new ApiError('Invalid', `${source}:${line}: the YAML cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}
