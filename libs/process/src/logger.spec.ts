import { Writable } from 'node:stream';
import { closeLogger, createLogger } from './logger';

/** An output that keeps what is written to it. */
function memory(isTTY = false) {
  const chunks: string[] = [];
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { output: Object.assign(output, { isTTY }), text: () => chunks.join('') };
}

describe('createLogger', () => {
  test('writes JSON lines with component, node and the context', async () => {
    const { output, text } = memory();
    const log = createLogger({ component: 'agent', level: 'info', node: 'node-1', output });
    log.info('container started', { kind: 'Pod', namespace: 'default', name: 'a' });
    log.debug('not written');
    await closeLogger(log);
    expect(text().endsWith('\n')).toBe(true);
    expect(JSON.parse(text())).toEqual({
      level: 'info',
      component: 'agent',
      node: 'node-1',
      message: 'container started',
      kind: 'Pod',
      namespace: 'default',
      name: 'a',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  test('writes errors with their stack and causes', async () => {
    const { output, text } = memory();
    const log = createLogger({ component: 'agent', level: 'info', output });
    log.error('attach failed', { error: new Error('no answer', { cause: new TypeError('refused') }) });
    await closeLogger(log);
    const { error } = JSON.parse(text()) as { error: string };
    expect(error).toMatch(/^Error: no answer\n\s+at .*\nCaused by: TypeError: refused\n\s+at /s);
  });

  test('writes for a person where the output is a terminal', async () => {
    const { output, text } = memory(true);
    const log = createLogger({ component: 'proxy', level: 'info', output });
    log.child({ kind: 'Node' }).warn('peer is away', { name: 'node-2', detail: 'line 1\nline 2' });
    await closeLogger(log);
    expect(text()).toMatch(
      /^\d\d:\d\d:\d\d \x1b\[33mWARN \x1b\[0m proxy peer is away \(kind=Node name=node-2\)\n/,
    );
    expect(text()).toContain('    detail: line 1\n    line 2\n');
  });

  test('a thousand lines are all there after closing', async () => {
    const { output, text } = memory();
    const log = createLogger({ component: 'x', level: 'info', output });
    for (let i = 0; i < 1000; i++) log.info('line', { i });
    await closeLogger(log);
    expect(text().trim().split('\n')).toHaveLength(1000);
  });
});
