// The signer's key: in the platform's secret store.

import { kvs } from '@forge/kvs'
import { createSigner } from '@rollcall/node'

const name = 'checkpoint-key'

export const signer = createSigner({
  read: () => kvs.getSecret<string>(name),
  async keep(pem) {
    if ((await kvs.getSecret<string>(name)) === undefined) await kvs.setSecret(name, pem)
  },
})
