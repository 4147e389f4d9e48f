// The part of OpenAPI 3.0 that the contract test reads, and where the official files are.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Schema = { readonly [keyword: string]: unknown }
export interface Reference {
  readonly $ref: string
}
export interface Parameter {
  readonly name: string
  readonly in: 'query' | 'path' | 'header' | 'cookie'
  readonly required?: boolean
  readonly style?: string
  readonly explode?: boolean
  readonly schema: Schema
}
export type Content = Record<string, { schema?: Schema }>
export interface Response {
  content?: Content
}
export interface Operation {
  readonly parameters?: readonly (Parameter | Reference)[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Record<string, Response | Reference>
}
type PathItem = Record<string, Operation | undefined> & { readonly parameters?: never }
export interface OpenApi {
  readonly paths: Record<string, PathItem>
  readonly components: {
    readonly schemas: Record<string, Schema>
    readonly parameters?: Record<string, Parameter>
    readonly responses?: Record<string, Response>
  }
}
export interface Api {
  readonly id: string
  /** The prefix of its paths in the requests of Rollcall. */
  readonly base: string
  readonly document: OpenApi
}

const files = [
  { id: 'organization', base: '/admin', file: 'admin-organization.2026-08-21.fixed.json' },
  { id: 'user-management', base: '', file: 'admin-user-management.2026-08-21.fixed.json' },
  { id: 'jira', base: '/ex/jira/{cloudId}', file: 'jira-platform-v3.2025.used-paths.json' },
] as const

/** Where Atlassian's OpenAPI files are: beside the clone, or where ROLLCALL_SPECS says. */
export const specsFolder =
  process.env['ROLLCALL_SPECS'] ?? fileURLToPath(new URL('../../../shared/specs', import.meta.url))
export const missingSpecs = files.filter(({ file }) => !existsSync(join(specsFolder, file))).map(({ file }) => file)

/** Reads the official files again, so that the caller can correct its copy. */
export const readApis = (): Api[] =>
  files.map(({ id, base, file }) => ({
    id,
    base,
    document: JSON.parse(readFileSync(join(specsFolder, file), 'utf8')) as OpenApi,
  }))

/** Resolves a reference inside its document; returns other values unchanged. */
export function resolve<T extends object>(document: OpenApi, value: T | Reference): T {
  if (!('$ref' in value)) return value
  let found: unknown = document
  for (const part of String(value.$ref).split('/').slice(1))
    found = (found as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')]
  if (found === undefined) throw new Error(`The document has nothing at ${String(value.$ref)}.`)
  return resolve(document, found as T | Reference)
}
