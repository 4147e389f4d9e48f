// Several installations of one app share the warm lambdas, and nothing else.

import { describe, expect, it } from 'vitest'
import { closeAfterEach, sqlServer, startProbe, withoutSql, type ProbeResult } from './probe.js'

closeAfterEach()
const startTwo = async () => {
  const { host, ask } = await startProbe(sqlServer === undefined ? {} : { sql: sqlServer })
  const other = await host.install({ accountId: 'ben' })
  const askOther = async (operation: string, payload: unknown = {}) =>
    (await other.resolve(operation, payload)) as ProbeResult
  return { host, ask, other, askOther }
}

describe('a second installation', () => {
  it('is served by the same warm process, which knows the installation of each request', async () => {
    const { ask, askOther, host, other } = await startTwo()
    expect([await ask('loads'), await askOther('loads'), await ask('loads')]).toEqual([
      { value: 1 },
      { value: 2 },
      { value: 3 },
    ])
    const idOf = ({ value }: ProbeResult) => (value as { installationAri: { installationId: string } }).installationAri
    expect(idOf(await ask('appContext'))).not.toEqual(idOf(await askOther('appContext')))
    expect([host.accountId, other.accountId]).toEqual(['admin', 'ben'])
    expect([host, other].map((one) => one.counts().functions['resolver']?.invocations)).toEqual([3, 2])
    await host.close()
    expect(await askOther('loads')).toEqual({ value: 4 })
    await other.close()
  })

  it('has its own values, secrets and events', async () => {
    const { ask, askOther, host, other } = await startTwo()
    await ask('kvsSet', { key: 'k', value: 'mine' })
    await ask('secretSet', { key: 's', value: 'mine' })
    expect([await askOther('kvsGet', { key: 'k' }), await askOther('secretGet', { key: 's' })]).toEqual([
      { value: null },
      { value: null },
    ])
    await askOther('push', { events: [{ body: { run: 'kvsSet', payload: { key: 'k', value: 'theirs' } } }] })
    await other.idle()
    expect([host, other].map(({ kvs }) => kvs.get('k')?.value)).toEqual(['mine', 'theirs'])
    await other.close()
  })

  it.skipIf(withoutSql)('has its own database', async () => {
    const { ask, askOther, other } = await startTwo()
    await ask('ddl', { query: 'CREATE TABLE t (id INT)' })
    expect((await askOther('sql', { query: 'SELECT * FROM t' })).thrown?.['code']).toBe('SQL_EXECUTION_ERROR')
    await other.close()
  })
})
