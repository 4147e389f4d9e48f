// rollcall connect, disconnect: tests and encrypts an organization's API keys, and deletes them.

import { UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { readSettings } from '../settings.js'
import type { JsonFlag } from './output.js'
import { by, type Session } from './session.js'

interface ConnectFlags extends JsonFlag {
  readonly readKeyExpires?: string
  readonly actKeyExpires?: string
}

const inabilityInWords = (what: string, can: false | null, why: string): string =>
  `${can === null ? `Unknown whether the keys can ${what}` : `The keys cannot ${what}`}. ${why}`

const stopped =
  'The stop switch is on, so no run continues with the old keys. Turn it off with "rollcall resume" when the new connection is right.'

async function connect(
  { environment, show }: Session,
  { readKeyExpires, actKeyExpires, ...flags }: ConnectFlags,
): Promise<void> {
  const { openDatabase } = await import('../connect.js')
  const { connectOrganization } = await import('../connect-organization.js')
  const settings = readSettings(environment)
  const { organizationId, readKey, actKey } = settings
  if (organizationId === '' || readKey === '')
    throw new UsageError('Set ROLLCALL_ORG_ID and ROLLCALL_API_KEY_FILE (or ROLLCALL_API_KEY) for this one command.')
  const database = await openDatabase(settings.database)
  try {
    const request = { organizationId, readKey, actKey, readKeyExpires, actKeyExpires }
    const place = { database, settings, environment }
    const { organization, keys, halted } = await connectOrganization(request, by, place)
    show(flags, { ...organization, halted }, () =>
      [
        `Connected to ${organization.name}. The keys are stored encrypted, so later commands need no environment variables.`,
        ...keys.found.flatMap(({ can, what, why }) => (can === true ? [] : [inabilityInWords(what, can, why ?? '')])),
        ...(halted ? [stopped] : []),
      ].join('\n'),
    )
  } finally {
    await database.close()
  }
}

async function disconnect({ environment, show }: Session, flags: JsonFlag): Promise<void> {
  const { connectTo, openDatabase } = await import('../connect.js')
  const { disconnectOrganization } = await import('../connect-organization.js')
  const settings = readSettings(environment)
  const database = await openDatabase(settings.database)
  try {
    // Without the stored keys: the master key that decrypts them may be lost.
    const { app } = await connectTo(database, { ...settings, organizationId: '', readKey: '' }, false, environment)
    await disconnectOrganization(app, by, { database })
    const gone = 'Deleted the stored keys. Snapshots, runs and the audit log stay.'
    show(flags, { connected: false, halted: true }, () => `${gone} ${stopped}`)
  } finally {
    await database.close()
  }
}

/** Adds the commands. */
export function connectionCommands(program: Command, session: Session): void {
  program
    .command('connect')
    .description('Test the organization and API keys in the environment variables, then store them encrypted')
    .option('--read-key-expires <date>', 'When the read API key expires; Rollcall warns you before')
    .option('--act-key-expires <date>', 'When the API key for changes expires')
    .option('--json', 'Print JSON')
    .action((flags: ConnectFlags) => connect(session, flags))
  program
    .command('disconnect')
    .description('Turn the stop switch on and delete the stored API keys')
    .option('--json', 'Print JSON')
    .action((flags: JsonFlag) => disconnect(session, flags))
}
