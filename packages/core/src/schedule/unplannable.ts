// Policies whose schedule fired, but could make no plan: kept until the next plan, so that somebody sees it. The sentence is
// stored without addresses.

import { z } from 'zod'
import { withoutAddresses } from '../audit/chained-reason.js'
import { UsageError } from '../model/errors.js'
import type { StoredPolicy } from '../model/policy.js'
import { remedies, type Remedy } from '../model/remedy.js'
import type { Ports } from '../ports.js'

const setting = 'unplannable-policies'
const kept = z.record(z.string(), z.object({ version: z.string(), message: z.string(), remedy: z.enum(remedies) }))
type Kept = z.output<typeof kept>

/** Reads the stored sentences. An unreadable value counts as empty: the next occurrence writes it again. */
async function read({ store }: Ports): Promise<Kept> {
  try {
    return kept.parse(JSON.parse((await store.setting(setting)) ?? '{}'))
  } catch (failure) {
    if (failure instanceof SyntaxError || failure instanceof z.ZodError) return {}
    throw failure
  }
}

/** Notes whether the newest occurrence of a policy made a plan; a `UsageError` says why not. */
export async function notePlanned({ name, version }: StoredPolicy, made: unknown, ports: Ports): Promise<void> {
  const known = await read(ports)
  const { [name]: before, ...others } = known
  const failed = made instanceof UsageError
  if (!failed && before === undefined) return
  const next: Kept = failed
    ? {
        ...others,
        [name]: { version, message: withoutAddresses(made.message), remedy: made.remedy ?? 'correct-names' },
      }
    : others
  await ports.store.putSetting(setting, JSON.stringify(next))
}

/** The enabled policies whose newest occurrence could make no plan, each with the reason and what helps. */
export async function unplannable(
  ports: Ports,
): Promise<readonly { readonly name: string; readonly message: string; readonly remedy: Remedy }[]> {
  const known = await read(ports)
  return (await ports.store.policies()).flatMap(({ name, version, enabled, policy }) => {
    const found = known[name]
    return enabled && policy.schedule !== undefined && found?.version === version ? [{ name, ...found }] : []
  })
}
