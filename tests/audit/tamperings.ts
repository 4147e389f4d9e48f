// Ways to tamper with a log, each with the index at which a verifier has to find it.

import { chain, type AuditEntry, type RecordedFact } from '@rollcall/core'
import { createHash } from 'node:crypto'
import type { Random } from '../simulation/random.js'
import type { Log } from './logs.js'

interface Tampered {
  readonly entries: readonly AuditEntry[]
  readonly checkpoints: Log['checkpoints']
  /** The index that a verifier has to report. */
  readonly index: number
}
type Tampering = (log: Log, random: Random) => Tampered | Promise<Tampered>

const system = { digest: (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex')) }
const first = ({ entries }: Log) => entries[0]?.index ?? 1
const anywhere = ({ entries }: Log, random: Random, but = 0) =>
  random.chance(0.1) ? random.pick([0, entries.length - 1 - but]) : random.between(0, entries.length - but)
const at = ({ entries }: Log, position: number): AuditEntry => entries[position] as AuditEntry
const replaced = (log: Log, position: number, entry: AuditEntry): Tampered => ({
  entries: log.entries.with(position, entry),
  checkpoints: log.checkpoints,
  index: first(log) + position,
})
const flipped = (text: string, random: Random): string => {
  const place = random.between(0, text.length)
  return text.slice(0, place) + (text[place] === 'a' ? 'b' : 'a') + text.slice(place + 1)
}
const fact =
  (change: (fact: RecordedFact, random: Random) => RecordedFact): Tampering =>
  (log, random) => {
    const position = anywhere(log, random)
    const entry = at(log, position)
    return replaced(log, position, { ...entry, fact: change(entry.fact, random) })
  }

/** Rebuilds the chain after a position, as an attacker who knows the algorithm would. */
async function rechained(log: Log, from: number, entries: readonly AuditEntry[]): Promise<readonly AuditEntry[]> {
  const result = entries.slice(0, from)
  const before = at(log, 0)
  for (const { fact: one, personal } of entries.slice(from)) {
    const previous =
      result.at(-1) ??
      (before.index === 1 ? undefined : ({ index: before.index - 1, hash: before.previous } as AuditEntry))
    result.push({ ...(await chain(previous, one, system)), ...(personal === undefined ? {} : { personal }) })
  }
  return result
}
/** The first signed entry at or after a position: verifiers find a rebuilt chain there. */
const signedFrom = ({ checkpoints }: Log, index: number): number =>
  Math.min(...checkpoints.map((one) => one.index).filter((one) => one >= index))
const lastSigned = ({ checkpoints }: Log) => Math.max(...checkpoints.map(({ index }) => index))
const beforeSigned = (log: Log, random: Random) => random.between(0, lastSigned(log) - first(log) + 1)

/** A checkpoint that is not at the beginning of the log. */
function signedOne({ checkpoints }: Log, random: Random) {
  const one = random.pick(checkpoints.filter(({ why }) => why !== 'pruned'))
  return [checkpoints.indexOf(one), one] as const
}

export const tamperings: Readonly<Record<string, Tampering>> = {
  'flip in the actor': fact((one, random) => ({ ...one, actor: flipped(one.actor, random) })),
  'flip in the event': fact((one, random) => ({ ...one, event: flipped(one.event, random) })),
  'flip in the subject': fact((one, random) => ({ ...one, subject: flipped(one.subject ?? 'x', random) })),
  'flip in the time': fact((one) => ({ ...one, at: one.at ^ 1 })),
  'flip in the details': fact((one) => ({ ...one, details: { ...one.details, position: -1 } })),
  'an added member': fact((one) => ({ ...one, outcome: 'applied' })),
  'flip in the digest of names': fact((one, random) => ({ ...one, personal: flipped(one.personal ?? 'x', random) })),
  'flip in a hash': (log, random) => {
    const position = anywhere(log, random)
    const entry = at(log, position)
    return replaced(log, position, { ...entry, hash: flipped(entry.hash, random) })
  },
  'flip in a previous hash': (log, random) => {
    const position = anywhere(log, random)
    const entry = at(log, position)
    return replaced(log, position, { ...entry, previous: flipped(entry.previous, random) })
  },
  'another index': (log, random) => {
    const position = anywhere(log, random)
    const entry = at(log, position)
    return replaced(log, position, { ...entry, index: entry.index + 1 })
  },
  'another name in the personal data': (log, random) => {
    const named = log.entries.flatMap(({ personal }, position) => (personal === undefined ? [] : [position]))
    const position = random.pick(named)
    return replaced(log, position, { ...at(log, position), personal: { salt: 'x', data: { name: 'Eve' } } })
  },
  'delete one': (log, random) => {
    const position = anywhere(log, random, 1)
    return { entries: log.entries.toSpliced(position, 1), checkpoints: log.checkpoints, index: first(log) + position }
  },
  'delete several': (log, random) => {
    const position = anywhere(log, random, 4)
    return { entries: log.entries.toSpliced(position, 3), checkpoints: log.checkpoints, index: first(log) + position }
  },
  'swap neighbours': (log, random) => {
    const position = anywhere(log, random, 1)
    const entries = log.entries.with(position, at(log, position + 1)).with(position + 1, at(log, position))
    return { entries, checkpoints: log.checkpoints, index: first(log) + position }
  },
  'swap distant entries': (log, random) => {
    const [a, b] = [
      random.between(0, log.entries.length >> 1),
      random.between(log.entries.length >> 1, log.entries.length),
    ]
    const entries = log.entries.with(a, at(log, b)).with(b, at(log, a))
    return { entries, checkpoints: log.checkpoints, index: first(log) + a }
  },
  duplicate: (log, random) => {
    const position = anywhere(log, random)
    const entries = log.entries.toSpliced(position, 0, at(log, position))
    return { entries, checkpoints: log.checkpoints, index: first(log) + position + 1 }
  },
  'insert an entry': (log, random) => {
    const position = anywhere(log, random)
    const made = { ...at(log, position), fact: { at: 1, actor: 'eve', event: 'approved' } }
    return {
      entries: log.entries.toSpliced(position, 0, made),
      checkpoints: log.checkpoints,
      index: first(log) + position,
    }
  },
  'cut the tail before a checkpoint': (log, random) => {
    const left = beforeSigned(log, random)
    return {
      entries: log.entries.slice(0, left),
      checkpoints: log.checkpoints,
      index: left === 0 ? 1 : first(log) + left,
    }
  },
  'alter an entry and rebuild the chain': async (log, random) => {
    const position = beforeSigned(log, random)
    const entry = at(log, position)
    const altered = log.entries.with(position, { ...entry, fact: { ...entry.fact, actor: 'eve' } })
    const entries = await rechained(log, position, altered)
    return { entries, checkpoints: log.checkpoints, index: signedFrom(log, first(log) + position) }
  },
  'delete an entry and rebuild the chain': async (log, random) => {
    const position = random.between(0, Math.max(1, lastSigned(log) - first(log)))
    const entries = await rechained(log, position, log.entries.toSpliced(position, 1))
    return { entries, checkpoints: log.checkpoints, index: signedFrom(log, first(log) + position) }
  },
  'rebuild the whole chain': async (log) => {
    const altered = log.entries.with(0, { ...at(log, 0), fact: { ...at(log, 0).fact, actor: 'eve' } })
    return {
      entries: await rechained(log, 0, altered),
      checkpoints: log.checkpoints,
      index: signedFrom(log, first(log)),
    }
  },
  'move a checkpoint': (log, random) => {
    const [position, one] = signedOne(log, random)
    return {
      entries: log.entries,
      checkpoints: log.checkpoints.with(position, { ...one, hash: flipped(one.hash, random) }),
      index: one.index,
    }
  },
  'sign with another key': (log, random) => {
    const [position, one] = signedOne(log, random)
    return {
      entries: log.entries,
      checkpoints: log.checkpoints.with(position, { ...one, publicKey: 'MCowBQYDK2VwAyEA' + 'A'.repeat(44) }),
      index: one.index,
    }
  },
}
