// Corrections of mistakes in the official files: small changes of one operation or of one named schema.

import { resolve, type Api, type Operation, type Response, type Schema } from './openapi.js'

export type Correction = (operation: Operation, api: Api) => void

const text = { type: 'string' }
const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
})
const errors = (code: Schema) => {
  const items = object({ id: text, code, status: text, title: text, detail: text })
  return object({ errors: { type: 'array', minItems: 1, items } })
}

/** Bodies of Atlassian's refusals that the files do not document. */
export const bodies = {
  application: errors(text),
  unknownOrganization: errors({ type: 'string', enum: ['ADMIN-404-2'] }),
  gateway: object({ code: { type: 'number' }, message: text }),
  routing: object({
    timestamp: text,
    path: text,
    status: { type: 'number' },
    error: text,
    message: text,
    requestId: text,
  }),
  explainedRefusal: object({ key: { type: 'string', enum: ['forbidden'] }, context: text }),
  jira: object({ errorMessages: { type: 'array', items: text }, errors: { type: 'object' } }),
} satisfies Record<string, Schema>

const json = 'application/json'
const documented = ({ responses }: Operation, { document }: Api, status: number): Response | undefined => {
  const given = responses[String(status)]
  return given === undefined ? undefined : resolve<Response>(document, given)
}

/** Allows this body also for responses with some statuses. */
export const alsoAnswers =
  (schema: Schema, ...statuses: readonly number[]): Correction =>
  (operation, api) => {
    for (const status of statuses) {
      const before = documented(operation, api, status)?.content?.[json]?.schema
      const either = before === undefined ? schema : { anyOf: [before, schema] }
      operation.responses[String(status)] = { content: { [json]: { schema: either } } }
    }
  }
/** Adds this body to refusals that are documented without one. */
export const refusalsSay =
  (schema: Schema): Correction =>
  (operation, api) => {
    for (const status of [400, 403, 404, 409]) {
      const given = documented(operation, api, status)
      if (given !== undefined && given.content === undefined) alsoAnswers(schema, status)(operation, api)
    }
  }
/** Removes the body from the response with a status. */
export const answersWithoutBody =
  (status: number): Correction =>
  ({ responses }) => {
    responses[String(status)] = {}
  }
/** Makes the required properties of a request optional. */
export const mayBePartial: Correction = ({ requestBody }, { document }) => {
  const content = requestBody?.content[json]
  if (content === undefined) return
  const optional = (schema: Schema): Schema => {
    const { required: _, ...rest } = resolve<Schema>(document, schema)
    return Array.isArray(rest['allOf']) ? { ...rest, allOf: rest['allOf'].map(optional) } : rest
  }
  content.schema = optional(content.schema ?? {})
}
/** Allows null for a property of a named schema. */
export const alsoNull =
  (name: string, ...path: readonly string[]): Correction =>
  (_, { document }) => {
    let properties = document.components.schemas[name]?.['properties'] as Record<string, Schema>
    for (const step of path.slice(0, -1)) properties = properties[step]?.['properties'] as Record<string, Schema>
    const last = path.at(-1) ?? ''
    properties[last] = { nullable: true, allOf: [properties[last] ?? {}] }
  }
