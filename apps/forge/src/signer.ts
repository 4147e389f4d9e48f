// The signer's key: in the platform's secret store. A signer remembers its key, and so serves one invocation only.

import type { Signer } from '@rollcall/core'
import { createSigner } from '@rollcall/node'
import { secrets } from './values.js'

const name = 'checkpoint-key'

/** Makes the signer of the installation that this invocation serves. */
export const signerOfInvocation = (): Signer =>
  createSigner({
    read: () => secrets.get(name),
    async keep(pem) {
      if ((await secrets.get(name)) === undefined) await secrets.set(name, pem)
    },
  })
