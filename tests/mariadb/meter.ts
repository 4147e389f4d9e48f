// Measures statements as Forge SQL does: bytes of the JSON in both directions, and seconds.

import type { RunSql } from '@rollcall/store'

const mebibyte = 1024 * 1024

/** The limits of Forge SQL. */
export const limits = { request: mebibyte, response: 4 * mebibyte, selectSeconds: 5, dmlSeconds: 10 } as const

export interface Figures {
  readonly statements: number
  readonly seconds: number
  /** The largest and slowest values so far. */
  readonly request: number
  readonly response: number
  readonly selectSeconds: number
  readonly dmlSeconds: number
}

const none: Figures = { statements: 0, seconds: 0, request: 0, response: 0, selectSeconds: 0, dmlSeconds: 0 }
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

/** Measures every statement; `take` returns the figures and starts again from zero. */
export function meter() {
  let figures = none
  const around =
    (run: RunSql): RunSql =>
    async (query, parameters, kind) => {
      const begun = performance.now()
      const answer = await run(query, parameters, kind)
      const seconds = (performance.now() - begun) / 1000
      const slowest = query.startsWith('select') ? 'selectSeconds' : 'dmlSeconds'
      figures = {
        ...figures,
        statements: figures.statements + 1,
        seconds: figures.seconds + seconds,
        request: Math.max(figures.request, bytesOf({ query, params: parameters, method: 'all' })),
        response: Math.max(figures.response, bytesOf(answer)),
        [slowest]: Math.max(figures[slowest], seconds),
      }
      return answer
    }
  const take = (): Figures => {
    const taken = figures
    figures = none
    return taken
  }
  return { around, take }
}
