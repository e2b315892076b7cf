/**
 * Writes libs/api/src/generated/schema.ts and descriptors.ts from proto/.
 *
 * schema.ts is what the manifest codec, the warnings and the unknown-field check need to know of each message, as a
 * plain table: reading it costs nothing at start, where parsing descriptors would. descriptors.ts is the whole
 * FileDescriptorSet for server reflection.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface FieldDescriptor {
  name: string;
  number: number;
  label: string;
  type: string;
  typeName?: string;
  options?: Record<string, unknown>;
}

interface MessageDescriptor {
  name: string;
  field?: FieldDescriptor[];
  nestedType?: MessageDescriptor[];
  options?: Record<string, unknown>;
}

interface FileDescriptor {
  name: string;
  package: string;
  messageType?: MessageDescriptor[];
}

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'libs/api/src/generated');
const optionPrefix = '[ownkube.meta.v1.';

function buildImage(format: 'json' | 'binpb'): Buffer {
  const args = [
    'build',
    'proto',
    '--as-file-descriptor-set',
    '--exclude-source-info',
    '-o',
    `-#format=${format}`,
  ];
  return execFileSync(join(root, 'node_modules/.bin/buf'), args, { cwd: root, maxBuffer: 64 << 20 });
}

/** "TYPE_INT32" -> "int32"; ".ownkube.core.v1.Pod" -> "ownkube.core.v1.Pod". */
const typeOf = (field: FieldDescriptor): string =>
  field.typeName?.replace(/^\./, '') ?? field.type.replace('TYPE_', '').toLowerCase();

/** One of our own options. */
const optionOf = ({ options }: { options?: Record<string, unknown> }, name: string): unknown =>
  options?.[`${optionPrefix}${name}]`];

/** What is around a field: the map entries of its message, and the messages that apply takes whole. */
interface Surroundings {
  readonly entries: ReadonlyMap<string, MessageDescriptor>;
  readonly whole: ReadonlySet<string>;
}

function fieldSchema(field: FieldDescriptor, { entries, whole }: Surroundings): Record<string, unknown> {
  const option = (name: string) => optionOf(field, name);
  const entry = entries.get(typeOf(field));
  // The items of a list are told apart by the list's own keys.
  const isWhole = field.label !== 'LABEL_REPEATED' && whole.has(typeOf(field));
  return {
    name: field.name,
    number: field.number,
    type: entry ? typeOf(entry.field!.find((f) => f.name === 'value')!) : typeOf(field),
    ...(entry ? { map: true } : field.label === 'LABEL_REPEATED' ? { repeated: true } : {}),
    ...(option('inline') ? { inline: true } : {}),
    ...(option('merge_key') ? { mergeKey: option('merge_key') } : {}),
    ...(option('not_acted_on') ? { notActedOn: true } : {}),
    ...(option('list_keys') ? { listKeys: option('list_keys') } : {}),
    ...(option('merge_items') ? { mergeItems: true } : {}),
    ...(option('atomic') || isWhole ? { atomic: true } : {}),
  };
}

function messageSchemas(files: FileDescriptor[]): Record<string, unknown[]> {
  const schemas: Record<string, unknown[]> = {};
  const ours = files.filter((f) => f.package.startsWith('ownkube.'));
  const whole = new Set(
    ours.flatMap((file) =>
      (file.messageType ?? [])
        .filter((message) => optionOf(message, 'atomic_message'))
        .map(({ name }) => `${file.package}.${name}`),
    ),
  );
  for (const file of ours) {
    for (const message of file.messageType ?? []) {
      const name = `${file.package}.${message.name}`;
      const entries = new Map(
        (message.nestedType ?? [])
          .filter((n) => n.options?.['mapEntry'])
          .map((n) => [`${name}.${n.name}`, n]),
      );
      schemas[name] = (message.field ?? []).map((field) => fieldSchema(field, { entries, whole }));
    }
  }
  return schemas;
}

const head = '// Made by tools/generate/schema.ts from proto/. Do not edit.\n';
const files = (JSON.parse(buildImage('json').toString()) as { file: FileDescriptor[] }).file;
writeFileSync(
  join(out, 'schema.ts'),
  `${head}import type { FieldSchema } from '../schema';\n\n` +
    `export const messageFields: Readonly<Record<string, readonly FieldSchema[]>> = ${JSON.stringify(messageSchemas(files), null, 1)};\n`,
);
writeFileSync(
  join(out, 'descriptors.ts'),
  `${head}/** The FileDescriptorSet of proto/, as base64. */\nexport const fileDescriptorSet = '${buildImage('binpb').toString('base64')}';\n`,
);
