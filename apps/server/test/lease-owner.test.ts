import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { hasDied, leaseOwner } from '../src/lease-owner.js'

/** The id of a process that has ended. */
async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid ?? 0
}
const parts = () => leaseOwner().split(' ')
const changed = (index: number, value: string) => parts().with(index, value).join(' ')

describe('the process that holds a lease', () => {
  it('has not died while it runs', () => expect(hasDied(leaseOwner())).toBe(false))
  it('has died when its id is gone', async () => expect(hasDied(changed(1, String(await endedPid())))).toBe(true))
  it.runIf(process.platform === 'linux')('has died when another process has its id', () =>
    expect(hasDied(changed(3, '1'))).toBe(true),
  )
  it('may live on another machine, in another container, or after a restart of the machine', async () => {
    const pid = String(await endedPid())
    const gone = parts().with(1, pid)
    expect(hasDied(gone.with(0, 'another').join(' '))).toBe(false)
    expect(hasDied(gone.with(2, 'boot/pid:[4026531836]').join(' '))).toBe(false)
    expect(hasDied(gone.with(2, 'unknown').join(' '))).toBe(false)
  })
  it('may live when an earlier version named it, or the name is damaged', async () => {
    const pid = await endedPid()
    for (const owner of [`${hostname()} ${pid} some-uuid`, '', `${hostname()} x y z u`, `${hostname()} 0 y z u`])
      expect(hasDied(owner)).toBe(false)
  })
})
