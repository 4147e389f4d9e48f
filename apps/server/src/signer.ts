// The signer's key of a server: sealed in the database under the master key.

import type { Signer, Store } from '@rollcall/core'
import { createSigner as signerOf } from '@rollcall/node'
import { secretsOf } from './credentials.js'

const name = 'checkpointKey'

/** Makes the signer; the master key is asked for only when something is to be signed. */
export function createSigner(
  store: Pick<Store, 'setting' | 'insertSetting'>,
  environment: Readonly<Record<string, string | undefined>>,
): Signer {
  return signerOf({
    async read() {
      const sealed = await store.setting(name)
      return sealed === undefined ? undefined : secretsOf(environment).open(name, sealed)
    },
    keep: (pem) => store.insertSetting(name, secretsOf(environment).seal(name, pem)),
  })
}
