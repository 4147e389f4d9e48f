// The signer of checkpoints: Ed25519, with a private key that is made on first use and kept in a vault of the host.

import type { Signer } from '@rollcall/core'
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'

/** Keeps the private key, sealed by the host: as PEM text. */
export interface KeyVault {
  read(): Promise<string | undefined>
  /** Keeps a key unless there is one already. */
  keep(pem: string): Promise<void>
}

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

/** Makes the signer; the vault is opened only when something is to be signed. */
export function createSigner(vault: KeyVault): Signer {
  let key: Promise<KeyObject> | undefined
  const load = async (): Promise<KeyObject> => {
    if ((await vault.read()) === undefined)
      await vault.keep(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
    // Read again: of two processes that made one at the same time, the first key that was kept counts for both.
    return createPrivateKey((await vault.read()) ?? '')
  }
  const own = () => (key ??= load())
  return {
    publicKey: async () => encoded(await own()),
    sign: async (text) => sign(null, Buffer.from(text), await own()).toString('base64'),
    ...ed25519,
  }
}
