// Judges one exchange: whether request and response are as documented, and if not, what is wrong.

import { Ajv2019, type ErrorObject, type ValidateFunction } from 'ajv/dist/2019.js'
import formats from 'ajv-formats'
import type { Exchange } from '@rollcall/simulator'
import { closed, namedSchemas } from './json-schema.js'
import { resolve, type Api, type Content, type Response, type Schema } from './openapi.js'
import { createFinder, type Documented } from './operations.js'
import { namesOf, readParameter, valueOf } from './query.js'

export interface Verdict {
  /** Method and path template, absent when the path is not documented. */
  readonly operation?: string
  readonly request: readonly string[]
  readonly answer: readonly string[]
}

const json = 'application/json'
/** Keywords that only report a failed part; the part's own report is better. */
const wrappers = ['anyOf', 'oneOf', 'if', 'allOf']

function sentence({ instancePath, keyword, message, params }: ErrorObject): string {
  const where = instancePath === '' ? 'the whole' : instancePath
  const { unevaluatedProperty, additionalProperty, allowedValues } = params as Record<string, unknown>
  const extra = unevaluatedProperty ?? additionalProperty
  if (extra !== undefined) return `${where} has the undocumented property ${String(extra)}`
  return `${where} ${message ?? keyword}${Array.isArray(allowedValues) ? ` ${allowedValues.join(', ')}` : ''}`
}

function sentences(errors: readonly ErrorObject[]): string[] {
  const telling = errors.filter(({ keyword }) => !wrappers.includes(keyword))
  return [...new Set((telling.length > 0 ? telling : errors).map(sentence))].slice(0, 5)
}

/** Makes a judge from documents. */
export function createJudge(apis: readonly Api[]) {
  const ajv = new Ajv2019({ allErrors: true, strict: false, logger: false })
  formats.default(ajv)
  for (const { id, document } of apis) ajv.addSchema(namedSchemas(document, id))
  const find = createFinder(apis)
  const compiled = new Map<Schema, ValidateFunction>()

  function check({ document, id }: Api, schema: Schema, value: unknown): string[] {
    const validate = compiled.get(schema) ?? ajv.compile(closed(document, id, schema))
    compiled.set(schema, validate)
    return validate(value) ? [] : sentences(validate.errors ?? [])
  }

  function checkBody(api: Api, content: Content | undefined, type: string | undefined, text: string): string[] {
    const documented = content?.[json] ?? content?.['*/*']
    if (documented === undefined) return text === '' ? [] : ['the body: none is documented']
    if (text === '') return ['the body: it is missing']
    if (!(type ?? '').startsWith(json)) return [`the body: its type is ${type ?? 'not told'} instead of ${json}`]
    try {
      const value: unknown = JSON.parse(text)
      return check(api, documented.schema ?? {}, value).map((one) => `the body: ${one}`)
    } catch {
      return ['the body: it is not JSON']
    }
  }

  function checkRequest(
    exchange: Exchange,
    { api, operation, parameters }: Documented,
    inPath: ReadonlyMap<string, string>,
  ) {
    const query = new URL(exchange.url, 'http://localhost').searchParams
    const known = new Set(parameters.flatMap((one) => (one.in === 'query' ? namesOf(api.document, one) : [])))
    const wrong = [...new Set(query.keys())]
      .filter((name) => !known.has(name))
      .map((name) => `the query parameter ${name}: it is not documented`)
    for (const one of parameters) {
      const text = inPath.get(one.name)
      const inQuery = one.in === 'query' ? readParameter(api.document, one, query) : undefined
      const value = one.in === 'path' && text !== undefined ? valueOf(api.document, one.schema, text) : inQuery
      const what = `the ${one.in} parameter ${one.name}`
      if (value !== undefined) wrong.push(...check(api, one.schema, value).map((said) => `${what}: ${said}`))
      else if (one.required === true && one.in === 'query') wrong.push(`${what}: it is missing`)
    }
    const { requestBody } = operation
    if (exchange.requestBody === '' && requestBody?.required !== true) return wrong
    return [
      ...wrong,
      ...checkBody(api, requestBody?.content, exchange.requestHeaders['content-type'], exchange.requestBody),
    ]
  }

  function checkAnswer({ status, responseHeaders, responseBody }: Exchange, { api, operation }: Documented): string[] {
    const given = operation.responses[String(status)] ?? operation.responses['default']
    if (given === undefined) return [`the status ${status}: it is not documented`]
    return checkBody(api, resolve<Response>(api.document, given).content, responseHeaders['content-type'], responseBody)
  }

  return (exchange: Exchange): Verdict => {
    const { method, url, status, fault } = exchange
    const path = url.split('?')[0] ?? url
    const match = find(method, path)
    if (match === undefined)
      return { request: [`${method} ${path}, request, the path: it is not documented with this method`], answer: [] }
    const { found, inPath } = match
    return {
      operation: found.name,
      request: checkRequest(exchange, found, inPath).map((one) => `${found.name}, request, ${one}`),
      answer:
        status === undefined || fault !== undefined
          ? []
          : checkAnswer(exchange, found).map((one) => `${found.name}, answer ${status}, ${one}`),
    }
  }
}
