// Judges the judge: it plants a bug into the product for each promise, and the judge has to find the violation.

import type { Planted } from './bundle.js'
import { openSeries, readScript } from './series.js'

interface Case extends Planted {
  readonly finds: string
  readonly life: string
}

/** The planted bugs, each with the promise that it breaks and the life that shows it. */
export const cases: readonly Case[] = [
  {
    finds: 'I1',
    life: 'revoke-product-access',
    file: 'core/src/model/protected-index.ts',
    text: 'byAccount.get(accountId) ?? []',
    bug: '[]',
  },
  {
    finds: 'I1',
    life: 'revoke-product-access',
    file: 'core/src/model/protected-index.ts',
    text: 'newest = { email, found: patternsFor(email) }',
    bug: 'newest = { email, found: [] }',
  },
  {
    finds: 'I1',
    life: 'revoke-product-access',
    file: 'core/src/model/protected-index.ts',
    text: '[...ofName(group.name), ...(byGroupId.get(group.id) ?? [])]',
    bug: '[]',
  },
  {
    finds: 'I2',
    life: 'suspend-access',
    file: 'core/src/run/recheck.ts',
    text: 'else exclusion = await planExcluded(step, { account, at }, context)',
    bug: 'else exclusion = (await planExcluded(step, { account, at }, context), undefined)',
  },
  {
    finds: 'I4',
    life: 'suspend-access',
    file: 'core/src/run/step-journal.ts',
    text: "await append('intent', about(intended), { name, email })",
    bug: 'void [name, email]',
  },
  {
    finds: 'I4',
    life: 'suspend-access run:change:1:effect',
    file: 'core/src/run/execute-step.ts',
    text: 'if (missing === -1) return applied(step, seen, context)',
    bug: "if (missing === -1) return end(step, 'skipped', context)",
  },
  {
    finds: 'I4',
    life: 'suspend-access run:change:1:before',
    file: 'core/src/run/execute.ts',
    text: "(step.state !== 'planned' && hasEnded(step))",
    bug: "step.state !== 'planned'",
  },
  {
    finds: 'I6',
    life: 'revoke-product-access',
    file: 'core/src/plan/undo.ts',
    text: '.toSorted((a, b) => b.position - a.position)',
    bug: '.toSorted((a, b) => b.position - a.position).slice(1)',
  },
  {
    finds: 'I7',
    life: 'suspend-access run:entry:1:after',
    file: 'store/src/audit-log.ts',
    text: 'fact: canonicalJson(fact),',
    bug: 'fact: canonicalJson({ ...fact, at: 0 }),',
  },
  {
    finds: 'I8',
    life: 'suspend-access',
    file: 'server/src/serve.ts',
    text: 'print(`Rollcall listens',
    bug: "console.log(process.env['ROLLCALL_API_KEY'])\n  print(`Rollcall listens",
  },
]

/** Plants a bug and plays its life. Returns the violations of the promise that it breaks, and all violations. */
export async function playPlanted({ finds, life, ...planted }: Case) {
  const series = await openSeries(planted)
  try {
    const { violations } = await series.live(readScript(life))
    return { found: violations.filter((one) => one.startsWith(finds)), violations }
  } finally {
    series.close()
  }
}

/** Plants each bug, plays its life, and returns whether the judge found all of them. */
export async function findPlanted(): Promise<boolean> {
  let all = true
  for (const planted of cases) {
    const { found, violations } = await playPlanted(planted)
    all &&= found.length > 0
    const result = found.length > 0 ? 'found' : 'MISSED'
    console.log(`${result}  ${planted.finds}  ${planted.file}: ${found[0] ?? violations[0] ?? ''}`)
  }
  return all
}
