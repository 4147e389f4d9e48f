// The signer of checkpoints: Ed25519, with a private key that is made on first use and kept sealed in the database.

import type { Signer, Store } from '@rollcall/core'
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { secretsOf } from './credentials.js'

const name = 'checkpointKey'
const spki = { format: 'der', type: 'spki' } as const

const encoded = (key: KeyObject): string => createPublicKey(key).export(spki).toString('base64')

/** Verifies signatures; whoever has an export needs no key of their own for it. */
export const ed25519: Pick<Signer, 'verify'> = {
  async verify(publicKey, text, signature) {
    try {
      const from = createPublicKey({ key: Buffer.from(publicKey, 'base64'), ...spki })
      return verify(null, Buffer.from(text), from, Buffer.from(signature, 'base64'))
    } catch {
      return false
    }
  },
}

/** Makes the signer; the master key is asked for only when something is to be signed. */
export function createSigner(
  store: Pick<Store, 'setting' | 'insertSetting'>,
  environment: Readonly<Record<string, string | undefined>>,
): Signer {
  let key: Promise<KeyObject> | undefined
  const load = async (): Promise<KeyObject> => {
    const secrets = secretsOf(environment)
    if ((await store.setting(name)) === undefined) {
      const made = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
      await store.insertSetting(name, secrets.seal(name, made))
    }
    // Read again: of two processes that made one at the same time, the first key that was stored counts for both.
    return createPrivateKey(secrets.open(name, (await store.setting(name)) ?? ''))
  }
  const own = () => (key ??= load())
  return {
    publicKey: async () => encoded(await own()),
    sign: async (text) => sign(null, Buffer.from(text), await own()).toString('base64'),
    ...ed25519,
  }
}
