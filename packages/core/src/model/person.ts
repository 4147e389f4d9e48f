// Who counts as a person: limits, percentages and statistics are about people, not about apps.

import type { Account } from './account.js'

/** True if an account belongs to a person. Apps, service accounts and portal customers do not count. */
export const isPerson = ({ accountType }: Account): boolean => accountType === 'atlassian'
