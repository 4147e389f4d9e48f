// Remedy: what an admin can do about a refusal or an error, as a value. Each host phrases it: a command, or a button.

export const remedies = [
  'accept-baseline',
  'add-admin',
  'check-database',
  'connect',
  'enable-policy',
  'make-new-plan',
  'narrow-conditions',
  'preview-policy',
  'raise-limits',
  'reconcile',
  'resume',
  'review-plan',
  'set-limits',
  'set-non-working-days',
  'show-exemptions',
  'show-plans',
  'show-protected-list',
  'show-runs',
  'stop',
  'sync',
  'sync-first',
  'wait',
] as const
export type Remedy = (typeof remedies)[number]
