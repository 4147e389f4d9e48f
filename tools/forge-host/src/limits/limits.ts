// Every platform limit that the host enforces: one number each, with its source. Tests lower them.
// What is not in this table is not enforced.

const [kib, mib] = [1024, 1024 * 1024]

/** The number and its source; "assumed" where Atlassian publishes none. */
const published = {
  resolverSeconds: [25, 'limits-invocation'],
  backgroundSeconds: [55, 'limits-invocation: consumers and scheduled triggers that say nothing'],
  longestSeconds: [900, 'limits-invocation'],
  loadSeconds: [10, 'assumed: the time a lambda has to load its code'],
  memoryMb: [512, 'manifest schema: default'],
  invocationsPerUserMinute: [1200, 'limits-invocation'],
  invocationsPerInstallMinute: [5000, 'limits-invocation'],
  invokeRequestBytes: [500_000, 'recalled'],
  invokeResponseBytes: [5 * mib, 'recalled'],
  egressPerRuntimeMinute: [100, 'limits-invocation: per invocation, minutes rounded up'],
  egressSeconds: [180, 'limits-invocation: one outbound request'],
  logLinesPerRuntimeMinute: [100, 'limits-invocation'],
  logBytes: [200 * kib, 'limits-invocation: per invocation'],
  eventsPerPush: [50, 'limits-async-events'],
  pushBytes: [200 * kib, 'limits-async-events: all events of a push'],
  longEventBytes: [100 * kib, 'limits-async-events: one event for a function over 55 s'],
  eventsPerMinute: [500, 'limits-async-events: per installation'],
  delaySeconds: [900, 'async-events-api'],
  retries: [4, 'recalled'],
  retryAfterSeconds: [900, 'recalled'],
  platformRetrySeconds: [1, 'assumed: after a time-out or too little memory'],
  retryDataBytes: [4 * kib, 'limits-async-events'],
  retriedBytes: [200 * kib, 'ECO-759: payload and retryData together, or the retry is lost'],
  pushesPerStart: [1000, 'limits-async-events: cyclic invocation limit'],
  concurrencyWaitSeconds: [1, 'observed: the first wait of a refused event, doubled each time'],
  concurrencyLongestWaitSeconds: [900, 'observed'],
  sqlSelectSeconds: [5, 'limits-sql'],
  sqlWriteSeconds: [10, 'limits-sql'],
  sqlDdlSeconds: [20, 'limits-sql'],
  sqlRequestBytes: [1 * mib, 'limits-sql'],
  sqlResponseBytes: [4 * mib, 'limits-sql'],
  sqlDmlPerSecond: [150, 'limits-sql'],
  sqlDdlPerMinute: [25, 'limits-sql'],
  sqlSecondsPerMinute: [62.5, 'limits-sql'],
  sqlTables: [200, 'limits-sql'],
  sqlStorageBytes: [1024 * mib, 'limits-sql: production'],
  kvsKeyLength: [500, 'handling-errors-kvs'],
  kvsValueBytes: [240 * kib, 'limits-kvs-ce'],
  kvsDepth: [31, 'limits-kvs-ce'],
  kvsRequestsPerSecond: [1000, 'limits-kvs-ce'],
  kvsReadUnitsPerMinute: [4000, 'limits-kvs-ce'],
  kvsWriteUnitsPerMinute: [4000, 'limits-kvs-ce'],
  kvsUnitBytes: [10 * kib, 'limits-kvs-ce'],
  kvsPage: [100, 'kvs query'],
  kvsTransactionItems: [25, 'transactions'],
  kvsTransactionBytes: [4 * mib, 'transactions'],
  kvsBatchItems: [25, 'batchops'],
  kvsBatchBytes: [4 * mib, 'batchops'],
  kvsBatchSetsPerMinute: [45, 'batchops'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

export type Limits = Readonly<Record<keyof typeof published, number>>

/** The published limits, with some of them replaced. */
export const limitsWith = (replaced: Partial<Limits> = {}): Limits => ({
  ...(Object.fromEntries(Object.entries(published).map(([name, [value]]) => [name, value])) as Limits),
  ...replaced,
})
