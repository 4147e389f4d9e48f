import { z } from 'zod'
import { operation } from '../../operation.js'
import { confirmedShape, namedPerson } from '../../responses/confirmed-person.js'

export const confirmedPeople = operation({
  method: 'get',
  path: '/protections/people',
  role: 'viewer',
  summary: 'List the accounts that look like service accounts, and of which an admin said that they are people',
  response: z.array(namedPerson),
  async handler(_, { app }) {
    const people = await app.confirmedPeople()
    const names = await app.namesOf(people.map(({ accountId }) => accountId))
    return people.map((one) => ({ ...confirmedShape(one), name: names.get(one.accountId) ?? '' }))
  },
})
