import { type ApiObject, encodeManifest, formatYaml, type Kind, objectName } from '@own-kube/api';
import { columnsOf, namespaceColumn } from './columns';
import { createTable } from './table';

/** How objects are to be printed. */
export interface PrintOptions {
  readonly output?: 'wide' | 'json' | 'yaml' | 'name';
  readonly allNamespaces?: boolean;
  /** The line of column names. */
  readonly headers?: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Makes texts of objects, in the same form as long as it lives. */
export interface Printer {
  /** One object, asked for by its name or as one of a watch. */
  one(object: ApiObject): string;
  /** What a list or several names gave. */
  many(objects: readonly ApiObject[]): string;
}

/** Makes the printer of a kind for -o. */
export function createPrinter(kind: Kind, options: PrintOptions): Printer {
  switch (options.output) {
    case 'json':
      return printerOf(kind, (value) => `${JSON.stringify(value, null, 4)}\n`);
    case 'yaml':
      return printerOf(kind, (value) => formatYaml([value]));
    case 'name': {
      const one = ({ metadata }: ApiObject) => `${objectName(kind, metadata?.name)}\n`;
      return { one, many: (objects) => objects.map(one).join('') };
    }
    case 'wide':
    case undefined:
      return tablePrinter(kind, options);
  }
}

/** A printer of manifests; several of them are one List. */
const printerOf = (kind: Kind, format: (value: unknown) => string): Printer => ({
  one: (object) => format(encodeManifest(kind, object)),
  many: (objects) =>
    format({ apiVersion: 'v1', kind: 'List', items: objects.map((object) => encodeManifest(kind, object)) }),
});

function tablePrinter(kind: Kind, { output, allNamespaces, headers = true, now }: PrintOptions): Printer {
  const columns = [
    ...(allNamespaces && kind.namespaced ? [namespaceColumn] : []),
    ...columnsOf(kind).filter(({ wide }) => !wide || output === 'wide'),
  ];
  const table = createTable(headers ? columns.map(({ head }) => head) : undefined);
  const row = (object: ApiObject, at: number) => columns.map(({ cell }) => cell(object, at) ?? '');
  const many = (objects: readonly ApiObject[]) => table.format(objects.map((object) => row(object, now())));
  return { one: (object) => many([object]), many };
}
