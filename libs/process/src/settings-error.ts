/** The process was started with settings that it cannot use. The message has a line for each problem. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(app: string, problems: readonly string[]) {
    super([...problems, `Run ${app} --help for all settings.`].join('\n'));
  }
}

/** --help was asked for; `message` is the text to print. Not a failure: runMain prints it and ends with 0. */
export class HelpRequested extends Error {
  override readonly name = 'HelpRequested';
}
