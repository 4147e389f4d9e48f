// A crash at a chosen call: from then on, the process reaches no port, as after kill -9.

import type { Directory, Ports } from '../ports.js'

/** What every port throws once the process is dead. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/** When the process dies: at the call numbered `at` (from 1) over all ports, before or after its effect. */
export interface Death {
  readonly at: number
  readonly when: 'before' | 'after'
}

/** Calls without an effect that return at once, such as reading the clock: the process never dies there. */
const atOnce: readonly string[] = ['now', 'time', 'requests', 'keySuffixes'] satisfies readonly (keyof Directory)[]

/** Wraps ports for one process that may die; `calls` counts its calls. */
export function mortal(ports: Ports, death?: Death): { readonly ports: Ports; readonly calls: () => number } {
  let calls = 0
  let dead = false
  const die = (): never => {
    dead = true
    throw new Crash('the process was killed')
  }
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, key): unknown {
        const method: unknown = Reflect.get(target, key)
        if (typeof method !== 'function') return method
        if (atOnce.includes(String(key))) return method.bind(target) as unknown
        return async (...given: readonly unknown[]): Promise<unknown> => {
          if (dead) die()
          const mine = (calls += 1)
          if (mine === death?.at && death.when === 'before') die()
          const result: unknown = await Reflect.apply(method, target, given)
          if (dead || (mine === death?.at && death.when === 'after')) die()
          return result
        }
      },
    })
  const { directory, store, auditLog, watermark, signer, system, stopMark } = ports
  return {
    ports: {
      directory: wrap(directory),
      store: wrap(store),
      auditLog: wrap(auditLog),
      watermark: wrap(watermark),
      signer,
      system,
      ...(stopMark === undefined ? {} : { stopMark: wrap(stopMark) }),
    },
    calls: () => calls,
  }
}
