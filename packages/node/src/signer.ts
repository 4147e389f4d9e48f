// Signs checkpoints with Ed25519. The private key is created on first use and stored in the host's vault.

import type { Signer } from '@rollcall/core'
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'

/** Stores the private key as PEM text, which the host encrypts. */
export interface KeyVault {
  read(): Promise<string | undefined>
  /** Stores a key unless there is one. */
  keep(pem: string): Promise<void>
}

const spki = { format: 'der', type: 'spki' } as const

const encoded = (key: KeyObject): string => createPublicKey(key).export(spki).toString('base64')

/** Verifies signatures. It needs only the public key, which each checkpoint contains. */
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

/** Makes a signer. It reads the vault only when it signs something. */
export function createSigner(vault: KeyVault): Signer {
  let key: Promise<KeyObject> | undefined
  const load = async (): Promise<KeyObject> => {
    if ((await vault.read()) === undefined)
      await vault.keep(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
    // Read again: when two processes create a key at the same time, both use the one stored first.
    return createPrivateKey((await vault.read()) ?? '')
  }
  const own = () => (key ??= load())
  return {
    publicKey: async () => encoded(await own()),
    sign: async (text) => sign(null, Buffer.from(text), await own()).toString('base64'),
    ...ed25519,
  }
}
