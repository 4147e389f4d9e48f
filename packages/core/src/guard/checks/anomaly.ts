// Checks for an anomaly: the percentage of inactive accounts has jumped since the baseline.

import { riseOf, tenths } from '../../sync/baseline.js'
import { metricsFor, organizationMetric } from '../../sync/inactivity-stats.js'
import { found, type Check } from '../check.js'

export const anomaly: Check = (plan, { snapshot, earlier }) => {
  if (snapshot === undefined || snapshot.accounts === 0 || snapshot.acceptedAsBaseline === true) return undefined
  for (const metric of [organizationMetric, ...metricsFor(plan, snapshot)]) {
    const risen = riseOf(snapshot, earlier, plan.limits.anomaly, metric)
    if (risen === undefined || risen.rise <= risen.limit) continue
    return found(
      `The percentage of ${metric.who} rose by ${risen.rise.toFixed(1)} points since the baseline; the limit is ${risen.limit.toFixed(1)}. Atlassian's dates may be wrong.`,
      risen.rise,
      tenths(risen.limit),
    )
  }
  return undefined
}
