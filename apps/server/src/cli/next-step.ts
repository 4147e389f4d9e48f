// The next step of a remedy, as the command line says it.

import type { Remedy } from '@rollcall/core'

const steps: Readonly<Record<Remedy, string>> = {
  'accept-baseline': 'Check the accounts and groups. If the data is right, run "rollcall accept-baseline".',
  'add-admin': 'Make another user an organization admin first.',
  'check-accounts': 'Check these accounts with "rollcall run-status", then run the plan again to continue.',
  'check-clock': 'Check the clock of this machine. If it is right, a proxy may change what Atlassian sends.',
  'check-database': 'Check the database, then try again.',
  connect: 'Connect the right organization with "rollcall connect", or make a new plan.',
  'enable-policy': 'Enable it with "rollcall policy enable", or plan from its file.',
  'make-new-plan': 'Make a new plan with "rollcall plan".',
  'correct-names': 'Correct the names in the policy or on the protected list, or accept the code by name.',
  'narrow-conditions': 'Narrow the conditions.',
  'preview-policy': 'Make a plan with "rollcall plan", and read it.',
  'protect-empty': 'Check the name, or protect it for later with --even-if-empty.',
  'raise-limits': 'Narrow the conditions, raise the limits, or set "take" to take the least active first.',
  reconcile: 'Run "rollcall reconcile".',
  'replace-key': 'Create a new key and store it with "rollcall connect".',
  resume: 'Find out why, then run "rollcall resume".',
  'resume-run': 'Run the plan again later to continue; nothing is lost.',
  'review-plan': 'Read this plan with "rollcall show", then approve its own fingerprint.',
  'set-limits': 'Set them again with "rollcall limits set", then make a new plan.',
  'set-non-working-days': 'Run "rollcall non-working-days set --weekdays saturday,sunday --holidays none".',
  'show-exemptions': 'See "rollcall exemptions list".',
  'show-plans': 'See "rollcall plans".',
  'show-protected-list': 'See "rollcall protect list".',
  'show-runs': 'See "rollcall runs".',
  stop: 'To stop it, run "rollcall stop".',
  sync: 'Run "rollcall sync", then plan again.',
  'sync-first': 'Run "rollcall sync", then try again.',
  wait: 'Wait, narrow the conditions, or check the accounts and accept it.',
}

/** A sentence with the command that helps. */
export const withNextStep = (sentence: string, remedy: Remedy | null | undefined): string =>
  remedy === null || remedy === undefined ? sentence : `${sentence} ${steps[remedy]}`
