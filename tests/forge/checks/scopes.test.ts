// Scopes and addresses: what a story really calls has to be declared, and what is declared has to be called.
// An admin is asked to consent to each of them, and one more means asking again.

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
/** The endpoints that we need, for the platform's linters, and for whoever has no official file. */
const own = fileURLToPath(new URL('../../../tools/forge-checks/endpoints/jira.json', import.meta.url))
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Documented
const jira = read(existsSync(official) ? official : own)

/** The sets of scopes of which one is enough for an endpoint of Jira; undefined where it is not documented. */
const scopesOf = ({ paths }: Documented, endpoint: string): (readonly string[])[] | undefined => {
  const [method = '', path = ''] = endpoint.split(' ')
  return paths[path]?.[method.toLowerCase()]?.['x-atlassian-oauth2-scopes']?.map(({ scopes }) => scopes)
}

/** The scopes that let a call through; undefined when none of the manifest does. */
const letThrough = (endpoint: string, declared: readonly string[]): readonly string[] | undefined =>
  scopesOf(jira, endpoint)?.find((scopes) => scopes.every((scope) => declared.includes(scope)))

describe.skipIf(withoutForge)('the scopes and addresses of the manifest', () => {
  let world: Awaited<ReturnType<typeof openForgeWorld>>
  const called = { jira: new Set<string>(), stored: new Set<string>(), outside: new Set<string>() }
  beforeAll(async () => {
    world = await openForgeWorld({ users: 400, now: new Date().toISOString() })
    const told = world as unknown as World
    await run(told, (await plan(told)).plan)
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

  it('let every call to Jira through', () => {
    const { scopes } = world.host.manifest
    expect(called.jira.size).toBeGreaterThan(0)
    expect([...called.jira].filter((endpoint) => letThrough(endpoint, scopes) === undefined)).toEqual([])
  })

  it('are all needed, each by what was really called', () => {
    const { scopes } = world.host.manifest
    const forStorage = called.stored.size === 2 ? ['storage:app'] : []
    const needed = new Set([...forStorage, ...[...called.jira].flatMap((one) => letThrough(one, scopes) ?? [])])
    expect([...needed].toSorted()).toEqual([...scopes].toSorted())
  })

  it('name exactly the addresses that were called', () => {
    expect([...called.outside].toSorted()).toEqual([...world.host.manifest.egress].toSorted())
    expect(world.host.counts().egress.refused).toBe(0)
  })

  it('are all there is: the page asks the app only, and Jira nothing by itself', () => {
    const page = fileURLToPath(new URL('../../../apps/ui/src', import.meta.url))
    const sources = readdirSync(page, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
    expect(sources.length).toBeGreaterThan(10)
    const asking = /requestJira|requestRemote|invokeRemote|invokeService/
    expect(sources.filter((file) => asking.test(readFileSync(join(page, file), 'utf8')))).toEqual([])
  })

  it('would be found missing: a call that no scope lets through, and one that is not documented', () => {
    expect(letThrough('GET /rest/api/3/mypermissions', ['storage:app'])).toBeUndefined()
    expect(letThrough('GET /rest/api/3/nothing', world.host.manifest.scopes)).toBeUndefined()
  })

  it.skipIf(!existsSync(official))('rest on endpoints that are as Atlassian documents them', () => {
    for (const [path, methods] of Object.entries(read(own).paths))
      for (const method of Object.keys(methods))
        expect(scopesOf(read(own), `${method} ${path}`)).toEqual(scopesOf(read(official), `${method} ${path}`))
  })
})
