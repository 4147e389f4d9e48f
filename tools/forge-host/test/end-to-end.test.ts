// A trigger, its events and the page's resolver run with every storage, the queue and an address outside.

import { expect, it } from 'vitest'
import { closeAfterAll, sqlServer, startProbe, startWorld, withoutSql } from './probe.js'

closeAfterAll()

it.skipIf(withoutSql)(
  'a bundle with the real packages runs trigger, consumer and resolver over all services',
  async () => {
    const seen: string[] = []
    const world = await startWorld(({ url, headers }, _, response) => {
      seen.push(`${url ?? ''} ${headers.authorization ?? ''}`)
      response.end('fine')
    })
    const { host, ask } = await startProbe({
      egress: { 'https://api.atlassian.com': world },
      accountId: 'ada',
      warm: false,
      ...(sqlServer === undefined ? {} : { sql: sqlServer }),
    })
    await ask('secretSet', { key: 'api-key', value: 'k-1' })
    const { jobId, ...told } = (await host.tick()) as { jobId: string }
    expect(told).toEqual({ statusCode: 200, migrated: ['v1'], insertId: 1 })
    expect(seen).toEqual(['/tick Bearer k-1'])
    await host.idle()
    expect(await ask('stats', { jobId })).toEqual({ value: { success: 2, inProgress: 0, failed: 0 } })
    expect(await ask('kvsQuery', { prefix: 'done' })).toMatchObject({ value: { results: [{}, {}] } })
    expect(await ask('sql', { query: 'SELECT answer FROM ticks' })).toMatchObject({
      value: { rows: [{ answer: 'fine' }] },
    })
    expect(host.counts()).toMatchObject({
      functions: { scheduled: { invocations: 1 }, consumer: { invocations: 2 }, resolver: { invocations: 4 } },
      events: { pushes: 1, pushed: 2, delivered: 2, succeeded: 2 },
      egress: { requests: 1 },
    })
  },
)
