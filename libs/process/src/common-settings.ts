import { z } from 'zod';

/** Settings of every process. Spread into an app's schema: `z.object({ ...commonSettings, ... })`. */
export const commonSettings = {
  logLevel: z
    .enum(['error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('The least level that is logged: error, warn, info or debug.'),
  healthListen: z
    .string()
    .default('127.0.0.1:0')
    .describe('host:port where GET /healthz and GET /metrics answer. Port 0: any free one, which is logged.'),
};

/** The files of a process's identity. Spread into an app's schema; read by readTls. */
export const tlsSettings = {
  tlsCa: z.string().describe("File with the cluster's CA certificate (PEM)."),
  tlsCert: z.string().describe("File with this process's certificate (PEM): its subject is the identity."),
  tlsKey: z.string().describe("File with the certificate's private key (PEM)."),
};
