// Faults on demand: which calls fail, how, and how often. Each fault counts its hits.

export const faultKinds = [
  'status',
  'html',
  'cut',
  'reset',
  'timeout-after-effect',
  'delay',
  'null-fields',
  'unknown-enum',
  'repeat-cursor',
  'drop-page',
  'short-page',
  'rate-limit',
] as const

export interface Fault {
  readonly id: number
  readonly kind: (typeof faultKinds)[number]
  readonly match: { readonly method?: string; readonly path?: string }
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly delayMs?: number
  skip: number
  /** How many more times the fault strikes; negative for no limit. */
  times: number
  hits: number
}

const numbers = ['status', 'delayMs', 'skip', 'times'] as const
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const textsOf = (value: unknown): Record<string, string> =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)])) : {}

/** Reads a fault from a request; undefined when it is invalid. */
function read(parameters: Readonly<Record<string, unknown>>): Partial<Fault> | undefined {
  const kind = faultKinds.find((one) => one === (parameters['kind'] ?? 'status'))
  const given = numbers.filter((name) => Number.isSafeInteger(parameters[name]))
  if (kind === undefined || given.length < numbers.filter((name) => parameters[name] !== undefined).length)
    return undefined
  if (
    parameters['status'] !== undefined &&
    !(Number(parameters['status']) >= 200 && Number(parameters['status']) <= 599)
  )
    return undefined
  return {
    kind,
    match: textsOf(parameters['match']),
    ...Object.fromEntries(given.map((name) => [name, parameters[name]])),
    ...(isRecord(parameters['headers']) ? { headers: textsOf(parameters['headers']) } : {}),
  }
}

/** Makes an empty list of faults. */
export function createFaults() {
  let faults: Fault[] = []
  let made = 0
  return {
    list: () => faults,
    clear: () => {
      faults = []
    },
    /** Adds a fault and returns its id; undefined when it is invalid. */
    add(parameters: Readonly<Record<string, unknown>>): number | undefined {
      const fault = read(parameters)
      if (fault === undefined) return undefined
      made += 1
      faults.push({ kind: 'status', match: {}, skip: 0, times: 1, ...fault, id: made, hits: 0 })
      return made
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

/** Corrupts a body: puts unknown enum values, or null in place of dates. */
export function spoil({ kind }: Fault, body: unknown): unknown {
  const replace = (pattern: RegExp, by: string) => JSON.parse(JSON.stringify(body).replaceAll(pattern, by)) as unknown
  if (kind === 'unknown-enum') return replace(/"(accountStatus|membershipStatus)":"[a-z_]+"/g, '"$1":"quantum"')
  if (kind === 'null-fields') return replace(/"(lastActiveTimestamp|addedToOrg)":"[^"]*"/g, '"$1":null')
  return body
}
