import { randomUUID } from 'node:crypto';
import { eventually } from '@own-kube/testing';
import type { ContainerEngine, EngineEvent, NewContainer } from './engine';

/** An image that the engine under test has, with a shell. */
export interface ContractOptions {
  readonly engine: ContainerEngine;
  readonly image: string;
}

const { signal } = new AbortController();

/** What every engine must do. To be called in a test file; removes all that it makes. */
export function itIsAnEngine({ engine, image }: ContractOptions): void {
  const owner = { 'io.own-kube.test': randomUUID() };
  const aContainer = (change: Partial<NewContainer> = {}): NewContainer => ({
    name: `ok-test-${randomUUID()}`,
    image,
    labels: owner,
    entrypoint: ['sh', '-c', 'trap "exit 4" TERM; sleep 1000000 & wait'],
    networkMode: 'none',
    ipcMode: 'private',
    ...change,
  });
  const started = async (change: Partial<NewContainer> = {}) => {
    const id = await engine.create(aContainer(change), signal);
    await engine.start(id, signal);
    return id;
  };
  const ended = (id: string) =>
    eventually(async () => {
      const container = await engine.inspect(id, signal);
      expect(container?.state).toBe('exited');
      return container!;
    });

  afterAll(async () => {
    const left = await engine.list(owner, signal);
    await Promise.all(left.map(({ id }) => engine.remove(id, signal)));
  });

  test('says who it is', async () => {
    expect(await engine.info(signal)).toEqual({
      version: expect.stringMatching(/^\d/) as string,
      operatingSystem: expect.any(String) as string,
    });
  });

  test('a container lives: created, running, ended, gone; each step may be repeated', async () => {
    const id = await engine.create(aContainer(), signal);
    expect(await engine.inspect(id, signal)).toMatchObject({
      state: 'created',
      pid: 0,
      startedAt: undefined,
      finishedAt: undefined,
      stopSignal: 'SIGTERM',
      image,
      error: '',
    });
    await engine.start(id, signal);
    await engine.start(id, signal);
    const running = (await engine.inspect(id, signal))!;
    expect(running).toMatchObject({ state: 'running', networkMode: 'none', labels: owner });
    expect(running.pid).toBeGreaterThan(0);
    expect(running.startedAt).toBeGreaterThanOrEqual(running.createdAt);
    await engine.kill(id, 'SIGTERM', signal);
    expect(await ended(id)).toMatchObject({ exitCode: 4, oomKilled: false, pid: 0 });
    await engine.kill(id, 'SIGTERM', signal);
    await engine.remove(id, signal);
    await engine.remove(id, signal);
    await engine.kill(id, 'SIGTERM', signal);
    expect(await engine.inspect(id, signal)).toBeUndefined();
  });

  test('what runs is removed all the same', async () => {
    const id = await started();
    await engine.remove(id, signal);
    expect(await engine.inspect(id, signal)).toBeUndefined();
  });

  test('a name is taken once', async () => {
    const container = aContainer();
    await engine.create(container, signal);
    await expect(engine.create(container, signal)).rejects.toMatchObject({ code: 'AlreadyExists' });
  });

  test('of a start that fails, the reason stays with the container', async () => {
    const id = await engine.create(aContainer({ entrypoint: ['/none'] }), signal);
    await expect(engine.start(id, signal)).rejects.toThrow('/none');
    expect(await engine.inspect(id, signal)).toMatchObject({
      state: 'created',
      error: expect.stringContaining('/none') as string,
    });
  });

  test('a container joins the namespaces of another', async () => {
    const sandbox = await started({ ipcMode: 'shareable', hostname: 'the-pod' });
    const line = 'test "$(cat /etc/hostname)" = the-pod || exit 9; exit 0';
    const joined = await started({
      entrypoint: ['sh', '-c', line],
      networkMode: `container:${sandbox}`,
      ipcMode: `container:${sandbox}`,
    });
    expect(await ended(joined)).toMatchObject({ exitCode: 0 });
  });

  test('only containers with all the labels are listed', async () => {
    const mine = { ...owner, part: randomUUID() };
    const id = await engine.create(aContainer({ labels: mine }), signal);
    await engine.create(aContainer(), signal);
    expect(await engine.list(mine, signal)).toEqual([
      { id, state: 'created', labels: expect.objectContaining(mine) as object },
    ]);
    expect(await engine.list({ ...mine, none: 'x' }, signal)).toEqual([]);
  });

  test('images: there, not there, no name at all', async () => {
    expect(await engine.imageId(image, signal)).toMatch(/^sha256:/);
    expect(await engine.imageId('own-kube/none:1', signal)).toBeUndefined();
    expect(await engine.imageId('NOT an image', signal)).toBeUndefined();
    await expect(engine.create(aContainer({ image: 'own-kube/none:1' }), signal)).rejects.toMatchObject({
      code: 'NotFound',
    });
  });

  test('a pull that fails says which image and why', async () => {
    const nowhere = engine.pull('127.0.0.1:9/none:1', { signal });
    await expect(nowhere).rejects.toThrow(/^Cannot pull image "127\.0\.0\.1:9\/none:1": .+/);
    await expect(engine.pull('NOT an image', { signal })).rejects.toMatchObject({ code: 'Invalid' });
  });

  test('events of the containers with the labels, from the connection on', async () => {
    const mine = { ...owner, part: randomUUID() };
    const stop = new AbortController();
    const seen: EngineEvent[] = [];
    const done = (async () => {
      for await (const event of engine.events(mine, stop.signal)) seen.push(event);
    })();
    await eventually(() => seen.some(({ type }) => type === 'connected'));
    await started();
    const id = await started({ labels: mine, entrypoint: ['true'] });
    await eventually(() => {
      const mineOnly = seen.filter((event) => event.type === 'container');
      expect(mineOnly.map(({ action }) => action)).toEqual(['create', 'start', 'die']);
      expect(mineOnly.every((event) => event.id === id && event.labels['part'] === mine.part)).toBe(true);
    });
    stop.abort();
    await done;
  });

  test('a call ends with its signal', async () => {
    const stopped = AbortSignal.abort(new Error('enough'));
    await expect(engine.list(owner, stopped)).rejects.toThrow('enough');
  });
}
