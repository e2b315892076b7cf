/**
 * ApiError <-> gRPC status. The violations travel as google.rpc.BadRequest inside google.rpc.Status in the trailer
 * grpc-status-details-bin, as gRPC clients of every language know to look for them.
 */
import { Metadata, type StatusObject } from '@grpc/grpc-js';
import { ApiError, type Violation } from '@own-kube/api';
import { BadRequest, Status } from '@own-kube/api/grpc';
import { fromStatusCode, toStatusCode } from './codes';
import { cutTo } from './header-text';

const detailsKey = 'grpc-status-details-bin';
const badRequestUrl = 'type.googleapis.com/google.rpc.BadRequest';

// Clients built on gRPC's C core refuse trailers above 8 KiB: message, and message with violations in base64.
const maxMessage = 1800;
const maxViolations = 2400;

/** The status that tells a caller of this error. */
export function toStatus(error: ApiError): Partial<StatusObject> & { code: number; details: string } {
  const code = toStatusCode(error.code);
  const details = cutTo(error.message, maxMessage);
  if (error.violations.length === 0) return { code, details };
  const metadata = new Metadata();
  metadata.set(detailsKey, encodeDetails(code, details, error.violations));
  return { code, details, metadata };
}

function encodeDetails(code: number, message: string, violations: readonly Violation[]): Buffer {
  const badRequest = BadRequest.fromPartial({
    field_violations: withinBudget(violations).map(({ field, description }) => ({
      field: field.toWellFormed(),
      description: description.toWellFormed(),
    })),
  });
  const value = Buffer.from(BadRequest.encode(badRequest).finish());
  const details = [{ type_url: badRequestUrl, value }];
  return Buffer.from(Status.encode({ code, message, details }).finish());
}

/** As many of the first violations as fit; the message says in words what all of them are, as far as it goes. */
function withinBudget(violations: readonly Violation[]): Violation[] {
  const kept: Violation[] = [];
  let left = maxViolations;
  for (const { field, description } of violations) {
    left -= Buffer.byteLength(field) + Buffer.byteLength(description) + 8;
    if (left < 0) break;
    kept.push({ field, description });
  }
  return kept;
}

/** The error that a status tells of. */
export function fromStatus({ code, details, metadata }: StatusObject): ApiError {
  return new ApiError(fromStatusCode(code), details, { violations: decodeDetails(metadata) });
}

/** Details of another server, or none, or none that can be read, are no violations: the status itself still counts. */
function decodeDetails(metadata: Metadata): Violation[] {
  const bytes = metadata.get(detailsKey)[0];
  if (!Buffer.isBuffer(bytes)) return [];
  try {
    return Status.decode(bytes)
      .details.filter(({ type_url }) => type_url === badRequestUrl)
      .flatMap(({ value }) => BadRequest.decode(value).field_violations)
      .map(({ field, description }) => ({ field, description }));
  } catch {
    return [];
  }
}
