// Converts the texts of a query to the types of the documented parameters.

import { resolve, type OpenApi, type Parameter, type Schema } from './openapi.js'

/** Converts one text to the type of its schema. An invalid text stays a text, and the schema will reject it. */
export function valueOf(document: OpenApi, schema: Schema, text: string): unknown {
  const { type } = resolve<Schema>(document, schema)
  if (type === 'integer' || type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

/** The names under which a parameter appears: an object in form style uses those of its properties. */
export function namesOf(document: OpenApi, { name, schema }: Parameter): readonly string[] {
  const { type, properties } = resolve<Schema>(document, schema)
  return type === 'object' ? Object.keys((properties ?? {}) as Schema) : [name]
}

/** Reads a parameter of the query; undefined when it is absent. */
export function readParameter(document: OpenApi, parameter: Parameter, query: URLSearchParams): unknown {
  const { name, style = 'form', explode = true } = parameter
  if (style !== 'form') throw new Error(`The parameter ${name} has the unsupported style ${style}.`)
  const schema = resolve<Schema>(document, parameter.schema)
  if (schema['type'] === 'object') {
    const properties = (schema['properties'] ?? {}) as Record<string, Schema>
    const given = Object.entries(properties).flatMap(([key, one]) => {
      const text = query.get(key)
      return text === null ? [] : [[key, valueOf(document, one, text)]]
    })
    return given.length === 0 ? undefined : Object.fromEntries(given)
  }
  if (!query.has(name)) return undefined
  const texts = query.getAll(name)
  if (schema['type'] !== 'array') return texts.length > 1 ? texts : valueOf(document, schema, texts[0] ?? '')
  const items = (schema['items'] ?? {}) as Schema
  return (explode ? texts : texts.flatMap((text) => text.split(','))).map((text) => valueOf(document, items, text))
}
