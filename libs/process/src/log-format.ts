import { format, type Logform } from 'winston';

const colours: Record<string, number> = { error: 31, warn: 33, info: 32, debug: 36 };

/** One line for a terminal: "12:00:01 INFO agent container started (kind=Pod name=a)"; errors follow, indented. */
export const formatForPerson = (): Logform.Format =>
  format.printf(({ timestamp, level, component, message, ...context }) => {
    const time = String(timestamp).slice(11, 19);
    const label = `\x1b[${colours[level] ?? 0}m${level.toUpperCase().padEnd(5)}\x1b[0m`;
    const entries = Object.entries(context).map(([key, value]) => [key, asText(value)] as const);
    const short = entries.filter(([, text]) => !text.includes('\n'));
    const long = entries.filter(([, text]) => text.includes('\n'));
    const pairs = short.map(([key, text]) => `${key}=${text}`).join(' ');
    return [
      `${time} ${label} ${String(component)} ${String(message)}${pairs && ` (${pairs})`}`,
      ...long.map(([key, text]) => `    ${key}: ${text.replaceAll('\n', '\n    ')}`),
    ].join('\n');
  });

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
