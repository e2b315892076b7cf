/** The suites of this repository, in the order in which they run. */
import { existsSync, globSync } from 'node:fs';
import { dirname } from 'node:path';
import { inRoot, root } from '../kit/paths.ts';

export interface Check {
  readonly name: string;
  readonly argv: readonly string[];
}

export interface JestSuite {
  readonly name: string;
  readonly args: readonly string[];
}

const bin = (name: string): string => inRoot('node_modules/.bin', name);
const nx = (...args: string[]): string[] => [bin('nx'), ...args, '--output-style=stream'];

/** What either holds or does not: each counts as one test. */
export const checks: readonly Check[] = [
  { name: 'generate', argv: nx('run', 'api:generate') },
  { name: 'build', argv: nx('run-many', '--targets=build') },
  { name: 'typecheck', argv: nx('run', 'own-kube:typecheck') },
  { name: 'lint', argv: nx('run-many', '--targets=lint', '--parallel=2') },
  { name: 'format', argv: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'proto lint', argv: nx('run', 'own-kube:proto-lint') },
  { name: 'proto breaking', argv: nx('run', 'own-kube:proto-breaking') },
];

const projects = (config: string): string[] =>
  globSync(`{apps,libs}/*/${config}`, { cwd: root })
    .map((file) => dirname(file))
    .sort();

/** All unit tests, in one run of jest over all projects that have some. */
export const unitSuite = (): JestSuite => ({
  name: 'unit tests',
  args: ['--projects', 'tools', ...projects('jest.config.cjs')],
});

/** The integration tests of each project, then those of the whole cluster. */
export function integrationSuites(): JestSuite[] {
  const withTests = projects('jest.int.config.cjs').filter(
    (project) => globSync(`${project}/src/**/*.int.spec.ts`, { cwd: root }).length > 0,
  );
  const folders = [...withTests, 'tools/e2e'].filter((folder) => existsSync(inRoot(folder)));
  return folders.map((folder) => ({
    name: folder === 'tools/e2e' ? 'end to end' : `integration ${folder}`,
    args: ['--config', `${folder}/jest.int.config.cjs`, '--runInBand'],
  }));
}
