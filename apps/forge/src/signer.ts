// The signer's key: in the platform's secret store.

import { createSigner } from '@rollcall/node'
import { secrets } from './values.js'

const name = 'checkpoint-key'

export const signer = createSigner({
  read: () => secrets.get(name),
  async keep(pem) {
    if ((await secrets.get(name)) === undefined) await secrets.set(name, pem)
  },
})
