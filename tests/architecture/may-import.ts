// What each package, host and tool may import besides its own files: libraries by name, workspaces by what they export,
// and folders of this repository by path.

/** The page's own libraries. */
const page = ['react', 'react-dom', '@atlaskit/*', '@tanstack/react-query', '@forge/bridge', 'yaml']

export const mayImport: Readonly<Record<string, readonly string[]>> = {
  'packages/core/src': ['zod', 'croner', 'temporal-polyfill'],
  'packages/core/src/testing': ['packages/core/src', 'zod'],
  'packages/core/test': ['packages/core/src', 'packages/core/src/testing', 'vitest', 'fast-check', 'node:*'],

  'packages/atlassian/src': ['@rollcall/core', 'zod'],
  'packages/atlassian/test': ['packages/atlassian/src', '@rollcall/core', 'vitest', 'fast-check', 'node:*'],

  'packages/api/src': ['@rollcall/core', 'csv-stringify', 'zod'],
  'packages/api/test': [
    'packages/api/src',
    '@rollcall/api',
    '@rollcall/core',
    'zod',
    '@rollcall/core/testing',
    'vitest',
    'node:*',
  ],

  'packages/node/src': ['@rollcall/core', 'node:*'],

  'packages/store/src': ['@rollcall/core', 'kysely', 'zod'],
  'packages/store/test': [
    'packages/store/src',
    '@rollcall/core',
    '@rollcall/core/testing',
    'better-sqlite3',
    'fast-check',
    'kysely',
    'vitest',
    'node:*',
  ],

  'packages/simulator/src': ['node:*'],
  'packages/simulator/test': ['packages/simulator/src', 'vitest', 'fast-check', 'node:*'],

  'apps/server/src': [
    '@rollcall/core',
    '@rollcall/api',
    '@rollcall/api/*',
    '@rollcall/atlassian',
    '@rollcall/node',
    '@rollcall/store',
    '@hono/node-server',
    '@hono/zod-openapi',
    'better-sqlite3',
    'cli-progress',
    'cli-table3',
    'commander',
    'hono',
    'yaml',
    'zod',
    'node:*',
  ],
  // Builds what is older than its sources, then loads what was built.
  'apps/server/bin': ['scripts', 'tsx', 'node:*'],
  'apps/server/test': [
    'apps/server/src',
    'packages/core/test',
    '@rollcall/core',
    '@rollcall/core/testing',
    '@rollcall/node',
    'vitest',
    'node:*',
  ],

  'apps/forge/src': [
    '@rollcall/core',
    '@rollcall/api',
    '@rollcall/api/*',
    '@rollcall/atlassian',
    '@rollcall/node',
    '@rollcall/store',
    '@forge/api',
    '@forge/events',
    '@forge/kvs',
    '@forge/resolver',
    '@forge/sql',
    'zod',
    'node:*',
  ],

  'apps/ui/src': ['@rollcall/core', '@rollcall/core/product-name', '@rollcall/api', '@rollcall/api/*', ...page],
  'apps/ui/test': ['apps/ui/src', '@rollcall/core', 'vitest', 'node:*'],
  'apps/ui/vite.config.mts': ['vite', '@vitejs/plugin-react'],

  'tools/forge-host/src': ['@forge/egress', 'mysql2', 'yaml', 'node:*'],
  'tools/forge-host/test': [
    'tools/forge-host/src',
    'tests',
    '@forge/api',
    '@forge/events',
    '@forge/kvs',
    '@forge/resolver',
    '@forge/sql',
    'esbuild',
    'vitest',
    'node:*',
  ],
  'tools/forge-checks': ['@forge/cli-shared', '@forge/lint', 'ajv', 'node:*'],

  docs: ['node:*'],
  scripts: ['tests', '@rollcall/*', 'esbuild', 'oxfmt', 'playwright-core', 'tsx', 'yaml', 'node:*'],
  bench: ['tests', '@rollcall/*', '@hono/node-server', 'better-sqlite3', 'kysely', 'playwright-core', 'node:*'],
  tests: [
    'scripts',
    'tools/forge-checks',
    '@rollcall/*',
    'axe-core',
    '@forge/manifest',
    'ajv',
    'ajv-formats',
    'better-sqlite3',
    'esbuild',
    'fast-check',
    'kysely',
    'mysql2',
    'playwright-core',
    'vitest',
    'yaml',
    'node:*',
  ],
}
