import { z } from 'zod';

/** One setting, as it is called on the command line and in the environment, and what its schema says of it. */
export interface Setting {
  /** The key in the schema: "healthListen". */
  readonly key: string;
  /** "--health-listen" */
  readonly flag: string;
  /** "OWN_KUBE_HEALTH_LISTEN" */
  readonly env: string;
  /** A boolean: its flag needs no value. */
  readonly isSwitch: boolean;
  readonly description: string;
  readonly defaultValue?: unknown;
  readonly required: boolean;
  /** Makes of a text what the schema takes. What it cannot read stays a text, for the schema to refuse. */
  readonly fromText: (text: string) => unknown;
}

/** The start of the environment variables that are settings. */
export const envPrefix = 'OWN_KUBE_';

/** The settings of a schema, in its order. */
export const settingsOf = (schema: z.ZodObject): Setting[] =>
  Object.entries<z.core.$ZodType>(schema.shape).map(([key, type]) => settingOf(key, type));

function settingOf(key: string, type: z.core.$ZodType): Setting {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1-$2');
  const layers = layersOf(type);
  const leaf = layers.at(-1)!;
  const withDefault = layers.find((layer) => layer instanceof z.ZodDefault);
  return {
    key,
    flag: `--${words.toLowerCase()}`,
    env: envPrefix + words.replaceAll('-', '_').toUpperCase(),
    isSwitch: leaf instanceof z.ZodBoolean,
    description: layers.map((layer) => z.globalRegistry.get(layer)?.description).find(Boolean) ?? '',
    defaultValue: withDefault?.def.defaultValue,
    required: !layers.some((layer) => layer instanceof z.ZodDefault || layer instanceof z.ZodOptional),
    fromText: textReader(leaf),
  };
}

/** A type with its wrappers from the outside in: default, optional and the like, then what they wrap. */
function layersOf(type: z.core.$ZodType): z.core.$ZodType[] {
  if (
    type instanceof z.ZodDefault ||
    type instanceof z.ZodOptional ||
    type instanceof z.ZodNullable ||
    type instanceof z.ZodReadonly
  )
    return [type, ...layersOf(type.def.innerType)];
  // A transformed value is read as what goes into it.
  if (type instanceof z.ZodPipe) return [type, ...layersOf(type.def.in)];
  return [type];
}

function textReader(leaf: z.core.$ZodType): (text: string) => unknown {
  if (leaf instanceof z.ZodNumber)
    return (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text));
  if (leaf instanceof z.ZodBoolean) return (text) => ({ true: true, false: false })[text] ?? text;
  if (leaf instanceof z.ZodArray) return (text) => text.split(',').filter((item) => item !== '');
  return (text) => text;
}
