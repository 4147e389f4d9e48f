// Translates OpenAPI 3.0's dialect to closed JSON Schema: an object has only the documented properties.

import { resolve, type OpenApi, type Schema } from './openapi.js'

const kept = [
  'type',
  'enum',
  'required',
  'pattern',
  'format',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'multipleOf',
]
const combinators = ['allOf', 'anyOf', 'oneOf'] as const

/** Whether a schema lists its properties; free-form objects do not. */
function namesProperties(document: OpenApi, schema: Schema): boolean {
  const found = resolve<Schema>(document, schema)
  if (found['additionalProperties'] !== undefined) return false
  return (
    found['properties'] !== undefined ||
    combinators.some((name) => (found[name] as Schema[] | undefined)?.some((one) => namesProperties(document, one)))
  )
}

/** The alternatives of a schema; a discriminator maps values of its property to them. */
function alternatives(document: OpenApi, id: string, { oneOf, discriminator }: Schema): readonly Schema[] {
  const { propertyName = '', mapping = {} } = (discriminator ?? {}) as {
    readonly propertyName?: string
    readonly mapping?: Readonly<Record<string, string>>
  }
  return (oneOf as readonly Schema[]).map((one) => {
    const own = Object.keys(mapping).filter((value) => mapping[value] === one['$ref'])
    const schema = open(document, id, one)
    if (own.length === 0) return schema
    const values = own.flatMap((value): unknown[] => (/^(true|false)$/.test(value) ? [value === 'true'] : [value]))
    return { allOf: [schema, { properties: { [propertyName]: { enum: values } } }] }
  })
}

/** Translates a schema without closing it, so that it can be combined with others. */
function open(document: OpenApi, id: string, schema: Schema): Schema {
  // OpenAPI 3.0 ignores everything next to a reference.
  if (typeof schema['$ref'] === 'string') return { $ref: `${id}${schema['$ref']}` }
  const inside = (one: unknown) => closed(document, id, one as Schema)
  const result: Record<string, unknown> = Object.fromEntries(
    Object.entries(schema).filter(([key]) => kept.includes(key)),
  )
  for (const limit of ['Minimum', 'Maximum'])
    if (schema[`exclusive${limit}`] === true) {
      result[`exclusive${limit}`] = schema[limit.toLowerCase()]
      delete result[limit.toLowerCase()]
    }
  if (schema['oneOf'] !== undefined) result['oneOf'] = alternatives(document, id, schema)
  for (const name of ['allOf', 'anyOf'] as const)
    if (schema[name] !== undefined) result[name] = (schema[name] as Schema[]).map((one) => open(document, id, one))
  if (schema['not'] !== undefined) result['not'] = open(document, id, schema['not'] as Schema)
  if (schema['items'] !== undefined) result['items'] = inside(schema['items'])
  if (schema['properties'] !== undefined)
    result['properties'] = Object.fromEntries(
      Object.entries(schema['properties'] as Schema).map(([name, one]) => [name, inside(one)]),
    )
  const more = schema['additionalProperties']
  if (more !== undefined) result['additionalProperties'] = typeof more === 'boolean' ? more : inside(more)
  if (schema['nullable'] !== true) return result
  const { type, enum: values } = schema
  if (typeof type !== 'string' || combinators.some((name) => schema[name] !== undefined))
    return { anyOf: [result, { type: 'null' }] }
  return { ...result, type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...values, null] } : {}) }
}

/** Translates a schema for a whole value, and closes it. */
export function closed(document: OpenApi, id: string, schema: Schema): Schema {
  const result = open(document, id, schema)
  return namesProperties(document, schema) ? { ...result, unevaluatedProperties: false } : result
}

/** Translates all named schemas of a document, under its id. */
export const namedSchemas = (document: OpenApi, id: string): Schema => ({
  $id: id,
  components: {
    schemas: Object.fromEntries(
      Object.entries(document.components.schemas).map(([name, one]) => [name, open(document, id, one)]),
    ),
  },
})
