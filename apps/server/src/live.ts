// A running server's connection: which organization, by whose keys. Entered on the page, keys are tried before they are
// kept, encrypted, and the app is made anew over them. Where the environment says which, the page cannot.

import { UsageError, type App } from '@rollcall/core'
import { connectTo, type OpenDatabase } from './connect.js'
import { connectOrganization, disconnectOrganization } from './connecting.js'
import { readRemembered, sealedConnection, withRemembered } from './credentials.js'
import { readSettings } from './settings.js'

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
  /** Opens the app anew where the command line has connected or disconnected meanwhile. */
  renew(): Promise<void>
}

type Environment = Readonly<Record<string, string | undefined>>
const endOf = (text: string): string => text.slice(-4)

/** Opens the app over a database, connected as the environment or the page has said. */
export async function openLive(database: OpenDatabase, environment: Environment, demo: boolean): Promise<Live> {
  const settings = readSettings(environment)
  const fixed = settings.organizationId !== '' && settings.readKey !== ''
  const place = { database, settings, environment, demo }
  const open = async () => {
    const as = await withRemembered(settings, database.store, environment)
    return connectTo(database, as, demo, environment)
  }
  let seen = await sealedConnection(database.store)
  let current = await open()

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
  async function renew(): Promise<void> {
    const sealed = await sealedConnection(database.store)
    if (fixed || sealed === seen) return
    current = await open()
    seen = sealed
  }
  return {
    get app() {
      return current.app
    },
    connection,
    renew,
    async connect(asked, by) {
      mayDecide()
      current = (await connectOrganization(asked, by, place)).opened
      seen = await sealedConnection(database.store)
      return connection()
    },
    async disconnect(by) {
      mayDecide()
      await disconnectOrganization(current.app, by, place)
      await renew()
      return null
    },
  }
}
