import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createSecrets, masterKey } from '../src/secrets.js'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a sealed text', () => {
  const secrets = createSecrets(Buffer.alloc(32, 7))
  it('opens again, and looks different each time it is sealed', () => {
    const [one, other] = [secrets.seal('connection', 'ATCTT-ünïcode'), secrets.seal('connection', 'ATCTT-ünïcode')]
    expect(secrets.open('connection', one)).toBe('ATCTT-ünïcode')
    expect(one).not.toBe(other)
    expect(one).not.toContain('ATCTT')
  })
  it('does not open for another purpose, under another key, or when one character was altered', () => {
    const sealed = secrets.seal('connection', 'secret')
    const altered = sealed.slice(0, -2) + (sealed.at(-2) === 'A' ? 'B' : 'A') + sealed.slice(-1)
    expect(() => secrets.open('mail', sealed)).toThrow('cannot be decrypted')
    expect(() => createSecrets(Buffer.alloc(32, 8)).open('connection', sealed)).toThrow('cannot be decrypted')
    expect(() => secrets.open('connection', altered)).toThrow('cannot be decrypted')
    expect(() => secrets.open('connection', 'plain text')).toThrow('cannot be decrypted')
  })
})

describe('the master key', () => {
  it('is made once, readable by its owner only, and read again afterwards', () => {
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
