// rollcall connect, disconnect: an organization and its keys, tried and then stored under the master key.

import { UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { readSettings } from '../settings.js'
import type { JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface ConnectFlags extends JsonFlag {
  readonly readKeyExpires?: string
  readonly actKeyExpires?: string
}

const withoutIt = (what: string, can: false | null, why: string): string =>
  `${can === null ? `It is not known whether they can ${what}` : `They cannot ${what}`}. ${why}`

const halting =
  'The stop switch is on, so that nothing goes on with the keys from before; "rollcall resume" when all is as it should be.'

async function connect(
  { environment, show }: Session,
  { readKeyExpires, actKeyExpires, ...flags }: ConnectFlags,
): Promise<void> {
  const { openDatabase } = await import('../connect.js')
  const { connectOrganization } = await import('../connecting.js')
  const settings = readSettings(environment)
  const { organizationId, readKey, actKey } = settings
  if (organizationId === '' || readKey === '')
    throw new UsageError('Set ROLLCALL_ORG_ID and ROLLCALL_API_KEY_FILE (or ROLLCALL_API_KEY) for this one command.')
  const database = await openDatabase(settings.database)
  try {
    const asked = { organizationId, readKey, actKey, readKeyExpires, actKeyExpires }
    const place = { database, settings, environment }
    const { organization, keys, halted } = await connectOrganization(asked, by, place)
    show(flags, { ...organization, halted }, () =>
      [
        `Connected to ${organization.name}. The keys are stored encrypted; later commands need no environment.`,
        ...keys.found.flatMap(({ can, what, why }) => (can === true ? [] : [withoutIt(what, can, why ?? '')])),
        ...(halted ? [halting] : []),
      ].join('\n'),
    )
  } finally {
    await database.close()
  }
}

async function disconnect({ environment, show }: Session, flags: JsonFlag): Promise<void> {
  const { connectTo, openDatabase } = await import('../connect.js')
  const { disconnectOrganization } = await import('../connecting.js')
  const settings = readSettings(environment)
  const database = await openDatabase(settings.database)
  try {
    // Without its keys, which may be sealed under a master key that is lost.
    const { app } = await connectTo(database, { ...settings, organizationId: '', readKey: '' }, false, environment)
    await disconnectOrganization(app, by, { database })
    const gone = 'The stored keys are gone. Snapshots, runs and the audit log stay.'
    show(flags, { connected: false, halted: true }, () => `${gone} ${halting}`)
  } finally {
    await database.close()
  }
}

/** Adds the commands. */
export function connectionCommands(program: Command, session: Session): void {
  program
    .command('connect')
    .description('try the organization and keys of the environment, then store them encrypted')
    .option('--read-key-expires <date>', 'when the key for reading ends, to be warned before')
    .option('--act-key-expires <date>', 'when the key for changes ends')
    .option('--json')
    .action((flags: ConnectFlags) => connect(session, flags))
  program
    .command('disconnect')
    .description('turn the stop switch on, and forget the stored keys')
    .option('--json')
    .action((flags: JsonFlag) => disconnect(session, flags))
}
