import { type Setting } from './setting';

/** The text of --help: every setting with its flag, its variable, what it is for and its default. */
export function formatUsage(app: string, settings: readonly Setting[]): string {
  return [
    `Usage: ${app} [settings]`,
    '',
    'Each setting is a flag or an environment variable; the flag wins.',
    '',
    ...settings.flatMap(formatSetting),
    '  --help',
    '      Prints this text.',
  ].join('\n');
}

function formatSetting({ flag, env, isSwitch, description, defaultValue, required }: Setting): string[] {
  const note = required
    ? ' Required.'
    : defaultValue === undefined || defaultValue === ''
      ? ''
      : ` Default: ${formatValue(defaultValue)}.`;
  return [`  ${flag}${isSwitch ? '' : ' <value>'}   ${env}`, `      ${description}${note}`.trimEnd()];
}

const formatValue = (value: unknown): string =>
  Array.isArray(value) ? value.join(',') : typeof value === 'string' ? value : JSON.stringify(value);
