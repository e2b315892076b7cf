import { Metadata } from '@grpc/grpc-js';
import { ApiError } from '@own-kube/api';
import { toClientError } from './failure';

const failed = { path: '/a.B/C', peer: 'the api-server at 127.0.0.1:6443' };
const grpcError = (code: number, details: string): Error =>
  Object.assign(new Error(details), { code, details, metadata: new Metadata() });

describe('what a client throws', () => {
  test.each([
    [
      'No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:6443. Resolution note: ',
      'does not answer: connection refused; is it running there?',
    ],
    [
      'No connection established. Last error: Error: connect ETIMEDOUT 10.0.0.1:6443. Resolution note: ',
      'cannot be reached: no way there; is the address right?',
    ],
    [
      'No connection established. Last error: Error: self-signed certificate in certificate chain. Resolution note: ',
      'has a certificate that another CA signed: is this the CA of that cluster?',
    ],
    [
      'No connection established. Last error: Error: certificate has expired. Resolution note: ',
      'has a certificate that is not valid today: renew it, or set the clock',
    ],
    ['Connection dropped', 'has dropped the connection; call again'],
    ['read ECONNRESET', 'has dropped the connection; call again'],
    ['No connection established. Last error: Error: odd. Resolution note: ', 'is unavailable: odd'],
    ['etcd is away: connect ECONNREFUSED', 'is unavailable: etcd is away: connect ECONNREFUSED'],
  ])('of "%s" says who, and what to look at', (details, sentence) => {
    expect(toClientError(grpcError(14, details), failed)).toMatchObject({
      code: 'Unavailable',
      message: `${failed.peer} ${sentence}`,
    });
  });

  test('is what the server said, where the server said it', () => {
    expect(toClientError(grpcError(5, 'Pod "a" not found'), failed)).toMatchObject({
      code: 'NotFound',
      message: 'Pod "a" not found',
    });
  });

  test('names the time that passed', () => {
    expect(
      toClientError(grpcError(4, 'Deadline exceeded after 10.0s'), { ...failed, timeoutMs: 10_000 }),
    ).toMatchObject({
      code: 'DeadlineExceeded',
      message: 'the api-server at 127.0.0.1:6443 did not answer /a.B/C within 10 s',
    });
  });

  test('is Cancelled where the caller’s own signal has ended it, whatever came back', () => {
    const signal = AbortSignal.abort('enough');
    expect(toClientError(grpcError(14, 'Connection dropped'), { ...failed, signal })).toMatchObject({
      code: 'Cancelled',
      cause: 'enough',
    });
  });

  test('is the error of what was to be sent, if that failed', () => {
    const error = new ApiError('Expired', 'gone');
    expect(toClientError(grpcError(1, 'Cancelled on client'), { ...failed, requests: { error } })).toBe(
      error,
    );
  });

  test('is Internal for what is no status', () => {
    const cause = new TypeError('x');
    expect(toClientError(cause, failed)).toMatchObject({ code: 'Internal', cause });
  });
});
