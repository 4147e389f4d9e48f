// The operations as HTTP routes.

import type { Operation } from './operation.js'
import * as operations from './operations/index.js'

export interface Route {
  readonly name: string
  readonly operation: Operation
}

/** Sorts a path param behind every letter. */
const orderOf = (path: string): string => path.replaceAll('{', '~')

/** Every operation with its name. A host that matches paths in order meets /runs/list before /runs/{id}. */
export const routes = (): readonly Route[] =>
  Object.entries<Operation>(operations)
    .map(([name, operation]) => ({ name, operation }))
    .toSorted((a, b) => (orderOf(a.operation.path) < orderOf(b.operation.path) ? -1 : 1))
