// A running server's connection: which organization, by whose keys. Entered on the page, keys are tried before they are
// kept, encrypted, and the app is made anew over them. Where the environment says which, the page cannot.

import { readConnectionWanted, tryActKey } from '@rollcall/api'
import { DirectoryError, UsageError, type App } from '@rollcall/core'
import { system } from '@rollcall/node'
import { connectTo, type OpenDatabase } from './connect.js'
import { forget, readRemembered, remember, withRemembered } from './credentials.js'
import { readSettings, type Settings } from './settings.js'

/** What the page is told: of the keys no more than their ends. */
export type ConnectionShown =
  | { readonly elsewhere: true }
  | {
      readonly organizationId: string
      /** Null where nobody noted it. */
      readonly connectedBy: string | null
      readonly connectedAt: number | null
      readonly readKeyEnd: string
      readonly actKeyEnd: string | null
    }

/** The app of a server that may be connected while it runs. */
export interface Live {
  readonly app: App
  connection(): Promise<ConnectionShown | null>
  connect(asked: unknown, by: string): Promise<ConnectionShown | null>
  /** What runs stops first: the switch is turned on, and somebody has to resume after connecting again. */
  disconnect(by: string): Promise<null>
}

type Environment = Readonly<Record<string, string | undefined>>
const endOf = (text: string): string => text.slice(-4)

/** Opens the app over a database, connected as the environment or the page has said. */
export async function openLive(database: OpenDatabase, environment: Environment, demo: boolean): Promise<Live> {
  const settings = readSettings(environment)
  const fixed = settings.organizationId !== '' && settings.readKey !== ''
  const open = async (as: Settings) => connectTo(database, as, demo, environment)
  let current = await open(await withRemembered(settings, database.store, environment))

  async function connection(): Promise<ConnectionShown | null> {
    if (fixed) return { elsewhere: true }
    const kept = await readRemembered(database.store, environment)
    if (kept === undefined) return null
    const { organizationId, readKey, connectedBy = null, connectedAt = null } = kept
    const actKey = settings.actKey ?? kept.actKey
    const ends = { readKeyEnd: endOf(readKey), actKeyEnd: actKey === undefined ? null : endOf(actKey) }
    return { organizationId, connectedBy, connectedAt, ...ends }
  }
  function mayDecide(): void {
    if (fixed) throw new UsageError('The environment of the server says which organization this is. Change it there.')
  }
  return {
    get app() {
      return current.app
    },
    connection,
    async connect(asked, by) {
      mayDecide()
      const before = await readRemembered(database.store, environment)
      const { organizationId, keys, enteredActKey, expiry } = readConnectionWanted(asked, before)
      const as = (readKey: string, actKey: string | undefined) =>
        open({ ...settings, organizationId, readKey, actKey: settings.actKey ?? actKey })
      const opened = await as(keys.readKey, keys.actKey)
      const { id } = await opened.directory.organization()
      if (id !== organizationId)
        throw new DirectoryError('forbidden', 'The key is one of another organization. Copy the id that it came with.')
      if (enteredActKey !== undefined) await tryActKey((await as(enteredActKey, undefined)).directory)
      if (before !== undefined && before.organizationId !== organizationId) await current.app.stop(by)
      const kept = { organizationId, ...keys, connectedBy: by, connectedAt: system.now() }
      await remember(kept, database.store, environment)
      current = opened
      await opened.app.takeKeys(expiry, by)
      return connection()
    },
    async disconnect(by) {
      mayDecide()
      await current.app.stop(by)
      await forget(database.store)
      await current.app.forgetKeys()
      current = await open(settings)
      return null
    },
  }
}
