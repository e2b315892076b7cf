import { commonSettings, tlsSettings } from '@own-kube/process';
import { z } from 'zod';

/** The scheduler's settings. */
export const schema = z.object({
  ...commonSettings,
  ...tlsSettings,
  apiServer: z.string().describe('host:port of the api-server.'),
  workers: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .default(16)
    .describe('How many pods are being bound at a time.'),
});
