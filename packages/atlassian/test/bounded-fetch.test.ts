// An answer has a limit of time and of size, to the end of its body: nothing that drips, never ends or unpacks to
// gigabytes holds up what comes after it.

import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { createDirectory } from '../src/index.js'
import { manualClock, organizationId } from './scripted.js'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A directory whose first answers come from `answer`; later ones are right. */
async function against(answer: (response: ServerResponse) => void, bad = 99, requestTimeout = 200) {
  let served = 0
  const server = createServer((_, response) => {
    served += 1
    response.setHeader('content-type', 'application/json')
    if (served <= bad) return answer(response)
    response.end(JSON.stringify({ data: { id: organizationId, attributes: { name: 'Acme' } } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return createDirectory({ baseUrl, organizationId, readKey: 'key', fetch, system: manualClock(), requestTimeout })
}

function drip(response: ServerResponse) {
  response.write('{"data":')
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}
function endless(response: ServerResponse) {
  const more = () => {
    while (response.write(' '.repeat(2 ** 20)) && !response.destroyed);
  }
  response.on('drain', more)
  more()
}
function bomb(response: ServerResponse) {
  response.setHeader('content-encoding', 'gzip')
  response.end(gzipSync(Buffer.alloc(200 * 2 ** 20, ' ')))
}

it('gives up a body that drips, and lets the next request through', async () => {
  const directory = await against(drip, 1)
  expect(await directory.organization()).toMatchObject({ name: 'Acme' })
})

it('says in words that an answer never became complete', async () => {
  const directory = await against(drip)
  await expect(directory.organization()).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining('did not respond completely within 0.2 seconds') as string,
  })
})

it.each([
  ['never ends', endless],
  ['unpacks to far more than it was', bomb],
])('refuses a body that %s, without reading it all', async (_, answer) => {
  const directory = await against(answer, 1, 30_000)
  await expect(directory.organization()).rejects.toMatchObject({
    code: 'unexpected-response',
    message: expect.stringContaining('more than 32 MB') as string,
  })
  expect(await directory.organization()).toMatchObject({ name: 'Acme' })
})

it('says that a change may have landed whose answer never became complete', async () => {
  const directory = await against(drip)
  const change = { kind: 'restore', directoryId: 'd', accountId: 'a' } as never
  await expect(directory.apply(change, async () => true)).rejects.toMatchObject({
    code: 'unavailable',
    effect: 'maybe',
  })
})
