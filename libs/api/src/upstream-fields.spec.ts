import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageFields } from './generated/schema';

/** Messages of our own, which upstream does not have. */
const ours = /^ownkube\.node\.|(Request|[a-z]Event)$/;

interface UpstreamField {
  number: number;
  repeated: boolean;
  type: string;
}

/** "ownkube.core.v1.Pod" and ".meta.v1.Time" -> "Pod", "Time"; maps keep their value's type. */
const shortType = (type: string): string =>
  type
    .replace(/^map<string, (.*)>$/, '$1')
    .split('.')
    .at(-1)!;

function upstreamFields(): Map<string, UpstreamField> {
  const rows = readFileSync(join(__dirname, '../../../proto/kubernetes-fields.tsv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return new Map(
    rows.map((row) => {
      const [group, message, field, number, label, type] = row.split('\t') as [
        string,
        string,
        string,
        string,
        string,
        string,
      ];
      const pkg =
        group.startsWith('api/resource') || group.startsWith('util/intstr')
          ? 'meta.v1'
          : group.replace('/', '.');
      return [
        `ownkube.${pkg}.${message}.${field}`,
        { number: Number(number), repeated: label === 'repeated', type: shortType(type) },
      ];
    }),
  );
}

describe('the contracts in proto/', () => {
  const upstream = upstreamFields();
  const messages = Object.entries(messageFields).filter(([message]) => !ours.test(message));

  test('cover a real part of Kubernetes', () => {
    expect(messages.length).toBeGreaterThan(70);
  });

  test.each(messages)("%s has upstream's field numbers and types", (message, fields) => {
    const number = ({
      number,
      repeated = false,
      type,
    }: {
      number: number;
      repeated?: boolean;
      type: string;
    }) => ({
      number,
      repeated,
      type: shortType(type),
    });
    // FieldsV1's only field is written Raw upstream, for gogo's sake.
    const find = (name: string) =>
      upstream.get(`${message}.${name}`) ?? upstream.get(`${message}.${name.replace(/^r/, 'R')}`);
    expect(fields.map((field) => [field.name, number(field)])).toEqual(
      fields.map(({ name }) => [name, find(name)]),
    );
  });
});
