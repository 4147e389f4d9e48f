// Reads the settings from environment variables; docs/cli.md lists them.

import { parseAccountId, UsageError, type AccountId } from '@rollcall/core'
import { isAbsolute, join } from 'node:path'
import { fileBounds, readBoundedFile } from './bounded-input.js'
import { valueOf, type Environment } from './environment-variables.js'

export interface Settings {
  readonly database: string
  /** The file with the position of the newest audit entry; next to the database by default. */
  readonly watermark?: string | undefined
  readonly atlassianUrl: string
  readonly organizationId: string
  readonly readKey: string
  readonly actKey: string | undefined
  /** The Atlassian account of the requester. Rollcall never changes it. */
  readonly requester?: AccountId | undefined
  /** How long to wait for a response from Atlassian, in milliseconds. */
  readonly requestTimeout?: number | undefined
}

/** A key is sent in a header, so anything except visible ASCII is a copy error. The message never shows the key. */
function checkedKey(text: string, name: string): string {
  if (/^[\x21-\x7e]*$/.test(text)) return text
  throw new UsageError(`${name} contains characters that no API key has. Copy the key again, as one line.`)
}

function secret(environment: Environment, name: string): string | undefined {
  const given = valueOf(environment, name)
  if (given !== undefined) return checkedKey(given, name)
  const file = valueOf(environment, `${name}_FILE`)
  if (file === undefined) return undefined
  const read = readBoundedFile(file, fileBounds.key)
  if ('text' in read) return checkedKey(read.text.trim(), `${name}_FILE`)
  throw new UsageError(`${name}_FILE is ${file}, which ${read.problem}. Check the path and its permissions.`)
}

function baseUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '')
  throw new UsageError(
    `ROLLCALL_ATLASSIAN_URL is "${text}", which is not an address such as https://api.atlassian.com.`,
  )
}

function requesterOf(text: string | undefined): AccountId | undefined {
  const id = text === undefined ? undefined : parseAccountId(text.trim())
  if (text === undefined || id !== undefined) return id
  throw new UsageError(`ROLLCALL_REQUESTER is "${text}", which is not an account id.`)
}

/** Milliseconds until Rollcall gives up a request. */
function timeoutOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^[1-9]\d{1,5}$/.test(text)) return Number(text)
  throw new UsageError(`ROLLCALL_REQUEST_TIMEOUT is "${text}"; give milliseconds from 10 to 999999.`)
}

/** The path of a file, relative to a directory. */
export const located = (folder: string, file: string): string => (isAbsolute(file) ? file : join(folder, file))

/** The variables that name files, with their defaults. */
const files = {
  ROLLCALL_DATABASE: '.rollcall/rollcall.db',
  ROLLCALL_MASTER_KEY_FILE: '.rollcall/master.key',
  ROLLCALL_WATERMARK_FILE: undefined,
  ROLLCALL_CHECKPOINT_FILE: undefined,
  ROLLCALL_API_KEY_FILE: undefined,
  ROLLCALL_ACT_KEY_FILE: undefined,
} as const

/** Resolves the files in the environment against the working directory. */
export function locateFiles(environment: Environment, folder: string): Environment {
  const names = Object.entries(files).flatMap(([name, standard]) => {
    const given = valueOf(environment, name) ?? standard ?? ''
    return given === '' || given.startsWith('postgres') ? [] : [[name, located(folder, given)] as const]
  })
  return { ...environment, ...Object.fromEntries(names) }
}

/** Reads the settings. Organization and key are empty when the environment does not set them. */
export function readSettings(environment: Environment): Settings {
  const database = valueOf(environment, 'ROLLCALL_DATABASE') ?? files.ROLLCALL_DATABASE
  if (database.startsWith('postgres'))
    throw new UsageError('PostgreSQL is not supported yet. Give a SQLite file in ROLLCALL_DATABASE.')
  return {
    database,
    watermark: valueOf(environment, 'ROLLCALL_WATERMARK_FILE'),
    atlassianUrl: baseUrl(valueOf(environment, 'ROLLCALL_ATLASSIAN_URL') ?? 'https://api.atlassian.com'),
    organizationId: valueOf(environment, 'ROLLCALL_ORG_ID') ?? '',
    readKey: secret(environment, 'ROLLCALL_API_KEY') ?? '',
    actKey: secret(environment, 'ROLLCALL_ACT_KEY'),
    requester: requesterOf(valueOf(environment, 'ROLLCALL_REQUESTER')),
    requestTimeout: timeoutOf(valueOf(environment, 'ROLLCALL_REQUEST_TIMEOUT')),
  }
}

/** Where the server listens. */
export function readAddress(environment: Environment): { readonly host: string; readonly port: number } {
  const text = valueOf(environment, 'ROLLCALL_PORT') ?? '3000'
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`ROLLCALL_PORT is "${text}"; give a number from 0 to 65535.`)
  return { host: valueOf(environment, 'ROLLCALL_HOST') ?? '127.0.0.1', port }
}
