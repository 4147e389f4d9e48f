import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createSecrets, masterKey } from '../src/secrets.js'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('an encrypted text', () => {
  const secrets = createSecrets(Buffer.alloc(32, 7))
  it('can be decrypted, and differs each time', () => {
    const [one, other] = [
      secrets.encrypt('connection', 'ATCTT-ünïcode'),
      secrets.encrypt('connection', 'ATCTT-ünïcode'),
    ]
    expect(secrets.decrypt('connection', one)).toBe('ATCTT-ünïcode')
    expect(one).not.toBe(other)
    expect(one).not.toContain('ATCTT')
  })
  it('cannot be decrypted for another purpose, with another key, or after an alteration', () => {
    const encrypted = secrets.encrypt('connection', 'secret')
    const altered = encrypted.slice(0, -2) + (encrypted.at(-2) === 'A' ? 'B' : 'A') + encrypted.slice(-1)
    expect(() => secrets.decrypt('mail', encrypted)).toThrow('cannot be decrypted')
    expect(() => createSecrets(Buffer.alloc(32, 8)).decrypt('connection', encrypted)).toThrow('cannot be decrypted')
    expect(() => secrets.decrypt('connection', altered)).toThrow('cannot be decrypted')
    expect(() => secrets.decrypt('connection', 'plain text')).toThrow('cannot be decrypted')
  })
})

describe('the master key', () => {
  it('is created once, readable only by its owner, and read from then on', () => {
    const file = join(folder, 'new', 'master.key')
    const made = masterKey({ ROLLCALL_MASTER_KEY_FILE: file })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8').trim()).toBe(made.toString('hex'))
    expect(masterKey({ ROLLCALL_MASTER_KEY_FILE: file })).toEqual(made)
  })
  it('comes from the environment in hexadecimal or Base64, and is refused at any other length', () => {
    const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index))
    expect(masterKey({ ROLLCALL_MASTER_KEY: key.toString('hex') })).toEqual(key)
    expect(masterKey({ ROLLCALL_MASTER_KEY: key.toString('base64') })).toEqual(key)
    expect(() => masterKey({ ROLLCALL_MASTER_KEY: 'short' })).toThrow('32 random bytes')
  })
})
