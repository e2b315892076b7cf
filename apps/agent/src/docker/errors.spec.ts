import { toApiError } from './errors';

const failure = (fields: object) => Object.assign(new Error('(HTTP code 404) unexpected - x '), fields);

test.each([
  [
    { statusCode: 404, json: { message: 'No such container: a' } },
    'NotFound',
    'Cannot start a: No such container: a',
  ],
  [{ statusCode: 409, json: { message: 'in use' } }, 'Conflict', 'Cannot start a: in use'],
  [{ statusCode: 400, json: { message: 'bad' } }, 'Invalid', 'Cannot start a: bad'],
  [{ statusCode: 500, json: { message: 'boom\n' } }, 'Internal', 'Cannot start a: boom'],
  [{ statusCode: 500 }, 'Internal', 'Cannot start a: x'],
])('%j', (fields, code, message) => {
  expect(toApiError('start a', failure(fields), '/d.sock')).toMatchObject({ code, message });
});

test('an engine that is away is named by its socket', () => {
  expect(toApiError('start a', failure({ code: 'ECONNREFUSED' }), '/d.sock')).toMatchObject({
    code: 'Unavailable',
    message: expect.stringContaining('Docker does not answer at /d.sock'),
  });
});
