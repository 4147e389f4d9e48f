// What the host needs from manifest.yml. Refuses a manifest that the platform would refuse.

import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import type { Limits } from '../limits/limits.js'
import type { AppFunction, Interval, Manifest, Page } from './manifest.js'

type Doc = { readonly [name: string]: unknown }
const intervals: readonly Interval[] = ['fiveMinute', 'hour', 'day', 'week']
const isDoc = (value: unknown): value is Doc => typeof value === 'object' && value !== null && !Array.isArray(value)
const docOf = (value: unknown): Doc => (isDoc(value) ? value : {})
const listOf = (value: unknown): readonly Doc[] => (Array.isArray(value) ? value.map(docOf) : [])
const addressesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((one: unknown) => (isDoc(one) ? String(one['address'] ?? '') : String(one))) : []
function text(doc: Doc, name: string, where: string): string {
  const value = doc[name]
  if (typeof value !== 'string' || value === '') throw new Error(`manifest.yml: ${where} has no ${name}`)
  return value
}

/** Which functions are used by background modules only: they alone may run longer. */
function backgroundOf(modules: Doc): ReadonlySet<string> {
  const used = (types: readonly string[]) =>
    types.flatMap((type) =>
      listOf(modules[type]).flatMap((one) => [one['function'], docOf(one['resolver'])['function']]),
    )
  const background = ['consumer', 'scheduledTrigger']
  const foreground = new Set(used(Object.keys(modules).filter((type) => ![...background, 'function'].includes(type))))
  return new Set(used(background).filter((key): key is string => typeof key === 'string' && !foreground.has(key)))
}

function readFunction(doc: Doc, background: ReadonlySet<string>, appMemory: unknown, limits: Limits): AppFunction {
  const key = text(doc, 'key', 'a function')
  const [, handler, more] = text(doc, 'handler', `function ${key}`).split('.')
  if (handler === undefined || more !== undefined)
    throw new Error(`manifest.yml: the handler of function ${key} is not of the form file.export`)
  const requested = doc['timeoutSeconds']
  if (requested !== undefined && !background.has(key))
    throw new Error(
      `manifest.yml: function ${key} serves more than consumers and triggers, so it has no timeoutSeconds`,
    )
  if (requested !== undefined && !(Number(requested) >= 1 && Number(requested) <= limits.longestSeconds))
    throw new Error(`manifest.yml: timeoutSeconds of function ${key} is not between 1 and ${limits.longestSeconds}`)
  const standard = background.has(key) ? limits.backgroundSeconds : limits.resolverSeconds
  const memoryMb = Number(docOf(doc['runtime'])['memoryMB'] ?? appMemory ?? limits.memoryMb)
  return { key, handler, memoryMb, timeoutSeconds: requested === undefined ? standard : Number(requested) }
}

function readPage(modules: Doc, resources: readonly Doc[], folder: string): Page | undefined {
  const [doc] = listOf(modules['jira:adminPage'])
  if (doc === undefined) return undefined
  const key = text(doc, 'key', 'jira:adminPage')
  const resource = resources.find((one) => one['key'] === doc['resource'])
  if (resource === undefined) throw new Error(`manifest.yml: jira:adminPage ${key} names an unknown resource`)
  const path = resolve(folder, text(resource, 'path', `resource ${String(doc['resource'])}`))
  const functionKey = text(docOf(doc['resolver']), 'function', `the resolver of jira:adminPage ${key}`)
  return { key, folder: path, functionKey, title: text(doc, 'title', `jira:adminPage ${key}`) }
}

/** Reads the manifest of an app folder. */
export function readManifest(folder: string, limits: Limits): Manifest {
  const path = resolve(folder, 'manifest.yml')
  if (!existsSync(path)) throw new Error(`${path} does not exist`)
  const doc = docOf(parse(readFileSync(path, 'utf8')))
  const [app, modules] = [docOf(doc['app']), docOf(doc['modules'])]
  const keys = Object.values(modules).flatMap((entries) => listOf(entries).map((one) => one['key']))
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined) throw new Error(`manifest.yml: found duplicate module key '${String(twice)}'`)
  const background = backgroundOf(modules)
  const memory = docOf(app['runtime'])['memoryMB']
  const functions = new Map(
    listOf(modules['function']).map((one) => {
      const read = readFunction(one, background, memory, limits)
      return [read.key, read] as const
    }),
  )
  const known = (one: Doc, where: string): string => {
    const key = text(one, 'function', where)
    if (!functions.has(key)) throw new Error(`manifest.yml: ${where} names the unknown function ${key}`)
    return key
  }
  const page = readPage(modules, listOf(doc['resources']), folder)
  if (page !== undefined) known({ function: page.functionKey }, `jira:adminPage ${page.key}`)
  const permissions = docOf(doc['permissions'])
  const [content, external] = [docOf(permissions['content']), docOf(permissions['external'])]
  const fetches = docOf(external['fetch'])
  const loaded = (['fonts', 'images', 'media', 'scripts', 'styles', 'frames'] as const).map((name) => [
    name,
    addressesOf(external[name]),
  ])
  return {
    appId: text(app, 'id', 'app').split('/').at(-1) ?? '',
    licensed: docOf(app['licensing'])['enabled'] === true,
    functions,
    consumers: listOf(modules['consumer']).map((one) => ({
      key: text(one, 'key', 'a consumer'),
      queue: text(one, 'queue', 'a consumer'),
      functionKey: known(one, `consumer ${String(one['key'])}`),
    })),
    triggers: listOf(modules['scheduledTrigger']).map((one) => {
      const interval = intervals.find((name) => name === one['interval'])
      if (interval === undefined)
        throw new Error(`manifest.yml: scheduledTrigger interval is not one of ${intervals.join(', ')}`)
      const key = text(one, 'key', 'a scheduledTrigger')
      return { key, interval, functionKey: known(one, `scheduledTrigger ${key}`) }
    }),
    page,
    hasSql: listOf(modules['sql']).some((one) => one['engine'] === 'mysql'),
    scopes: addressesOf(permissions['scopes']),
    egress: addressesOf(fetches['backend']),
    content: { styles: addressesOf(content['styles']), scripts: addressesOf(content['scripts']) },
    external: { ...Object.fromEntries(loaded), client: addressesOf(fetches['client']) } as Manifest['external'],
  }
}
