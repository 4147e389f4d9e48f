import { z } from 'zod'
import { operation } from '../../operation.js'
import { veto, vetoShape } from '../../responses/veto.js'

export const vetoes = operation({
  method: 'get',
  path: '/vetoes',
  role: 'viewer',
  summary: 'List the accounts that are exempt since a person restored their access',
  response: z.array(veto),
  async handler(_, { app }) {
    const inForce = await app.vetoes()
    const names = await app.namesOf(inForce.map(({ accountId }) => accountId))
    return inForce.map((one) => ({ ...vetoShape(one), name: names.get(one.accountId) ?? '' }))
  },
})
