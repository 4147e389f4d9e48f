// A process: the app over ports. At every call the process may die or pause, and others may act.

import { createApp, type App, type Ports } from '@rollcall/core'
import { leaseLength, minute } from '@rollcall/core'
import { memorySigner } from '@rollcall/core/testing'
import { digest } from './digest.js'
import { notedLog, notedStore, notedWatermark } from './ledger.js'
import type { Mortal } from './scheduler.js'
import { writes } from './writes.js'
import { upstreamOf } from './upstream.js'
import type { Surroundings } from './surroundings.js'

export class BrokenDatabase extends Error {
  override readonly name = 'BrokenDatabase'
}

type Kind = 'store' | 'log' | 'directory'

export class Process implements Mortal {
  alive = true
  /** How wrong this machine's clock is, until Atlassian's next response. */
  clockError = 0
  /** The probability that this process sleeps past its lease at a call. */
  sleep: { readonly at: string | undefined; readonly chance: number } | undefined
  /** How much it has written to the database and the log, without leases. */
  written = 0
  /** When it began its current call. */
  private calledAt = 0
  /** When it first fell asleep after its last reading of each. */
  private readonly asleepSince: { stopSwitch?: number | undefined; protectedList?: number | undefined } = {}
  /** The promise for which a dead process waits; each process has its own, so that nothing outlives its world. */
  private readonly forever = new Promise<never>(() => undefined)
  /** Called when the process dies. */
  readonly whenDead: (() => void)[] = []
  readonly app: App
  constructor(
    readonly world: Surroundings,
    readonly name: string,
  ) {
    const { random } = world
    world.processes.add(this)
    if (random.chance(world.clockTrouble)) {
      this.clockError = random.pick([-1, 1]) * random.between(minute, 26 * 60 * minute)
      world.bites['F15 clock off'] += 1
    }
    this.app = createApp(this.ports(), {
      organizationId: 'org-1' as never,
      owner: name,
      requesters: ['requester' as never],
    })
  }

  /** Lets others act, and virtual time pass. */
  async pause(ms: number): Promise<void> {
    if (!this.alive) await this.forever
    await this.world.scheduler.sleep(ms, this)
    if (!this.alive) await this.forever
  }

  private dies(when: 'before' | 'after'): Promise<never> {
    const { bites } = this.world
    bites[when === 'before' ? 'F1 killed before a call' : 'F1 killed after a call'] += 1
    this.end()
    return this.forever
  }

  /** Ends the process at any point. */
  end(): void {
    if (!this.alive) return
    this.world.note(`kill ${this.name}`)
    this.alive = false
    this.world.processes.delete(this)
    for (const tell of this.whenDead) tell()
  }

  private guarded<Port extends object>(port: Port, kind: Kind): Port {
    const guarded = { ...port } as Record<string, unknown>
    for (const [name, method] of Object.entries(port)) {
      if (typeof method !== 'function' || ['now', 'time', 'requests', 'keySuffixes'].includes(name)) continue
      const call = method as (...given: readonly unknown[]) => Promise<unknown>
      guarded[name] = (...given: readonly unknown[]) => {
        if (name === 'setting' && given[0] === 'stopped') this.asleepSince.stopSwitch = undefined
        if (name === 'protections') this.asleepSince.protectedList = undefined
        if (kind === 'directory' || !writes(kind, name) || /Lease/.test(name))
          return this.venture(kind, name, () => call(...given))
        return this.venture(kind, name, async () => {
          const answer = await call(...given)
          if (answer !== false) this.written += 1
          return answer
        })
      }
    }
    return guarded as Port
  }

  /** One call of a port, with all faults that may happen before, during and after it. */
  private venture(kind: Kind, name: string, call: () => Promise<unknown>): Promise<unknown> {
    const { world } = this
    this.calledAt = world.scheduler.now
    const fair =
      world.deaths + world.pauses + world.clockTrouble === 0 &&
      this.sleep === undefined &&
      !world.storeBroken &&
      world.listBrokenSince === undefined &&
      !world.logBroken
    if (this.alive && fair && !world.random.chance(world.yielding))
      return kind === 'directory' ? call().then((answer) => (this.alive ? answer : this.forever)) : call()
    return this.ventureInFoulWeather(kind, name, call)
  }

  private async ventureInFoulWeather(kind: Kind, name: string, call: () => Promise<unknown>): Promise<unknown> {
    const { world } = this
    const { random, bites } = world
    if (!this.alive || random.chance(world.yielding)) await this.pause(0)
    if (random.chance(world.deaths)) await this.dies('before')
    const sleepy = this.sleep === undefined || (this.sleep.at ?? name) !== name ? 0 : this.sleep.chance
    if (random.chance(world.pauses + sleepy)) {
      bites['F14 paused past the lease'] += 1
      this.asleepSince.stopSwitch ??= world.scheduler.now
      this.asleepSince.protectedList ??= world.scheduler.now
      const length = sleepy > 0 && random.chance(0.3) ? random.between(20 * minute, 90 * minute) : 5 * minute
      await world.scheduler.sleep(leaseLength + random.between(0, length), this)
    }
    if (random.chance(world.clockTrouble / 20)) {
      this.clockError = random.pick([-1, 1]) * random.between(minute, 26 * 60 * minute)
      bites['F15 clock stepped'] += 1
    }
    if (kind === 'store' && world.storeBroken && writes('store', name)) {
      bites['F20 store cannot be written'] += 1
      throw new BrokenDatabase('disk full')
    }
    if (kind === 'store' && world.listBrokenSince !== undefined && name === 'protections') {
      bites['F20 protected list cannot be read'] += 1
      throw new BrokenDatabase('unreadable')
    }
    if (kind === 'log' && world.logBroken && name === 'append') {
      bites['F21 audit log cannot be written'] += 1
      throw new BrokenDatabase('disk full')
    }
    const answer = await call()
    if (!this.alive) await this.forever
    if (random.chance(world.deaths)) await this.dies('after')
    return answer
  }

  private ports(): Ports {
    const { world } = this
    const now = () => world.scheduler.now
    const system = {
      now: () => now() + this.clockError,
      newId: () => `id-${String((world.ids += 1)).padStart(5, '0')}`,
      digest,
      wait: (ms: number) => world.scheduler.sleep(ms, this).then(() => (this.alive ? undefined : this.forever)),
    }
    return {
      directory: this.guarded(upstreamOf(world, this), 'directory'),
      store: this.guarded(
        notedStore(world.store, world.ledger, now, {
          name: this.name,
          calledAt: () => this.calledAt,
          lookedAt: () => ({
            stopSwitch: Math.min(this.calledAt, this.asleepSince.stopSwitch ?? Infinity),
            protectedList: Math.min(this.calledAt, this.asleepSince.protectedList ?? Infinity),
          }),
        }),
        'store',
      ),
      auditLog: this.guarded(notedLog(world.log, world.ledger, now, this.name), 'log'),
      watermark: this.guarded(notedWatermark(world.watermark, world.ledger), 'log'),
      signer: memorySigner({ digest }),
      system,
    }
  }
}
