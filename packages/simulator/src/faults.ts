// Faults on demand: what goes wrong, for which calls, how often; each counts how often it happened.

export interface Fault {
  readonly id: number
  readonly kind:
    | 'status'
    | 'html'
    | 'cut'
    | 'reset'
    | 'timeout-after-effect'
    | 'delay'
    | 'null-fields'
    | 'unknown-enum'
    | 'repeat-cursor'
    | 'rate-limit'
  readonly match: { readonly method?: string; readonly path?: string }
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly delayMs?: number
  skip: number
  /** How many more times it strikes; negative for ever. */
  times: number
  hits: number
}

/** Keeps the faults that were asked for. */
export function createFaults() {
  let faults: Fault[] = []
  return {
    list: () => faults,
    clear: () => {
      faults = []
    },
    add(asked: Partial<Fault>): number {
      const id = faults.length + 1
      faults.push({ kind: 'status', match: {}, skip: 0, times: 1, ...asked, id, hits: 0 })
      return id
    },
    /** Finds the fault that strikes this call, and counts it. */
    strike(method: string, path: string): Fault | undefined {
      for (const fault of faults) {
        const hit = (fault.match.method ?? method) === method && path.includes(fault.match.path ?? '')
        if (!hit || fault.times === 0) continue
        if (fault.skip > 0) {
          fault.skip -= 1
          continue
        }
        fault.times -= 1
        fault.hits += 1
        return fault
      }
      return undefined
    },
  }
}
