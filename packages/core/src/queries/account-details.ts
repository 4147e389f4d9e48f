// One account in full: its products with the groups that grant them, and what Rollcall did to it.

import { protectionRules } from '../settings/confirmed-people.js'
import { isPlaceholder } from '../model/plausible-instant.js'
import { actions } from '../actions/index.js'
import type { Account } from '../model/account.js'
import { UsageError } from '../model/errors.js'
import { brandId, type AccountId } from '../model/ids.js'
import { viewAccount, viewLastActive } from './account-list.js'
import type { GroupGrant } from '../model/organization.js'
import type { Ports } from '../ports.js'
import type { Step } from '../model/step.js'
import { formatInstant } from '../model/time.js'
import type { Snapshot } from '../model/snapshot.js'
import { vetoedBecause } from '../model/veto.js'
import { stepsToGiveBack } from '../plan/give-back.js'
import { exclusionText } from '../policy/exclusion-texts.js'
import { vetoesInForce } from '../run/vetoes.js'
import { newestSnapshot } from '../sync/snapshot-reader.js'

const historyShown = 50

/** The account's groups that grant a product, from the snapshot. */
const grantingGroups = ({ groups }: Account, snapshot: Snapshot): readonly GroupGrant[] => {
  const mine = new Set(groups.map(({ id }) => id))
  return snapshot.groups.filter(({ id }) => mine.has(id))
}

function productsOf(account: Account, snapshot: Snapshot) {
  const granting = grantingGroups(account, snapshot)
  return account.products.map(({ workspace, site, product, lastActive }) => ({
    site,
    product,
    lastActive: viewLastActive(lastActive),
    /** Empty when the account has a directly assigned role, or Atlassian does not show the group. */
    grantedBy: granting
      .filter(({ grants }) => grants.includes(workspace))
      .map(({ name, modifiable }) => ({ name, modifiable })),
  }))
}

const viewStep = (step: Step, taken: ReadonlySet<Step>) => {
  const { runId, action, target, state, reason, endedAt, intentAt } = step
  const at = endedAt ?? intentAt
  return {
    runId,
    action,
    what: actions[action].describe(target),
    state,
    reason: reason ?? null,
    at: at === undefined ? null : formatInstant(at),
    mayGiveBack: taken.has(step),
  }
}

/** Collects everything that Rollcall knows about an account. Throws a `UsageError` when the newest snapshot lacks it. */
export async function accountDetails(id: string, ports: Ports) {
  const { store, system } = ports
  const accountId = brandId<AccountId>(id)
  const snapshot = await newestSnapshot(ports)
  const account = await store.account(snapshot.id, accountId)
  if (account === undefined)
    throw new UsageError(`The newest snapshot of ${snapshot.organization.name} has no account ${id}.`)
  const vetoes = await vetoesInForce(ports)
  const veto = vetoes.find((one) => one.accountId === accountId)
  const exempt = vetoedBecause(veto, system.now())
  const steps = (await store.stepsOf(accountId)).slice(0, historyShown)
  const taken = await stepsToGiveBack(steps, ports)
  return {
    asOf: formatInstant(snapshot.asOf ?? snapshot.startedAt),
    account: viewAccount(account, await protectionRules(ports), system.now()),
    /** Null where Atlassian does not list the account as managed. */
    lastActiveInAtlassian:
      account.lastActiveInAtlassian === undefined ? null : viewLastActive(account.lastActiveInAtlassian),
    addedAt: account.addedAt === undefined || isPlaceholder(account.addedAt) ? null : formatInstant(account.addedAt),
    products: productsOf(account, snapshot),
    leftAlone: exempt === undefined ? null : exclusionText(exempt),
    history: steps.map((step) => viewStep(step, taken)),
  }
}
