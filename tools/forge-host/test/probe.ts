// A host with the probe app: bundled once, stopped after its test file. Tests call one operation at a time.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, afterEach } from 'vitest'
import { mariadb } from '../../../tests/mariadb/shared.js'
import { startForgeHost, type ForgeHost, type ForgeHostOptions } from '../src/index.js'

export const probeFolder = fileURLToPath(new URL('./fixtures/probe', import.meta.url))
const bundle = join(tmpdir(), `forge-host-probe-${process.pid}`, `${process.env['VITEST_POOL_ID'] ?? '0'}`, 'index.cjs')
const closing: (() => Promise<void>)[] = []

/** Whether MariaDB is missing. Then the report shows the tests that need it as skipped. */
export const withoutSql = mariadb === undefined
export const sqlServer = mariadb === undefined ? undefined : { socketPath: mariadb.socket, user: 'root' }

let built: Promise<unknown> | undefined
/** Bundles the probe once for each test file; returns the path. */
export async function bundleProbe(): Promise<string> {
  built ??= build({
    entryPoints: [join(probeFolder, 'index.ts')],
    outfile: bundle,
    bundle: true,
    format: 'cjs',
    logLevel: 'error',
    platform: 'node',
    target: 'node20',
  })
  await built
  return bundle
}

/** The result of an operation of the probe. */
export interface ProbeResult {
  readonly value?: unknown
  readonly thrown?: Readonly<Record<string, unknown>>
}

/** Starts a host. Its functions stay warm unless the test sets another option. */
export async function startProbe(options: Partial<ForgeHostOptions> = {}) {
  const host: ForgeHost = await startForgeHost({
    appFolder: probeFolder,
    bundle: await bundleProbe(),
    warm: true,
    ...options,
  })
  closing.push(() => host.close())
  const ask = async (operation: string, payload: unknown = {}) =>
    (await host.resolve(operation, payload)) as ProbeResult
  return { host, ask }
}

/** Starts a server that represents external addresses. */
export async function startWorld(answer: (request: IncomingMessage, body: string, response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(request, Buffer.concat(chunks).toString('utf8'), response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Loads a function and moves the clock to the beginning of a window, so that no new window begins while a test counts. */
export async function atStartOf(windowMs: number, host: ForgeHost, ask: (operation: string) => Promise<unknown>) {
  await ask('loads')
  host.advance(windowMs - (host.now() % windowMs) + 1)
}

const closeAll = async () => {
  for (const close of closing.splice(0).reverse()) await close()
}
export const closeAfterEach = () => afterEach(closeAll)
export const closeAfterAll = () => afterAll(closeAll)
