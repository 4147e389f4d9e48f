// Core's sentences name commands of the terminal; the page names the button or the screen that does the same.

export const commands: Readonly<Record<string, string>> = {
  connect: 'Settings: Connection',
  limits: 'Settings: Limits',
  plan: 'Preview',
  plans: 'Plans',
  policy: 'Enable the policy',
  protect: 'Protected',
  reconcile: 'Reconcile',
  'accept-baseline': 'Accept as baseline',
  'non-working-days': 'Settings: Non-working days',
  'rest-days': 'Settings: Non-working days',
  resume: 'Settings: Allow runs again',
  'run-status': 'Runs',
  runs: 'Runs',
  stop: 'Stop',
  sync: 'Sync now',
  usual: 'Accept as baseline',
  veto: 'Protected: Exempt',
}
