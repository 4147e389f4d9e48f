// One installation in a folder: database, watermark and master key. Its only settings are the folder and the address of
// the simulator; organization and API keys come from the database.

import { join } from 'node:path'
import { connectTo, openDatabase } from '@rollcall/server/connect'
import { withStoredConnection } from '@rollcall/server/stored-connection'
import { createHttpApp } from '@rollcall/server/http'
import { readSettings } from '@rollcall/server/settings'
import { command, type Ended } from '../stories/command.js'

export interface Place {
  readonly folder: string
  readonly atlassianUrl: string
}

/** The files of an installation, by name. */
export const files = { database: 'rollcall.db', watermark: 'rollcall.db.watermark', masterKey: 'master.key' }

const environmentOf = ({ folder, atlassianUrl }: Place) => ({
  ROLLCALL_DATABASE: join(folder, files.database),
  ROLLCALL_ATLASSIAN_URL: atlassianUrl,
  ROLLCALL_MASTER_KEY_FILE: join(folder, files.masterKey),
})

/** Runs a command on it, with the stored organization and keys. */
export function rollcall(place: Place, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const settings = {
    database: join(place.folder, files.database),
    atlassianUrl: place.atlassianUrl,
    organizationId: '',
    readKey: '',
    actKey: undefined,
  }
  const stored = { ROLLCALL_ORG_ID: undefined, ROLLCALL_API_KEY: undefined, ...env }
  return command({ settings }, words, { env: stored })
}

/** The JSON document that a command prints. */
export const documentOf = ({ stdout, stderr }: Ended): unknown => {
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

/** Opens its app and its HTTP interface, and sets the clock from Atlassian's. */
export async function openInstallation(place: Place) {
  const environment = environmentOf(place)
  const settings = readSettings(environment)
  const database = await openDatabase(settings.database)
  const connected = await withStoredConnection(settings, database.store, environment)
  const { app, directory, store, close } = await connectTo(database, connected, false, environment)
  await directory.organization()
  const http = createHttpApp({ app, port: () => 3000, pages: '.', wake: () => undefined })
  async function request(method: string, path: string, body?: unknown): Promise<unknown> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const headers = { host: '127.0.0.1:3000', 'content-type': 'application/json' }
    const response = await http.request(`http://127.0.0.1:3000/api${path}`, { method, headers, ...sent })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} ended with ${response.status}: ${text}`)
    return JSON.parse(text)
  }
  return { app, store, connected, request, close }
}
export type Installation = Awaited<ReturnType<typeof openInstallation>>
