// How the page calls each condition and action, and what the form has to know about it. A new one is a line here; the
// compiler compares the lines with core.

import type { ActionId, ActionNeeds, ConditionId } from '@rollcall/core'

interface ConditionWords {
  readonly label: string
  /** The kind of its value. */
  readonly value: 'duration' | 'date' | 'text' | 'yes-no' | 'status'
}

export const conditions: Readonly<Record<ConditionId, ConditionWords>> = {
  'inactive-for': { label: 'inactive for at least', value: 'duration' },
  'never-active': { label: 'never active, and added longer ago than', value: 'duration' },
  'last-active-before': { label: 'last active before', value: 'date' },
  'added-before': { label: 'added before', value: 'date' },
  'in-group': { label: 'in group', value: 'text' },
  'email-domain': { label: 'in email domain', value: 'text' },
  'email-matches': { label: 'using an email that matches', value: 'text' },
  'has-product': { label: 'a user of product', value: 'text' },
  managed: { label: 'managed by the organization', value: 'yes-no' },
  status: { label: 'in status', value: 'status' },
}

interface ActionWords<Needs> {
  readonly label: string
  /** What it needs in addition to accounts. */
  readonly needs: Needs
}

export const actions: { readonly [Id in ActionId]: ActionWords<ActionNeeds[Id]> } = {
  'suspend-access': { label: 'Suspend access (fully reversible)', needs: 'nothing' },
  'revoke-product-access': { label: 'Revoke product access', needs: 'product' },
  'deactivate-account': { label: 'Deactivate account', needs: 'nothing' },
  'restore-access': { label: 'Restore access', needs: 'nothing' },
  'grant-product-access': { label: 'Grant product access', needs: 'product' },
  'activate-account': { label: 'Activate account', needs: 'nothing' },
  'remove-from-group': { label: 'Remove from group', needs: 'group' },
  'add-to-group': { label: 'Add to group', needs: 'group' },
}

/** The labels of a vocabulary by name. */
export const labelsOf = <Name extends string>(
  words: Readonly<Record<Name, { readonly label: string }>>,
): Readonly<Record<Name, string>> =>
  Object.fromEntries(
    Object.entries<{ readonly label: string }>(words).map(([name, { label }]) => [name, label]),
  ) as Record<Name, string>
