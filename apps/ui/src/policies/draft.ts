// A policy while an admin writes it: a document as in a policy file. The form changes parts of it; YAML is the same document
// as text. The form leaves the parts that it cannot show unchanged.
import type { ConditionId } from '@rollcall/core'
import { isRecord } from '../host/problem'
import { conditions } from '../messages/vocabulary'

export type Draft = Readonly<Record<string, unknown>>

/** One line of the form: a condition, or its opposite. */
export interface ConditionLine {
  readonly id: string
  readonly value: unknown
  readonly not: boolean
}

export const conditionNames = Object.keys(conditions) as readonly ConditionId[]

/** The kind of a condition's value; undefined for an unknown condition. */
export const valueKindOf = (id: string) => Object.entries(conditions).find(([name]) => name === id)?.[1].value

function lineOf(node: unknown, not = false): ConditionLine | undefined {
  const [entry, ...more] = isRecord(node) ? Object.entries(node) : []
  if (entry === undefined || more.length > 0) return undefined
  const [id, value] = entry
  if (id === 'not' && !not) return lineOf(value, true)
  const kind = valueKindOf(id)
  if (kind === undefined) return undefined
  // A policy file may write a duration as `{ age: 30d }` too.
  return { id, value: kind === 'duration' && isRecord(value) ? value['age'] : value, not }
}

/** The conditions as lines; undefined if they nest deeper than the form can show. */
export function linesIn({ conditions: root }: Draft): readonly ConditionLine[] | undefined {
  const nodes = isRecord(root) && Array.isArray(root['all']) ? (root['all'] as unknown[]) : [root]
  const lines = nodes.map((node) => lineOf(node))
  return lines.includes(undefined) ? undefined : (lines as ConditionLine[])
}

export function withLines(draft: Draft, lines: readonly ConditionLine[]): Draft {
  const all = lines.map(({ id, value, not }) => (not ? { not: { [id]: value } } : { [id]: value }))
  return { ...draft, conditions: { all } }
}

/** The initial value of a condition. */
export function initialValueOf(id: string): unknown {
  const kind = valueKindOf(id)
  if (kind === 'duration') return '90d'
  if (kind === 'yes-no') return true
  if (kind === 'status') return 'active'
  return ''
}

/** Sets a part of the document; undefined removes it. */
export function withPart(draft: Draft, key: string, value: unknown): Draft {
  const { [key]: _, ...rest } = draft
  return value === undefined ? rest : { ...rest, [key]: value }
}

const emptyDraft: Draft = {
  name: '',
  scope: 'organization',
  conditions: { all: [{ 'inactive-for': '90d' }] },
  actions: ['suspend-access'],
  approval: 'required',
}

/** The parts of a user filter that no policy supports: a search, and a site without a product. */
export const leftOutOf = ({ search, site, product }: Readonly<Record<string, string>>): readonly string[] =>
  [search, product === undefined ? site : undefined].filter((one) => one !== undefined)

/** A filter of the user tables as a policy. */
export function draftFromFilter(filter: Readonly<Record<string, string>>): Draft {
  const { site, product, status, managed, inGroup, inactiveFor, name = '' } = filter
  const ofProduct = site !== undefined && product !== undefined
  const lines = [
    ...(inactiveFor === undefined ? [] : [{ 'inactive-for': inactiveFor }]),
    ...(product === undefined || ofProduct ? [] : [{ 'has-product': product }]),
    ...(status === undefined ? [] : [{ status }]),
    ...(managed === undefined ? [] : [{ managed: managed === 'true' }]),
    ...(inGroup === undefined ? [] : [{ 'in-group': inGroup }]),
  ]
  return {
    ...emptyDraft,
    name,
    ...(lines.length === 0 ? {} : { conditions: { all: lines } }),
    ...(ofProduct ? { scope: { site, product }, actions: ['revoke-product-access'] } : {}),
  }
}
