// What a version says about the data of an installation: the JSON documents of its command line and its HTTP interface, by
// the names that contract.md fixes. `make-fixture.ts` keeps them as facts.json; the test asks for the same ones again.

import { documentOf, rollcall, type Installation, type Place } from './installation.js'

type Said = Readonly<Record<string, unknown>>

/** Commands that only read the database. */
const commands = [
  'runs',
  'plans',
  'policy list',
  'protect list',
  'limits',
  'rest-days',
  'licenses',
  'accounts --limit 50',
  'accounts --inactive-for 60d --limit 10',
  'audit retention',
  'audit checkpoints',
]

/** Reads of the HTTP interface, by Atlassian's clock: some of them depend on the time of day. */
const paths = ['/vetoes', '/keys', '/filters', '/limits/list', '/licenses/history', '/policies/cards', '/overview']

/** What the command line says. */
export async function saidByCommands(place: Place): Promise<Said> {
  const said: [string, unknown][] = []
  // Two at a time: each is a process of its own.
  const readOne = async (words: string) =>
    said.push([words, documentOf(await rollcall(place, [...words.split(' '), '--json']))])
  const half = Math.ceil(commands.length / 2)
  const readAll = async (some: readonly string[]) => {
    for (const words of some) await readOne(words)
  }
  await Promise.all([readAll(commands.slice(0, half)), readAll(commands.slice(half))])
  return Object.fromEntries(said.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** What the HTTP interface says: also every plan with its refusals, and every run with its results. */
export async function saidByHttp(
  { request }: Pick<Installation, 'request'>,
  plans: readonly string[],
  runs: readonly string[],
): Promise<Said> {
  const ofPlans = plans.map((planId) => `/plans/${planId}`)
  const ofRuns = runs.flatMap((runId) => [`/runs/${runId}`, `/runs/${runId}/results`])
  const said: [string, unknown][] = []
  for (const path of [...paths, ...ofPlans, ...ofRuns]) said.push([path, await request('GET', path)])
  return Object.fromEntries(said)
}

/** Keys that hold a sentence for people: a version may say it in other words. Codes, figures and stored texts stay. */
const sentences = new Set(['message', 'what', 'why', 'warning', 'description', 'stopReason', 'says', 'without'])

/** The same document without the sentences that a version makes when it is asked. */
export function withoutSentences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSentences)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => !sentences.has(key))
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      // Whose protection it is, in words; that there is one is what counts.
      key === 'protected' && inner !== null ? {} : withoutSentences(inner),
    ]),
  )
}
