/** The syntax of names, labels and annotations: Kubernetes' own rules. Each check returns what is wrong, with its path. */
import type { Violation } from '../errors';
import { fieldPath } from '../field-path';

type Check = (value: string, field: string) => Violation[];

/** A check by pattern and length. */
const syntax =
  (pattern: RegExp, longest: number, rule: string): Check =>
  (value, field) => {
    if (value.length > longest)
      return [{ field, description: `must be no more than ${longest} characters, got ${value.length}` }];
    return pattern.test(value) ? [] : [{ field, description: `"${value}" ${rule}` }];
  };

const label1123 = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/** RFC 1123 label: names of namespaces and containers. */
export const checkDns1123Label = syntax(
  new RegExp(`^${label1123}$`),
  63,
  'must consist of lower-case letters, digits and "-", and begin and end with a letter or digit, as "my-name"',
);

/** RFC 1123 subdomain: names of most objects. */
export const checkDns1123Subdomain = syntax(
  new RegExp(`^${label1123}(\\.${label1123})*$`),
  253,
  'must consist of lower-case letters, digits, "-" and ".", and begin and end with a letter or digit, as "example.com"',
);

/** RFC 1035 label: names of Services. */
export const checkDns1035Label = syntax(
  /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  63,
  'must consist of lower-case letters, digits and "-", begin with a letter and end with a letter or digit, as "my-name"',
);

/** A name that may stand in a path, and has no other syntax: names of roles, as "system:node". */
export const checkPathSegmentName: Check = (value, field) =>
  value === '.' || value === '..' || /[/%]/.test(value)
    ? [{ field, description: `"${value}" must not be "." or "..", and must not have "/" or "%"` }]
    : [];

/** The value of a label; it may be empty. */
export const checkLabelValue = syntax(
  /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  63,
  'must consist of letters, digits, "-", "_" and ".", and begin and end with a letter or digit, as "v1.2"',
);

/** IANA service name: names of ports. */
export const checkPortName: Check = (value, field) => [
  ...syntax(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    15,
    'must consist of lower-case letters, digits and "-", and begin and end with a letter or digit, as "http"',
  )(value, field),
  ...(/[a-z]/.test(value) ? [] : [{ field, description: `"${value}" must have at least one letter` }]),
  ...(value.includes('--') ? [{ field, description: `"${value}" must not have "--"` }] : []),
];

const checkNamePart = syntax(
  /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
  63,
  'must consist of letters, digits, "-", "_" and ".", and begin and end with a letter or digit, as "app" or "example.com/app"',
);

/** The key of a label or annotation: a name, or a DNS subdomain, "/" and a name. */
export const checkQualifiedName: Check = (value, field) => {
  const parts = value.split('/');
  if (parts.length > 2)
    return [
      { field, description: `"${value}" must be a name, or a prefix, "/" and a name, as "example.com/app"` },
    ];
  const [name, prefix] = [parts.at(-1)!, parts.length === 2 ? parts[0]! : undefined];
  return [
    ...(prefix === undefined ? [] : checkDns1123Subdomain(prefix, field)),
    ...checkNamePart(name, field),
  ];
};

/** Keys and values of labels. */
export const checkLabels = (labels: Readonly<Record<string, string>>, field: string): Violation[] =>
  Object.entries(labels).flatMap(([key, value]) => {
    const at = fieldPath.key(field, key);
    return [...checkQualifiedName(key, at), ...checkLabelValue(value, at)];
  });

const mostAnnotationBytes = 256 * 1024;

/** Keys of annotations, and the size of all. */
export function checkAnnotations(annotations: Readonly<Record<string, string>>, field: string): Violation[] {
  const entries = Object.entries(annotations);
  const bytes = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  const tooLarge =
    bytes > mostAnnotationBytes
      ? [{ field, description: `must be no more than ${mostAnnotationBytes} bytes in all, got ${bytes}` }]
      : [];
  return [
    ...entries.flatMap(([key]) => checkQualifiedName(key.toLowerCase(), fieldPath.key(field, key))),
    ...tooLarge,
  ];
}
