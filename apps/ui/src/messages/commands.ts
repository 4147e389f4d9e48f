// What the command line does by a command, the page does by a button or on a screen: core's sentences name the command.

export const commands: Readonly<Record<string, string>> = {
  connect: 'Settings: Connection',
  limits: 'Settings: Limits',
  plan: 'Preview',
  plans: 'Plans',
  policy: 'Enable the policy',
  protect: 'Protected (whitelist)',
  reconcile: 'Reconcile',
  'rest-days': 'Settings: Rest days',
  resume: 'Settings: Allow runs again',
  'run-status': 'Runs',
  runs: 'Runs',
  stop: 'Stop',
  sync: 'Take the roll again',
  usual: 'The dates are right',
  veto: 'Protected (whitelist): Left alone',
}
