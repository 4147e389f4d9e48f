// Encrypts secrets at rest with AES-256-GCM. The master key is never in the database.

import { UsageError } from '@rollcall/core'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileBounds, readBoundedFile } from './bounded-input.js'
import { valueOf, type Environment } from './environment-variables.js'

const keyLength = 32
const ivLength = 12
const version = 'v1'

/** Encrypts texts for one purpose each: a text encrypted for one cannot be decrypted for another. */
export interface Secrets {
  encrypt(purpose: string, text: string): string
  /** Throws a `UsageError` for another master key or an altered text. */
  decrypt(purpose: string, encrypted: string): string
}

function decoded(text: string, from: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64')
  if (key.length === keyLength) return key
  throw new UsageError(`${from} must contain 32 random bytes, as 64 hex digits or in Base64 ("openssl rand -hex 32").`)
}

function existing(file: string): Buffer {
  const read = readBoundedFile(file, fileBounds.key)
  if ('text' in read) return decoded(read.text, file)
  throw new UsageError(
    `The master key ${file} ${read.problem}. Give the user that runs Rollcall permission to read it.`,
  )
}

function made(file: string): Buffer {
  const key = randomBytes(keyLength)
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
    return key
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return existing(file)
    throw new UsageError(`The master key cannot be written to ${file}. Name another file in ROLLCALL_MASTER_KEY_FILE.`)
  }
}

/** Reads the master key from the environment or its file. Creates a missing file, readable by its owner only. */
export function masterKey(environment: Environment): Buffer {
  const given = valueOf(environment, 'ROLLCALL_MASTER_KEY')
  if (given !== undefined) return decoded(given, 'ROLLCALL_MASTER_KEY')
  const file = valueOf(environment, 'ROLLCALL_MASTER_KEY_FILE') ?? '.rollcall/master.key'
  return existsSync(file) ? existing(file) : made(file)
}

/** Makes Secrets from a master key of 32 bytes. */
export function createSecrets(key: Buffer): Secrets {
  return {
    encrypt(purpose, text) {
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [version, ...[iv, cipher.getAuthTag(), body].map((part) => part.toString('base64'))].join('.')
    },
    decrypt(purpose, encrypted) {
      const [found, ...parts] = encrypted.split('.')
      const [iv, tag, body] = parts.map((part) => Buffer.from(part, 'base64'))
      try {
        if (found !== version || iv === undefined || tag?.length !== 16 || body === undefined) throw new Error('form')
        const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose)).setAuthTag(tag)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch {
        throw new UsageError(
          `The stored ${purpose} cannot be decrypted: the master key is another one, or the database was altered. Bring the old key back, or run "rollcall connect" again.`,
        )
      }
    },
  }
}
