// Which documented operation a request belongs to.

import { resolve, type Api, type Operation, type Parameter } from './openapi.js'

export interface Documented {
  readonly api: Api
  /** Method and path template, as in `GET /admin/v1/orgs/{orgId}`. */
  readonly name: string
  readonly operation: Operation
  readonly parameters: readonly Parameter[]
}
export interface Candidate extends Documented {
  readonly method: string
  readonly pattern: RegExp
  readonly names: readonly string[]
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
const segment = /\{([^}]+)\}/g

/** Lists the operations of a document. */
export function operationsOf(api: Api): Candidate[] {
  return Object.entries(api.document.paths).flatMap(([path, item]) =>
    methods.flatMap((method): Candidate[] => {
      const operation = item[method]
      if (operation === undefined) return []
      const template = `${api.base}${path}`
      const pattern = template.replaceAll(/[.$]/g, String.raw`\$&`).replaceAll(segment, '([^/]+)')
      return [
        {
          api,
          operation,
          method: method.toUpperCase(),
          name: `${method.toUpperCase()} ${template}`,
          pattern: new RegExp(`^${pattern}$`),
          names: [...template.matchAll(segment)].map(([, name]) => name ?? ''),
          parameters: (operation.parameters ?? []).map((one) => resolve<Parameter>(api.document, one)),
        },
      ]
    }),
  )
}

/** Makes the lookup of operations; if several templates match, it uses the one with the fewest parameters. */
export function createFinder(apis: readonly Api[]) {
  const candidates = apis.flatMap(operationsOf).toSorted((a, b) => a.names.length - b.names.length)
  return (method: string, path: string): { found: Documented; inPath: ReadonlyMap<string, string> } | undefined => {
    for (const { pattern, names, ...found } of candidates) {
      const match = found.method === method ? pattern.exec(path) : null
      if (match === null) continue
      return { found, inPath: new Map(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')])) }
    }
    return undefined
  }
}
