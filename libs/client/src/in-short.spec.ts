import { ApiError } from '@own-kube/api';
import { inShort } from './in-short';

test('an answer of the api-server is a sentence, a bug keeps its stack', () => {
  expect(inShort(new ApiError('Unavailable', 'the api-server does not answer'))).toBe(
    'the api-server does not answer',
  );
  const internal = new ApiError('Internal', 'internal error');
  const bug = new TypeError('x is undefined');
  expect(inShort(internal)).toBe(internal);
  expect(inShort(bug)).toBe(bug);
});
