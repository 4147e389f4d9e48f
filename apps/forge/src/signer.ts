// The signer's key is in the platform's secret store. A signer caches its key, so each invocation makes its own.

import type { Signer } from '@rollcall/core'
import { createSigner } from '@rollcall/node'
import { secrets } from './values.js'

const name = 'checkpoint-key'

/** Makes the signer of the current installation. */
export const signerOfInvocation = (): Signer =>
  createSigner({
    read: () => secrets.get(name),
    async keep(pem) {
      if ((await secrets.get(name)) === undefined) await secrets.set(name, pem)
    },
  })
