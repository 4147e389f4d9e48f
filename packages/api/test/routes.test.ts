// Routes: every published route stays available when operations change.

import { expect, it } from 'vitest'
import { operations, routes, type Interface } from '@rollcall/api'
import { paths } from '../src/paths.js'

const published = [
  'delete /accounts/{id}/personal',
  'delete /filters',
  'delete /policies/{name}',
  'delete /protections',
  'delete /protections/people/{id}',
  'delete /vetoes/{id}',
  'get /accounts',
  'get /accounts/{id}',
  'get /activity',
  'get /attention',
  'get /audit',
  'get /audit/checkpoints',
  'get /audit/search',
  'get /audit/verification',
  'get /csv/accounts',
  'get /csv/audit',
  'get /csv/audit/search',
  'get /filters',
  'get /keys',
  'get /licenses',
  'get /licenses/history',
  'get /limits',
  'get /limits/list',
  'get /overview',
  'get /plans',
  'get /plans/list',
  'get /plans/{id}',
  'get /plans/{id}/people',
  'get /plans/{id}/summary',
  'get /policies',
  'get /policies/cards',
  'get /protections',
  'get /protections/automatic',
  'get /protections/list',
  'get /protections/people',
  'get /rest-days',
  'get /rest-days/list',
  'get /runs',
  'get /runs/list',
  'get /runs/{id}',
  'get /runs/{id}/people',
  'get /runs/{id}/progress',
  'get /runs/{id}/results',
  'get /sync',
  'get /vetoes',
  'patch /keys/expiry',
  'patch /limits',
  'post /keys/check',
  'post /plans',
  'post /plans/preview',
  'post /plans/{id}/approval',
  'post /plans/{id}/discard',
  'post /policies',
  'post /policies/review',
  'post /policies/trial',
  'post /policies/{name}/disable',
  'post /policies/{name}/enable',
  'post /reconcile',
  'post /resume',
  'post /runs/{id}/undo',
  'post /runs/{id}/undo/preview',
  'post /stop',
  'post /sync',
  'post /usual',
  'put /filters',
  'put /protections',
  'put /protections/people/{id}',
  'put /protections/several',
  'put /rest-days',
]
const routeOf = ({ method, path }: Pick<Interface, 'method' | 'path'>): string => `${method} ${path}`

it('serves every published route with exactly one operation', () => {
  const served = routes().map(({ operation }) => routeOf(operation))
  expect(served.filter((route, index) => served.indexOf(route) !== index)).toEqual([])
  expect(published.filter((route) => !served.includes(route))).toEqual([])
})

it('serves a fixed path before a path with a param that also matches', () => {
  const served = routes().map(({ operation }) => routeOf(operation))
  for (const [index, route] of served.entries()) {
    const matches = new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
    expect([route, served.slice(index + 1).filter((later) => matches.test(later))]).toEqual([route, []])
  }
})

it('gives each alias the method and the role of the operation that replaces it', () => {
  const named = routes().flatMap(({ operation }) => (operation.aliasOf === undefined ? [] : [operation]))
  expect(named.length).toBeGreaterThanOrEqual(12)
  for (const { method, role, aliasOf } of named)
    expect({ method, role }).toMatchObject({ method: aliasOf?.method, role: aliasOf?.role })
})

it('gives the page the paths of the operations ("npm run write-paths" writes them)', () => {
  const declared = Object.entries<Interface>(operations).map(([name, { method, path, long }]) => [
    name,
    { method, path, ...(long === undefined ? {} : { long }) },
  ])
  expect(paths).toEqual(Object.fromEntries(declared))
})
