// The rooms of the larger packages, in reading order. A file imports from its own room and from rooms above it.

export const rooms: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src': [
    'model',
    'ports.ts',
    'conditions',
    'actions',
    'policy',
    'audit',
    'sync',
    'settings',
    'guard',
    'plan',
    'run',
    'schedule',
    'queries',
    'app.ts',
    'index.ts',
    'testing',
  ],
  'packages/simulator/src': [
    'organization',
    'world',
    'http',
    'admin-api',
    'user-management-api',
    'jira-api',
    'router.ts',
    'respond.ts',
    'simulation.ts',
    'control',
    'server.ts',
    'index.ts',
    'main.ts',
  ],
  'tools/forge-host/src': [
    'clock.ts',
    'log.ts',
    'limits',
    'app',
    'faults.ts',
    'functions',
    'platform',
    'page',
    'sql',
    'kvs',
    'queue',
    'options.ts',
    'idle.ts',
    'machine.ts',
    'host.ts',
    'index.ts',
    'main.ts',
  ],
}

/** What these decide comes from values alone, so they know no port. */
export const pure = ['model/', 'conditions/', 'actions/', 'guard/guard.ts'].map((place) => `packages/core/src/${place}`)

/** Circles that are still there, to be removed: the files of each. */
export const knownCircles: readonly (readonly string[])[] = [
  [
    'tests/simulation/age.ts',
    'tests/simulation/auditor.ts',
    'tests/simulation/process.ts',
    'tests/simulation/upstream.ts',
    'tests/simulation/world.ts',
  ],
]
