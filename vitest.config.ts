import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { folderOfRun } from './tests/mariadb/run.js'

const contract = 'tests/contract/**/*.test.ts'
const exchanges = fileURLToPath(new URL(`node_modules/.exchanges/${process.pid}`, import.meta.url))
const common = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // What is awaited on a page may take its time where cores are busy.
  expect: { poll: { timeout: 30_000 } },
  env: {
    ROLLCALL_SIMULATOR_EXCHANGES: exchanges,
    ROLLCALL_MARIADB: folderOfRun(),
    // Every host compares each response with its schema.
    ROLLCALL_CHECK_RESPONSES: '1',
  },
}

/** The API contract comes last: it judges what the simulators recorded during all other tests. */
export default defineConfig({
  test: {
    // Most tests wait for their own processes and for time to pass, so two workers more than cores keep these busy.
    maxWorkers: availableParallelism() + 2,
    globalSetup: ['scripts/build-server.ts', 'tests/contract/recordings/start.ts', 'tests/mariadb/run.ts'],
    projects: [
      {
        test: {
          ...common,
          name: 'rollcall',
          // Test files leave nothing behind in a worker, so the next file uses the modules that the one before has loaded.
          isolate: false,
          include: ['{packages,apps,tools,tests}/**/*.test.ts'],
          exclude: ['**/node_modules/**', contract],
          setupFiles: 'tests/contract/recordings/source.ts',
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'forge',
          // The stories in which hosts differ: the main job, the requester, the worker with its waits and kills, undo and audit.
          // The others are about core, which both hosts share. tests/ports tests the store of each host, and
          // tests/forge/access-and-license.test.ts tests that Forge serves every operation, to admins only.
          include: ['tests/stories/{03,06,08,09,10,11,12}-*.test.ts'],
          isolate: false,
          env: { ...common.env, ROLLCALL_STORIES_ON: 'forge' },
          setupFiles: ['tests/contract/recordings/source.ts', 'tests/forge/skip.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...common, name: 'contract', include: [contract], sequence: { groupOrder: 1 } } },
    ],
  },
})
