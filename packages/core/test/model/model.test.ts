// Model-based tests: random sequences of more than thirty kinds of commands, with what must hold after each of them.
// A longer run: npm run model -- --runs 5000 --seed 7

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lane, Step } from '../../src/index.js'
import type { MemoryWorld } from '../../src/testing/index.js'
import { commandArbitraries, Doing, kinds } from './commands.js'
import { newModel, newReal } from './model.js'

const runs = Number(process.env['MODEL_RUNS'] ?? 300)
const seed = Number(process.env['MODEL_SEED'] ?? 20_261_125)

/** Plays sequences until one breaks a promise; the error holds the shrunk sequence. */
const play = (count: number, executed: Map<string, number>, spoil?: (world: MemoryWorld) => void) =>
  fc.assert(
    fc.asyncProperty(fc.commands(commandArbitraries, { maxCommands: 40, size: 'max' }), async (commands) => {
      await fc.asyncModelRun(() => ({ model: newModel(executed), real: newReal(spoil) }), commands)
    }),
    { numRuns: count, seed, endOnFailure: false },
  )

it('whatever is done in whichever order, every promise holds after every command', async () => {
  const executed = new Map<string, number>()
  await play(runs, executed)
  expect(Object.keys(kinds).length).toBeGreaterThanOrEqual(20)
  for (const kind of Object.keys(kinds)) expect([kind, (executed.get(kind) ?? 0) >= 5]).toEqual([kind, true])
}, 600_000)

describe('the model finds', () => {
  it.each<[string, (world: MemoryWorld) => void]>([
    [
      'a store that forgets the protected list',
      ({ ports }) => Object.assign(ports.store, { protections: async () => [] }),
    ],
    ['a stop switch that nobody hears', ({ ports }) => Object.assign(ports.store, { setting: async () => undefined })],
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
          putStep: async (step: Step, lane: Lane) => (step.state === 'applied' ? putStep(step, lane) : true),
        })
      },
    ],
  ])(
    '%s',
    async (_what, spoil) => {
      await expect(play(300, new Map(), spoil)).rejects.toThrow('Property failed')
    },
    300_000,
  )
})

/** Sequences that once broke a promise, or led to a case that nobody had thought of. */
const regressions: Readonly<Record<string, readonly (readonly [kind: string, n: number])[]>> = {
  'an undo that is planned while its run has steps left open': [
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
  'a person restores what ended unknown, and the policy comes again': [
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
  'somebody is protected between the kill and the next process': [
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
it.each(Object.entries(regressions))('%s keeps every promise', async (_name, sequence) => {
  const [model, real] = [newModel(new Map()), newReal()]
  for (const [kind, n] of sequence) await new Doing(kind, n).run(model, real)
})
