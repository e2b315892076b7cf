import { invalid, type Kind, type UnknownField, unknownFields } from '@own-kube/api';
import type { AnyCodec, ServiceDefinition } from '@own-kube/rpc';

/** The methods that take something to keep, by their requests' messages: of it nothing may be dropped in silence. */
export type StrictMethods = Readonly<Record<string, string>>;

/** A service whose strict methods refuse requests with fields that we do not know. */
export function strictService(definition: ServiceDefinition, strict: StrictMethods): ServiceDefinition {
  const methods = Object.entries(definition.methods).map(([key, method]) => {
    const message = strict[key];
    return [
      key,
      message ? { ...method, requestType: strictCodec(message, method.requestType) } : method,
    ] as const;
  });
  return { ...definition, methods: Object.fromEntries(methods) };
}

/** The methods of every kind that take an object. */
export const strictMethodsOf = ({ message }: Kind): StrictMethods => ({
  create: message,
  update: message,
  updateStatus: message,
});

const strictCodec = (message: string, codec: AnyCodec): AnyCodec => ({
  encode: (value) => codec.encode(value),
  decode: (bytes) => {
    const unknown = unknownFields(message, bytes);
    if (unknown.length > 0) throw invalid(message, unknown.map(toViolation));
    return codec.decode(bytes);
  },
});

const toViolation = ({ path, number }: UnknownField) => ({
  field: path,
  description: `field number ${number} is not known here, or not of this type`,
});
