import { createPullProgress } from './pull-progress';

test('adds up the layers', () => {
  const add = createPullProgress('web:1');
  expect(add({ status: 'Pulling from web', id: '1' })).toEqual({
    layers: 0,
    layersDone: 0,
    bytes: 0,
    totalBytes: 0,
  });
  add({ status: 'Pulling fs layer', id: 'aa', progressDetail: {} });
  add({ status: 'Already exists', id: 'bb', progressDetail: {} });
  expect(add({ status: 'Downloading', id: 'aa', progressDetail: { current: 10, total: 40 } })).toEqual({
    layers: 2,
    layersDone: 1,
    bytes: 10,
    totalBytes: 40,
  });
  add({ status: 'Extracting', id: 'aa', progressDetail: { current: 1, total: 40 } });
  expect(add({ status: 'Pull complete', id: 'aa', progressDetail: {} })).toEqual({
    layers: 2,
    layersDone: 2,
    bytes: 40,
    totalBytes: 40,
  });
});

test('an error in the stream fails with a sentence', () => {
  const add = createPullProgress('web:1');
  expect(() => add({ error: 'x', errorDetail: { message: 'no space left on device' } })).toThrow(
    'Image "web:1" cannot be pulled: no space left on device',
  );
});
