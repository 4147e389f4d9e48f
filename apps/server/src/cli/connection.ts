// rollcall connect, disconnect: an organization and its keys, tried and then stored under the master key.

import { forgetKeys, keyExpirySchema, UsageError } from '@rollcall/core'
import type { Command } from 'commander'
import { connectTo, openDatabase } from '../connect.js'
import { forget, remember } from '../credentials.js'
import { readSettings } from '../settings.js'
import { show, type JsonFlag } from './output.js'
import { by } from './session.js'

interface ConnectFlags extends JsonFlag {
  readonly readKeyExpires?: string
  readonly actKeyExpires?: string
}

const withoutIt = (what: string, can: false | null, why: string): string =>
  `${can === null ? `It is not known whether they can ${what}` : `They cannot ${what}`}. ${why}`

async function connectOrganization({ readKeyExpires, actKeyExpires, ...flags }: ConnectFlags): Promise<void> {
  const settings = readSettings(process.env)
  if (settings.organizationId === '' || settings.readKey === '')
    throw new UsageError('Set ROLLCALL_ORG_ID and ROLLCALL_API_KEY_FILE (or ROLLCALL_API_KEY) for this one command.')
  const database = await openDatabase(settings.database)
  try {
    const { app, directory } = await connectTo(database, settings)
    const organization = await directory.organization()
    const expiry = keyExpirySchema.safeParse({ read: readKeyExpires, act: actKeyExpires })
    if (!expiry.success) throw new UsageError('Give dates such as 2027-01-31 on which the keys end.')
    await remember({ ...settings, connectedBy: by, connectedAt: Date.now() }, database.store, process.env)
    const { found } = await app.takeKeys({ read: null, act: null, ...expiry.data }, by)
    show(flags, organization, () =>
      [
        `Connected to ${organization.name}. The keys are stored encrypted; later commands need no environment.`,
        ...found.flatMap(({ can, what, why }) => (can === true ? [] : [withoutIt(what, can, why ?? '')])),
      ].join('\n'),
    )
  } finally {
    await database.close()
  }
}

async function disconnectOrganization(flags: JsonFlag): Promise<void> {
  const { database: file } = readSettings(process.env)
  const database = await openDatabase(file)
  try {
    await forget(database.store)
    await forgetKeys(database)
    show(flags, { connected: false }, () => 'The stored keys are gone. Snapshots, runs and the audit log stay.')
  } finally {
    await database.close()
  }
}

/** Adds the commands. */
export function connectionCommands(program: Command): void {
  program
    .command('connect')
    .description('try the organization and keys of the environment, then store them encrypted')
    .option('--read-key-expires <date>', 'when the key for reading ends, to be warned before')
    .option('--act-key-expires <date>', 'when the key for changes ends')
    .option('--json')
    .action(connectOrganization)
  program.command('disconnect').description('forget the stored keys').option('--json').action(disconnectOrganization)
}
