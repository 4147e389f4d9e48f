// Scopes and addresses: the manifest declares exactly those that a story really uses. An admin consents to each of them,
// and a new one requires new consent.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plan, run, type World } from '../../stories/world.js'
import { specsFolder } from '../../contract/openapi.js'
import { withoutForge } from '../host.js'
import { openForgeWorld } from '../world.js'

interface Documented {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { 'x-atlassian-oauth2-scopes'?: readonly { scopes: readonly string[] }[] }>>>
  >
}
const official = join(specsFolder, 'jira-platform-v3.2025.used-paths.json')
/** The endpoints that we need: for Forge's linters, and when the official file is missing. */
const own = fileURLToPath(new URL('../../../tools/forge-checks/endpoints/jira.json', import.meta.url))
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Documented
const jira = read(existsSync(official) ? official : own)

/** The sets of scopes that allow an endpoint of Jira, each on its own; undefined for an undocumented endpoint. */
const scopesOf = ({ paths }: Documented, endpoint: string): (readonly string[])[] | undefined => {
  const [method = '', path = ''] = endpoint.split(' ')
  return paths[path]?.[method.toLowerCase()]?.['x-atlassian-oauth2-scopes']?.map(({ scopes }) => scopes)
}

/** The declared scopes that allow a call; undefined when they do not. */
const allowing = (endpoint: string, declared: readonly string[]): readonly string[] | undefined =>
  scopesOf(jira, endpoint)?.find((scopes) => scopes.every((scope) => declared.includes(scope)))

describe.skipIf(withoutForge)('the scopes and addresses of the manifest', () => {
  let world: Awaited<ReturnType<typeof openForgeWorld>>
  const called = { jira: new Set<string>(), stored: new Set<string>(), outside: new Set<string>() }
  beforeAll(async () => {
    world = await openForgeWorld({ users: 400, now: new Date().toISOString() })
    const story = world as unknown as World
    await run(story, (await plan(story)).plan)
    await world.host.tick()
    await world.host.idle()
    for (const { kind, text } of world.host.log) {
      const [place = '', method = '', url = ''] = text.split(' ')
      if (kind === 'egress') called.outside.add(new URL(url).origin)
      if (kind === 'platform' && place === 'jira') called.jira.add(`${method} ${url.split('?')[0]}`)
      if (kind === 'platform' && (place === 'kvs' || place === 'sql')) called.stored.add(place)
    }
  }, 240_000)
  afterAll(() => world?.close())

  it('allow every call to Jira', () => {
    const { scopes } = world.host.manifest
    expect(called.jira.size).toBeGreaterThan(0)
    expect([...called.jira].filter((endpoint) => allowing(endpoint, scopes) === undefined)).toEqual([])
  })

  it('are all needed by calls that were really made', () => {
    const { scopes } = world.host.manifest
    const forStorage = called.stored.size === 2 ? ['storage:app'] : []
    const needed = new Set([...forStorage, ...[...called.jira].flatMap((one) => allowing(one, scopes) ?? [])])
    expect([...needed].toSorted()).toEqual([...scopes].toSorted())
  })

  it('list exactly the addresses that the app called', () => {
    expect([...called.outside].toSorted()).toEqual([...world.host.manifest.egress].toSorted())
    expect(world.host.counts().egress.refused).toBe(0)
  })

  it('cover the page: it calls only the app, and never Jira directly', () => {
    const page = fileURLToPath(new URL('../../../apps/ui/src', import.meta.url))
    const sources = readdirSync(page, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
    expect(sources.length).toBeGreaterThan(10)
    const directCall = /requestJira|requestRemote|invokeRemote|invokeService/
    expect(sources.filter((file) => directCall.test(readFileSync(join(page, file), 'utf8')))).toEqual([])
  })

  it('do not allow an undeclared or an undocumented call', () => {
    expect(allowing('GET /rest/api/3/mypermissions', ['storage:app'])).toBeUndefined()
    expect(allowing('GET /rest/api/3/nothing', world.host.manifest.scopes)).toBeUndefined()
  })

  it.skipIf(!existsSync(official))('rely on endpoints as Atlassian documents them', () => {
    for (const [path, methods] of Object.entries(read(own).paths))
      for (const method of Object.keys(methods))
        expect(scopesOf(read(own), `${method} ${path}`)).toEqual(scopesOf(read(official), `${method} ${path}`))
  })
})
