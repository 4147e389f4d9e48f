// What a version reports about an installation: the JSON documents of its command line and its HTTP interface.
// `make-fixture.ts` stores them as facts.json, and the test requests the same ones again.

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

/** The output of the command line. */
export async function saidByCommands(place: Place): Promise<Said> {
  const said: [string, unknown][] = []
  // Two at a time, because each is its own process.
  const readOne = async (words: string) =>
    said.push([words, documentOf(await rollcall(place, [...words.split(' '), '--json']))])
  const half = Math.ceil(commands.length / 2)
  const readAll = async (some: readonly string[]) => {
    for (const words of some) await readOne(words)
  }
  await Promise.all([readAll(commands.slice(0, half)), readAll(commands.slice(half))])
  return Object.fromEntries(said.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The responses of the HTTP interface, with every plan and its refusals, and every run and its results. */
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

/** Keys whose value is a sentence; a version may change its words. Codes, figures and stored texts must stay. */
const sentences = new Set(['message', 'what', 'why', 'warning', 'description', 'stopReason', 'says', 'without'])

/** The same document without the sentences that a version generates. */
export function withoutSentences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSentences)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => !sentences.has(key))
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      // Describes the protection in words; only its existence counts.
      key === 'protected' && inner !== null ? {} : withoutSentences(inner),
    ]),
  )
}
