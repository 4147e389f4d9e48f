// Settings from the environment, as the README lists them.

import { UsageError } from '@rollcall/core'
import { readFileSync } from 'node:fs'

export interface Settings {
  readonly database: string
  readonly atlassianUrl: string
  readonly organizationId: string
  readonly readKey: string
  readonly actKey: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

function secret(environment: Environment, name: string): string | undefined {
  const file = environment[`${name}_FILE`]
  if (environment[name] !== undefined || file === undefined) return environment[name]
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new UsageError(`${name}_FILE names ${file}, which cannot be read.`)
  }
}

/** Reads the settings; the organization and its key may be missing for commands that only look at the database. */
export function readSettings(environment: Environment): Settings {
  const database = environment['ROLLCALL_DATABASE'] ?? '.rollcall/rollcall.db'
  if (database.startsWith('postgres'))
    throw new UsageError('PostgreSQL is not supported yet. Give a SQLite file in ROLLCALL_DATABASE.')
  return {
    database,
    atlassianUrl: (environment['ROLLCALL_ATLASSIAN_URL'] ?? 'https://api.atlassian.com').replace(/\/+$/, ''),
    organizationId: environment['ROLLCALL_ORG_ID'] ?? '',
    readKey: secret(environment, 'ROLLCALL_API_KEY') ?? '',
    actKey: secret(environment, 'ROLLCALL_ACT_KEY'),
  }
}
