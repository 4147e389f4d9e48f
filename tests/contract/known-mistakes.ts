// Known mistakes of the official files: each has its reason and is mended precisely, and a test says when it has gone.

import { resolve, type Api, type Operation, type Response, type Schema } from './openapi.js'

export interface KnownMistake {
  /** The operations that it concerns, by method and path template. */
  readonly operation: RegExp
  readonly where: string
  readonly what: string
  readonly reason: string
  readonly mend: (operation: Operation, api: Api) => void
}

const text = { type: 'string' }
const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  ...{ type: 'object', properties, required },
})
const gatewayError = object({ code: { type: 'number' }, message: text })
const routingError = object({
  ...{ timestamp: text, path: text, status: { type: 'number' }, error: text, message: text, requestId: text },
})
const applicationError = object({
  errors: {
    type: 'array',
    minItems: 1,
    items: object({ id: text, code: text, status: text, title: text, detail: text }),
  },
})
const explainedRefusal = object({ key: { type: 'string', enum: ['forbidden'] }, context: text })

/** Lets the answers of some statuses also have this body. */
const alsoAnswers =
  (schema: Schema, ...statuses: readonly number[]): KnownMistake['mend'] =>
  ({ responses }, { document }) => {
    for (const status of statuses) {
      const given = responses[String(status)]
      const before = given === undefined ? undefined : resolve<Response>(document, given).content?.['application/json']
      const either = before?.schema === undefined ? schema : { anyOf: [before.schema, schema] }
      responses[String(status)] = { content: { 'application/json': { schema: either } } }
    }
  }
/** Gives this body to the refusals that are documented without one. */
const refusalsSay =
  (schema: Schema): KnownMistake['mend'] =>
  (operation, api) => {
    const documented = [400, 403, 404, 409].filter((status) => operation.responses[String(status)] !== undefined)
    alsoAnswers(schema, ...documented)(operation, api)
  }
/** Lets a property of a named schema be null. */
const alsoNull =
  (name: string, ...path: readonly string[]): KnownMistake['mend'] =>
  (_, { document }) => {
    let properties = document.components.schemas[name]?.['properties'] as Record<string, Schema>
    for (const step of path.slice(0, -1)) properties = properties[step]?.['properties'] as Record<string, Schema>
    const last = path.at(-1) ?? ''
    properties[last] = { nullable: true, allOf: [properties[last] ?? {}] }
  }

export const knownMistakes: readonly KnownMistake[] = [
  {
    operation: /^(POST|DELETE) \/admin\/v2\/.*\/(suspend|restore|memberships|memberships\/\{accountId\})$/,
    where: 'answers 400, 403, 404 and 409',
    what: 'no body is documented',
    reason: 'these operations answer with application errors, as callers of the real service have published',
    mend: refusalsSay(applicationError),
  },
  {
    operation: / \/admin\/v2\/(?!.*\/workspaces$)/,
    where: 'answers 401 and 429',
    what: 'an application error or no body is documented',
    reason: 'the gateway refuses before the application is asked, in the shape that all operations of v1 document',
    mend: alsoAnswers(gatewayError, 401, 429),
  },
  {
    operation: /^POST \/admin\/v2\/.*\/workspaces$/,
    where: 'answer 429',
    what: 'the status is not documented',
    reason: 'the rate limit is one of the whole API; all other operations document it',
    mend: alsoAnswers(gatewayError, 429),
  },
  {
    operation: / \/admin\/v[12]\/orgs\/\{orgId\}/,
    where: 'answers 403 and 404',
    what: 'the body of the routing layer is not documented, and for some operations neither is the status',
    reason: 'an organization that does not exist is refused before the application is asked, in a shape of its own',
    mend: alsoAnswers(routingError, 403, 404),
  },
  {
    operation: /^POST \/admin\/v2\/.*\/restore$/,
    where: 'answer 409',
    what: 'the status is not documented',
    reason: 'a restore gives products back, and the same operation of v1 documented 409 for a reached licence limit',
    mend: alsoAnswers(applicationError, 409),
  },
  {
    operation: /^GET \/admin\/v2\/.*\/users\/\{accountId\}\/role-assignments$/,
    where: 'answer 200, userDirectoryStatus',
    what: 'nullable stands beside a reference, where it counts for nothing',
    reason: 'a role in the organization belongs to no directory, and null is what the file means to allow',
    mend: alsoNull('MultiDirectoryUserRoleAssignment', 'userDirectoryStatus'),
  },
  {
    operation: /^GET \/admin\/v2\/.*\/groups\/\{groupId\}$/,
    where: 'answer 200, description',
    what: 'null is not documented',
    reason: 'the same property of the same group may be null in a search',
    mend: alsoNull('MultiDirectoryGroupDetails', 'data', 'description'),
  },
  {
    operation: / \/users\/\{account_id\}\/manage(?!\/api-tokens)/,
    where: 'answer 429',
    what: 'the status is not documented',
    reason: 'the rate limit is one of the whole API; the operations on API tokens document it',
    mend: alsoAnswers(gatewayError, 429),
  },
  {
    operation: / \/users\/\{account_id\}\/manage(?!\/api-tokens)/,
    where: 'answer 403, context',
    what: 'a text is not documented',
    reason: 'callers of the real service have published refusals that explain themselves with a text',
    mend: alsoAnswers(explainedRefusal, 403),
  },
]
