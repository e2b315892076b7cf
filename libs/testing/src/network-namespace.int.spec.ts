import { networkNamespace } from './network-namespace';
import { processStartTime } from './process-start-time';

test('each namespace has devices of its own, and goes with the test', async () => {
  let pid: number;
  {
    await using a = await networkNamespace();
    await using b = await networkNamespace();
    await a.run(['ip', '-batch', '-'], { input: 'link add test0 type bridge\nlink set test0 up\n' });
    expect(await a.run(['ip', '-br', 'link'])).toContain('test0');
    expect(await b.run(['ip', '-br', 'link'])).not.toContain('test0');
    expect(await b.run(['ip', '-br', 'link', 'show', 'lo'])).toContain('UP');
    expect(await processStartTime(a.pid)).toBe(a.startTime);
    pid = a.pid;
  }
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a command that fails says what it complained of', async () => {
  await using namespace = await networkNamespace();
  await expect(namespace.run(['ip', 'link', 'show', 'nothing0'])).rejects.toThrow(
    '"nothing0" does not exist',
  );
});
