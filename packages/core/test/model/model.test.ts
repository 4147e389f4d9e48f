// Model-based tests: random sequences of 31 kinds of commands, with the promises that hold after each.
// A longer run: MODEL_RUNS=5000 MODEL_SEED=7 npm run model

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lease, Step } from '../../src/index.js'
import type { MemoryWorld } from '../../src/testing/index.js'
import { commandArbitraries, Command, kinds } from './commands.js'
import { newModel, newReal, newTally, type Tally } from './model.js'

const runs = Number(process.env['MODEL_RUNS'] ?? 300)
const seed = Number(process.env['MODEL_SEED'] ?? 20_261_125)

type Sequence = readonly (readonly [kind: string, n: number])[]
/** Starting points of sequences, because random commands alone seldom start a run. */
const approved: Sequence = [
  ['sync', 0],
  ['planFile', 1],
  ['approveAccepting', 0],
]
const starts: Readonly<Record<string, Sequence>> = {
  'an empty installation': [],
  'a snapshot and a plan': approved.slice(0, 2),
  'an approved plan': approved,
  'a run that was killed': [...approved, ['killedAtWork', 40]],
  'a run that lost a response': [...approved, ['faultAtTheNextCall', 1], ['work', 0]],
  'a finished run': [...approved, ['work', 0]],
  'an executing undo': [...approved, ['work', 0], ['sync', 0], ['undo', 0], ['approveAccepting', 0]],
  'a policy that fires': [
    ['sync', 0],
    ['importPolicy', 1],
    ['planStored', 0],
    ['enable', 0],
    ['minutesPass', 59],
    ['fireDue', 0],
  ],
}

/** A world after a sequence of commands. */
async function after(sequence: Sequence, tally: Tally, spoil?: (world: MemoryWorld) => void) {
  const [model, real] = [newModel(tally), newReal(spoil)]
  for (const [kind, n] of sequence) await new Command(kind, n).run(model, real)
  return { model, real }
}

/** Plays sequences until one breaks a promise. The error contains the shrunk sequence and its starting point. */
const play = (count: number, tally: Tally, spoil?: (world: MemoryWorld) => void) =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(starts)),
      fc.commands(commandArbitraries, { maxCommands: 40, size: 'max' }),
      (start, commands) => fc.asyncModelRun(() => after(starts[start] ?? [], tally, spoil), commands),
    ),
    { numRuns: count, seed, endOnFailure: false },
  )

it('keeps every promise after every command, in any order of commands', async () => {
  const { done, changed } = newTally()
  await play(runs, { done, changed })
  expect(Object.keys(kinds)).toHaveLength(31)
  for (const [kind, { changes }] of Object.entries(kinds)) {
    expect([kind, (done.get(kind) ?? 0) >= 5]).toEqual([kind, true])
    if (changes === true) expect([kind, (changed.get(kind) ?? 0) >= 5]).toEqual([kind, true])
  }
}, 600_000)

describe('the model finds', () => {
  it.each<[string, (world: MemoryWorld) => void]>([
    [
      'a store that forgets the protected list',
      ({ ports }) => Object.assign(ports.store, { protections: async () => [] }),
    ],
    [
      'a stop switch without effect',
      ({ ports }) => {
        const { setting } = ports.store
        Object.assign(ports.store, {
          setting: async (name: string) => (name === 'stopped' ? undefined : setting(name)),
        })
      },
    ],
    [
      'a store that lets a step change after its end',
      ({ ports }) => {
        const { steps } = ports.store
        let reads = 0
        Object.assign(ports.store, {
          steps: async (id: never) =>
            (await steps(id)).map((step) => ({ ...step, attempts: step.attempts + (reads += 1) })),
        })
      },
    ],
    [
      'a store that loses intents',
      ({ ports }) => {
        const { putStep } = ports.store
        Object.assign(ports.store, {
          putStep: async (step: Step, lease: Lease) => (step.state === 'applied' ? putStep(step, lease) : true),
        })
      },
    ],
  ])(
    '%s',
    async (_what, spoil) => {
      await expect(play(300, newTally(), spoil)).rejects.toThrow('Property failed')
    },
    300_000,
  )
})

/** Sequences that once broke a promise or led to an unforeseen case. */
const regressions: Readonly<Record<string, Sequence>> = {
  'an undo that is planned while its run has open steps': [
    ['sync', 0],
    ['planFile', 1],
    ['approveAccepting', 0],
    ['killedAtWork', 31],
    ['stop', 0],
    ['workElsewhere', 0],
    ['undo', 0],
    ['resume', 0],
    ['approveAccepting', 0],
    ['work', 0],
    ['verifyAudit', 0],
  ],
  'a person restores an account whose change ended unknown, and the policy runs again': [
    ['sync', 0],
    ['planFile', 1],
    ['faultAtTheNextCall', 2],
    ['approveAccepting', 0],
    ['work', 0],
    ['restoredByHand', 0],
    ['sync', 0],
    ['planFile', 1],
    ['approveAccepting', 0],
    ['work', 0],
  ],
  'an account becomes protected between the kill and the next process': [
    ['sync', 0],
    ['planFile', 0],
    ['approveAccepting', 0],
    ['killedAtWork', 24],
    ['protect', 1],
    ['workElsewhere', 0],
    ['undo', 0],
    ['approveAccepting', 0],
    ['work', 0],
  ],
}
it.each(Object.entries(regressions))('%s: every promise holds', async (_name, sequence) => {
  await after(sequence, newTally())
})
