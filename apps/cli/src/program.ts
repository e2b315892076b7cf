import { Command, CommanderError, Option } from 'commander';
import type { Context } from './context';
import { exitCodeOf, exitCodes, exitCodesHelp } from './exit-codes';
import { formatError } from './format-error';
import { notNegative } from './options';

/**
 * Runs one command line and returns the exit code. Each command's code is loaded only when it is called: most of what
 * okube could do is not needed for what it is asked to do.
 */
export async function runOkube(argv: readonly string[], context: Context): Promise<number> {
  try {
    await createProgram(context).parseAsync(argv, { from: 'user' });
    return context.signal.aborted ? exitCodes.interrupted : exitCodes.success;
  } catch (error) {
    // commander has said it already; what is no error of usage is --help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
    if (context.signal.aborted) return exitCodes.interrupted;
    context.err(formatError(error));
    return exitCodeOf(error);
  }
}

function createProgram(context: Context): Command {
  const program = new Command('okube')
    .description('The command line of own-kube.')
    .option('--kubeconfig <file>', 'where the cluster is and who you are (also: OWN_KUBE_CONFIG)')
    .addHelpText(
      'after',
      `
Without --kubeconfig and OWN_KUBE_CONFIG: .own-kube/config in the working directory or one above it, else
~/.own-kube/config.
${exitCodesHelp}`,
    )
    .configureOutput({
      writeOut: (text) => context.out(text),
      writeErr: (text) => context.err(text.trimEnd()),
    })
    .exitOverride();
  addApply(program, context);
  addGet(program, context);
  addDelete(program, context);
  addCerts(program, context);
  program
    .command('version')
    .description('print the version of okube')
    .action(async () => (await import('./version')).printVersion(context));
  return program;
}

const namespaceOption = () =>
  new Option('-n, --namespace <name>', "the namespace (default: the context's, or default)");
const selectorOption = () =>
  new Option('-l, --selector <selector>', 'by labels: app=web,tier!=cache,env in (a,b)');
const collect = (value: string, before: string[] = []): string[] => [...before, value];

function addApply(program: Command, context: Context): void {
  program
    .command('apply')
    .description('create objects, or change them to what their manifests say')
    .requiredOption(
      '-f, --filename <file>',
      'YAML or JSON file, directory, or - for standard input; repeatable',
      collect,
    )
    .addOption(namespaceOption())
    .action(async (_options, command: Command) => {
      const { apply } = await import('./apply/apply');
      await apply(command.optsWithGlobals(), context);
    });
}

function addGet(program: Command, context: Context): void {
  program
    .command('get')
    .description('show objects')
    .argument('<kind>', 'pods, nodes or namespaces; also pod, po, pod/NAME, ...')
    .argument('[names...]')
    .addOption(namespaceOption())
    .option('-A, --all-namespaces', 'of all namespaces')
    .addOption(new Option('-o, --output <format>', 'how to print').choices(['wide', 'json', 'yaml', 'name']))
    .option('-w, --watch', 'go on with every change until Ctrl-C')
    .addOption(selectorOption())
    .option('--field-selector <selector>', 'by fields: spec.nodeName=node-1,status.phase!=Running')
    .option('--no-headers', 'without the line of column names')
    .action(async (kind: string, names: string[], _options, command: Command) => {
      const { get } = await import('./get/get');
      await get([kind, ...names], command.optsWithGlobals(), context);
    });
}

function addDelete(program: Command, context: Context): void {
  program
    .command('delete')
    .description('delete objects, and wait until they are gone')
    .argument('[kind]', 'as for get')
    .argument('[names...]')
    .option(
      '-f, --filename <file>',
      'the objects of a file, a directory or standard input (-); repeatable',
      collect,
    )
    .addOption(selectorOption())
    .option('--all', 'all objects of the kind in the namespace')
    .addOption(namespaceOption())
    .option('--grace-period <seconds>', 'from SIGTERM to SIGKILL; 0 needs --force', notNegative)
    .option('--force', 'take pods away at once, whatever becomes of their containers')
    .option('--ignore-not-found', 'what is not there is no failure')
    .option('--wait [boolean]', 'wait until the objects are gone (--wait=false: do not)', 'true')
    .option('--timeout <seconds>', 'wait no longer than this', notNegative)
    .action(async (kind: string | undefined, names: string[], _options, command: Command) => {
      const { remove } = await import('./delete/delete');
      await remove(kind === undefined ? [] : [kind, ...names], command.optsWithGlobals(), context);
    });
}

function addCerts(program: Command, context: Context): void {
  program
    .command('certs')
    .description("make a cluster's CA, certificates and kubeconfig; what is there and fits is kept")
    .requiredOption('--dir <directory>', 'where the folders of certificates are')
    .requiredOption('--server <host:port>', "the api-server's address, for the kubeconfig")
    .option('--api-server-ip <ip>', 'an address at which the nodes reach the api-server; repeatable', collect)
    .requiredOption('--node <name>', 'a node; repeatable', collect)
    .action(async (_options, command: Command) => {
      const { makeCertificates } = await import('./certs/certs');
      await makeCertificates(command.optsWithGlobals(), context);
    });
}
