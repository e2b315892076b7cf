import { Metadata, type StatusObject } from '@grpc/grpc-js';
import { ApiError, type ErrorCode, type Violation } from '@own-kube/api';
import fc from 'fast-check';
import type { IncomingHttpHeaders } from 'node:http2';
import { fromStatusCode, toStatusCode } from './codes';
import { fromStatus, toStatus } from './status';

const codes: ErrorCode[] = [
  'NotFound',
  'AlreadyExists',
  'Conflict',
  'Invalid',
  'Expired',
  'FailedPrecondition',
  'Unauthenticated',
  'PermissionDenied',
  'ResourceExhausted',
  'Unimplemented',
  'Unavailable',
  'DeadlineExceeded',
  'Cancelled',
  'Internal',
];

/** What a status looks like when it has been over the wire: headers in base64 and percent-encoded. */
function sent(error: ApiError): StatusObject {
  const { code, details, metadata = new Metadata() } = toStatus(error);
  const headers = metadata.toHttp2Headers() as IncomingHttpHeaders;
  return { code, details: decodeURI(encodeURI(details)), metadata: Metadata.fromHttp2Headers(headers) };
}

const headerBytes = (error: ApiError): number => {
  const { details, metadata = new Metadata() } = toStatus(error);
  return encodeURI(details).length + JSON.stringify(metadata.toHttp2Headers()).length;
};

describe('an error', () => {
  test.each(codes)('%s is a status of its own', (code) => {
    expect(fromStatusCode(toStatusCode(code))).toBe(code);
  });

  test.each([
    ['NotFound', 5],
    ['AlreadyExists', 6],
    ['Conflict', 10],
    ['Invalid', 3],
    ['Expired', 11],
    ['Unauthenticated', 16],
    ['PermissionDenied', 7],
    ['ResourceExhausted', 8],
    ['Unavailable', 14],
  ] as const)('%s is the gRPC status %i', (code, number) => {
    expect(toStatusCode(code)).toBe(number);
  });

  test.each([2, 15, 99])('a status %i that is none of ours is Internal', (number) => {
    expect(fromStatusCode(number)).toBe('Internal');
  });

  test('arrives as it was, whatever its text, as far as there is room', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    const violation = fc.record({ field: text, description: text });
    const property = fc.property(
      fc.constantFrom(...codes),
      text,
      fc.array(violation, { maxLength: 5 }),
      (code, message, violations) => {
        const arrived = fromStatus(sent(new ApiError(code, message, { violations })));
        expect(arrived.code).toBe(code);
        expect(arrived.message).toBe(message.toWellFormed());
        expect(arrived.violations).toEqual(
          violations.map((each) => ({
            field: each.field.toWellFormed(),
            description: each.description.toWellFormed(),
          })),
        );
      },
    );
    fc.assert(property);
  });

  test('always fits into 8 KiB of headers', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5000 }),
      fc.nat(9999).map((n) => '🙂'.repeat(n)),
    );
    const violation = fc.record({ field: text, description: text });
    const property = fc.property(text, fc.array(violation), (message, violations) => {
      expect(headerBytes(new ApiError('Invalid', message, { violations }))).toBeLessThan(8192);
    });
    fc.assert(property);
  });

  test('keeps the first of many violations', () => {
    const violations: Violation[] = Array.from({ length: 500 }, (_, i) => ({
      field: `spec.containers[${i}].name`,
      description: 'must not be empty',
    }));
    const arrived = fromStatus(sent(new ApiError('Invalid', 'x', { violations })));
    expect(arrived.violations.length).toBeGreaterThan(30);
    expect(arrived.violations).toEqual(violations.slice(0, arrived.violations.length));
  });

  test('with details that cannot be read is the status alone', () => {
    const metadata = new Metadata();
    metadata.set('grpc-status-details-bin', Buffer.from([0xff, 0xff, 0xff]));
    expect(fromStatus({ code: 3, details: 'wrong', metadata })).toMatchObject({
      code: 'Invalid',
      message: 'wrong',
      violations: [],
    });
  });
});
