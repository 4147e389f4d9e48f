// How many calls a sync takes, against the size of the organization and against the script that asks person by person.

import { openRollcall } from './support/rollcall.js'
import { atLeast, atMost, note, report } from './support/figures.js'
import { simulate, type Calls, type Connection } from './support/simulator.js'

/** Atlassian's limit on last-active-dates, calls a minute for the whole organization. */
const scriptPerMinute = 200
const atOnce = 16
const aboutOnePerson = (byPath: Calls['byPath']) =>
  Object.entries(byPath).reduce((sum, [path, count]) => sum + (/\/users\/\{/.test(path) ? count : 0), 0)
const pagesOf = (people: number) => Math.ceil(people / 100)

/** The way before users/search: the managed accounts page by page, then the last-active dates of each. */
async function askPersonByPerson({ url, organizationId, key }: Connection): Promise<number> {
  const get = async <T>(address: string) => {
    const answer = await fetch(address, { headers: { authorization: `Bearer ${key}` } })
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
    return (await answer.json()) as T
  }
  const organization = `${url}/admin/v1/orgs/${organizationId}`
  const people: string[] = []
  for (let next: string | undefined = `${organization}/users`; next !== undefined;) {
    const page: { data: { account_id: string }[]; links: { next?: string } } = await get(next)
    people.push(...page.data.map((one) => one.account_id))
    next = page.links.next
  }
  const waiting = [...people]
  const ask = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      await get(`${organization}/directory/users/${encodeURIComponent(id)}/last-active-dates`)
  }
  await Promise.all(Array.from({ length: atOnce }, ask))
  return people.length
}

async function syncOf(people: number, alsoScript: boolean) {
  const simulator = await simulate(people)
  const rollcall = await openRollcall(simulator.connection)
  try {
    note(`calls: synchronizing ${people} people`)
    await simulator.forgetCalls()
    const { accounts, complete } = await rollcall.app.sync('benchmark')
    if (accounts !== people || !complete) throw new Error(`${accounts} of ${people} people were listed.`)
    const { total, byPath } = await simulator.calls()
    const asked = { people, calls: total, perPerson: aboutOnePerson(byPath) }
    if (!alsoScript) return { ...asked, script: undefined }
    note(`calls: asking for ${people} people one by one`)
    await simulator.forgetCalls()
    const reached = await askPersonByPerson(simulator.connection)
    const script = await simulator.calls()
    if (aboutOnePerson(script.byPath) !== reached) throw new Error('The calls about one person are not recognized.')
    return { ...asked, script: { people: reached, calls: script.total } }
  } finally {
    await rollcall.close()
    simulator.close()
  }
}

const small = await syncOf(1000, false)
const large = await syncOf(13_500, true)
const script = large.script ?? { people: 0, calls: 0 }
const minutes = (calls: number) => Math.round((calls / scriptPerMinute) * 10) / 10
report(
  [
    ...[small, large].flatMap(({ people, calls, perPerson }) => [
      atMost(`calls of a sync of ${people} people`, calls, Math.ceil(pagesOf(people) * 1.02) + 30),
      atMost(`calls of that sync that are about one person`, perPerson, 0),
    ]),
    atLeast(`calls of the script for each call of a sync, ${large.people} people`, script.calls / large.calls, 100),
  ],
  {
    script,
    mostThatPagesOfHundredAllow: (script.people + pagesOf(script.people)) / pagesOf(large.people),
    computed: {
      what: `minutes at ${scriptPerMinute} calls a minute, computed from the calls`,
      script: minutes(script.calls),
      sync: minutes(large.calls),
    },
  },
)
