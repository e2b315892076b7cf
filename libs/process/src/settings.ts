import type { z } from 'zod';
import { nearestName } from './nearest-name';
import { envPrefix, type Setting, settingsOf } from './setting';
import { HelpRequested, SettingsError } from './settings-error';
import { formatUsage } from './settings-usage';

/** What a process is started with. */
export interface SettingsSource<S extends z.ZodObject> {
  /** The name of the program, for its messages. */
  readonly app: string;
  /** Its settings: key `nodeName` is the flag --node-name and the variable OWN_KUBE_NODE_NAME. */
  readonly schema: S;
  /** The arguments after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Text values by key, and what was wrong on the way to them. */
interface Found {
  readonly values: Map<string, string>;
  readonly problems: string[];
}

/**
 * The settings of an app, from flags and environment; a flag wins. Texts become what the schema asks for: numbers,
 * booleans (true, false, or a flag alone), lists (by comma). An empty variable counts as not set, as compose files
 * leave them.
 * @throws SettingsError with every problem at once; HelpRequested for --help.
 */
export function parseSettings<S extends z.ZodObject>(source: SettingsSource<S>): z.infer<S> {
  const { app, schema, argv, env } = source;
  const settings = settingsOf(schema);
  if (argv.includes('--help') || argv.includes('-h')) throw new HelpRequested(formatUsage(app, settings));
  const fromEnv = readEnv(env, settings);
  const fromFlags = readFlags(argv, settings);
  const texts = new Map([...fromEnv.values, ...fromFlags.values]);
  const input = settings.flatMap(({ key, fromText }) => {
    const text = texts.get(key);
    return text === undefined ? [] : [[key, fromText(text)] as const];
  });
  const result = schema.safeParse(Object.fromEntries(input));
  const problems = [...fromEnv.problems, ...fromFlags.problems];
  if (!result.success) problems.push(...result.error.issues.map((issue) => describe(issue, settings, texts)));
  if (!result.success || problems.length > 0) throw new SettingsError(app, problems);
  return result.data;
}

function readFlags(argv: readonly string[], settings: readonly Setting[]): Found {
  const values = new Map<string, string>();
  const problems: string[] = [];
  const flags = settings.map((setting) => setting.flag);
  for (let i = 0; i < argv.length; i++) {
    const [flag, given] = splitOnce(argv[i]!);
    const setting = settings.find((candidate) => candidate.flag === flag);
    if (!flag.startsWith('--')) problems.push(`Unexpected argument "${argv[i]}": settings begin with --.`);
    else if (!setting) problems.push(`Unknown flag ${flag}.${didYouMean(nearest(flag, flags, '--'))}`);
    else if (given !== undefined) values.set(setting.key, given);
    else if (setting.isSwitch) values.set(setting.key, 'true');
    else if (argv[i + 1] === undefined || argv[i + 1]!.startsWith('--'))
      problems.push(`${flag} needs a value, as ${flag}=VALUE.`);
    else values.set(setting.key, argv[++i]!);
  }
  return { values, problems };
}

function readEnv(env: SettingsSource<z.ZodObject>['env'], settings: readonly Setting[]): Found {
  const values = new Map<string, string>();
  const problems: string[] = [];
  const names = settings.map((setting) => setting.env);
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(envPrefix) || text === undefined || text === '') continue;
    const setting = settings.find((candidate) => candidate.env === name);
    // A variable that is like none of ours belongs to another program of the cluster.
    const meant = setting ? undefined : nearest(name, names, envPrefix);
    if (setting) values.set(setting.key, text);
    else if (meant) problems.push(`Unknown variable ${name}.${didYouMean(meant)}`);
  }
  return { values, problems };
}

function describe(
  issue: z.core.$ZodIssue,
  settings: readonly Setting[],
  texts: ReadonlyMap<string, string>,
): string {
  const setting = settings.find(({ key }) => key === issue.path[0]);
  if (!setting) return `${issue.message}.`;
  const name = `${setting.flag} (${setting.env})`;
  const text = texts.get(setting.key);
  return text === undefined ? `${name} is required.` : `${name}: ${issue.message}, got "${text}".`;
}

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}

const didYouMean = (name: string | undefined): string => (name ? ` Did you mean ${name}?` : '');

/** The nearest name, not counting what all names begin with. */
function nearest(name: string, known: readonly string[], prefix: string): string | undefined {
  const best = nearestName(
    name.slice(prefix.length),
    known.map((candidate) => candidate.slice(prefix.length)),
  );
  return best && prefix + best;
}
