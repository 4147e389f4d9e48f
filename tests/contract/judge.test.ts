// Tests the judge with a small invented document: it names each mistake in a sentence.

import { expect, it } from 'vitest'
import type { Exchange } from '@rollcall/simulator'
import { createJudge } from './judge.js'
import type { Api, OpenApi } from './openapi.js'

const json = 'application/json'
const jsonBody = (name: string) => ({ content: { [json]: { schema: { $ref: `#/components/schemas/${name}` } } } })
const document: OpenApi = {
  paths: {
    '/seats/{seatId}': {
      get: {
        parameters: [
          { in: 'path', name: 'seatId', required: true, schema: { type: 'string', pattern: '^[a-z]+$' } },
          { $ref: '#/components/parameters/limit' },
          {
            in: 'query',
            name: 'tags',
            schema: { type: 'array', maxItems: 2, items: { type: 'string', enum: ['a', 'b'] } },
          },
          { in: 'query', name: 'site', required: true, schema: { type: 'string' } },
        ],
        responses: { 200: jsonBody('Seat'), 404: { $ref: '#/components/responses/Missing' } },
      },
      delete: { responses: { 204: {} } },
    },
    '/refusals': { get: { responses: { 400: jsonBody('Refusal') } } },
    '/seats/count': { get: { responses: { 200: jsonBody('Count') } } },
    '/seats': {
      post: { requestBody: { required: true, ...jsonBody('PlanRequest') }, responses: { default: jsonBody('Seat') } },
    },
  },
  components: {
    parameters: { limit: { in: 'query', name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 9 } } },
    responses: { Missing: { content: { [json]: { schema: { oneOf: [{ $ref: '#/components/schemas/Error' }] } } } } },
    schemas: {
      Count: { type: 'object', properties: { count: { type: 'integer', minimum: 0, exclusiveMinimum: true } } },
      Error: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
      Plain: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } },
      Explained: {
        type: 'object',
        required: ['key'],
        properties: { key: { type: 'string' }, why: { type: 'string' } },
      },
      Refusal: {
        oneOf: [{ $ref: '#/components/schemas/Plain' }, { $ref: '#/components/schemas/Explained' }],
        discriminator: {
          propertyName: 'key',
          mapping: { no: '#/components/schemas/Plain', because: '#/components/schemas/Explained' },
        },
      },
      Person: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      Seat: {
        allOf: [{ $ref: '#/components/schemas/Person' }],
        type: 'object',
        properties: {
          kind: { type: 'string', enum: ['paid', 'free'] },
          since: { type: 'string', format: 'date-time', nullable: true },
          owner: { $ref: '#/components/schemas/Person', nullable: true },
          labels: { type: 'object' },
        },
      },
      PlanRequest: {
        type: 'object',
        properties: { people: { type: 'array', items: { $ref: '#/components/schemas/Person' } } },
      },
    },
  },
}
const apis: Api[] = [{ id: 'seats', base: '/api', document }]
const judge = createJudge(apis)
const get: Exchange = {
  method: 'GET',
  url: '/api/seats/mia?site=acme',
  requestHeaders: {},
  requestBody: '',
  status: 200,
  responseHeaders: { 'content-type': json },
  responseBody: '{"name":"Mia"}',
}
const post: Exchange = {
  ...get,
  method: 'POST',
  url: '/api/seats',
  status: 201,
  requestHeaders: { 'content-type': json },
  requestBody: '{"people":[{"name":"Mia"}]}',
}
const asked = (url: string) => judge({ ...get, url }).request
const answered = (body: unknown, changes: Partial<Exchange> = {}) =>
  judge({ ...get, responseBody: JSON.stringify(body), ...changes }).answer
const wished = (changes: Partial<Exchange>) => judge({ ...post, ...changes }).request
const request = 'GET /api/seats/{seatId}, request, '
const answer = 'GET /api/seats/{seatId}, answer 200, the body: '

it('finds nothing wrong with documented exchanges', () => {
  expect(judge(get)).toEqual({ operation: 'GET /api/seats/{seatId}', request: [], answer: [] })
  expect(judge(post)).toEqual({ operation: 'POST /api/seats', request: [], answer: [] })
  expect(asked('/api/seats/mia?site=acme&limit=9&tags=a&tags=b')).toEqual([])
})
it('names a path that is not documented, also one with another method', () => {
  expect(asked('/api/chairs')).toEqual(['GET /api/chairs, request, the path: it is not documented with this method'])
  expect(judge({ ...get, method: 'PUT' }).operation).toBeUndefined()
})
it('prefers the path without parameters', () => {
  const counted = { ...get, url: '/api/seats/count', responseBody: '{"count":0}' }
  expect(judge(counted).answer).toEqual(['GET /api/seats/count, answer 200, the body: /count must be > 0'])
})
it('names an unknown, a missing and a wrong query parameter', () => {
  expect(asked('/api/seats/mia?site=acme&color=red')).toEqual([
    `${request}the query parameter color: it is not documented`,
  ])
  expect(asked('/api/seats/mia')).toEqual([`${request}the query parameter site: it is missing`])
  expect(asked('/api/seats/mia?site=acme&limit=10')).toEqual([
    `${request}the query parameter limit: the whole must be <= 9`,
  ])
  expect(asked('/api/seats/mia?site=acme&limit=many')).toEqual([
    `${request}the query parameter limit: the whole must be integer`,
  ])
  expect(asked('/api/seats/mia?site=acme&tags=c')).toEqual([
    `${request}the query parameter tags: /0 must be equal to one of the allowed values a, b`,
  ])
})
it('names a wrong path parameter, read without its escapes', () => {
  expect(asked('/api/seats/%6Dia?site=acme')).toEqual([])
  expect(asked('/api/seats/M?site=acme')).toEqual([
    `${request}the path parameter seatId: the whole must match pattern "^[a-z]+$"`,
  ])
})
it('names each mistake in the body of a request', () => {
  const say = (what: string) => [`POST /api/seats, request, the body: ${what}`]
  expect(wished({ requestBody: '' })).toEqual(say('it is missing'))
  expect(wished({ requestBody: '{' })).toEqual(say('it is not JSON'))
  expect(wished({ requestHeaders: {} })).toEqual(say('its type is not told instead of application/json'))
  expect(wished({ requestBody: '{"wish":1}' })).toEqual(say('the whole has the undocumented property wish'))
  expect(wished({ requestBody: '{"people":[{"name":1,"age":1}]}' })).toEqual([
    ...say('/people/0/name must be string'),
    ...say('/people/0 has the undocumented property age'),
  ])
  expect(judge({ ...get, requestBody: '{}' }).request).toEqual([`${request}the body: none is documented`])
})
it('names a missing, a wrong and an undocumented property of a response', () => {
  expect(answered({})).toEqual([`${answer}the whole must have required property 'name'`])
  expect(answered({ name: 1 })).toEqual([`${answer}/name must be string`])
  expect(answered({ name: 'Mia', kind: 'rented' })).toEqual([
    `${answer}/kind must be equal to one of the allowed values paid, free`,
  ])
  expect(answered({ name: 'Mia', mood: 'good' })).toEqual([`${answer}the whole has the undocumented property mood`])
})
it('allows documented null values, but not next to a reference, and anything in a free-form object', () => {
  expect(answered({ name: 'Mia', since: null, labels: { any: ['thing'] } })).toEqual([])
  expect(answered({ name: 'Mia', since: 'yesterday' })).toEqual([`${answer}/since must match format "date-time"`])
  expect(answered({ name: 'Mia', owner: null })).toEqual([`${answer}/owner must be object`])
})
it('lets a discriminator choose between alternatives', () => {
  const refused = { url: '/api/refusals', status: 400 }
  expect(answered({ key: 'no' }, refused)).toEqual([])
  expect(answered({ key: 'because', why: 'full' }, refused)).toEqual([])
  expect(answered({ key: 'no', why: 'full' }, refused).join()).toContain('the whole has the undocumented property why')
})
it('names an undocumented status, an undocumented body and a response that is not JSON', () => {
  expect(answered({ code: 'gone' }, { status: 410 })).toEqual([
    'GET /api/seats/{seatId}, answer 410, the status 410: it is not documented',
  ])
  expect(answered({ code: 'gone' }, { status: 404 })).toEqual([])
  expect(judge({ ...get, method: 'DELETE', status: 204 }).answer).toEqual([
    'DELETE /api/seats/{seatId}, answer 204, the body: none is documented',
  ])
  expect(judge({ ...get, responseBody: '<html>' }).answer).toEqual([`${answer}it is not JSON`])
  expect(judge({ ...get, responseHeaders: { 'content-type': 'text/html' } }).answer).toEqual([
    `${answer}its type is text/html instead of application/json`,
  ])
})
it('leaves out responses that an injected fault made, and cut connections, but not their requests', () => {
  const { status: _, ...cut } = get
  expect(judge({ ...get, fault: 'status', status: 503, responseBody: '' })).toMatchObject({ request: [], answer: [] })
  expect(judge({ ...cut, fault: 'reset', url: '/api/seats/mia' })).toMatchObject({
    request: [`${request}the query parameter site: it is missing`],
    answer: [],
  })
})
