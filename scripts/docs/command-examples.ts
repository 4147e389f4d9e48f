// An example of each command, and the JSON that scripts rely on. `npm run docs` fails when a command has no example.

interface CommandExample {
  /** The arguments after "rollcall". */
  readonly example: string
  /** The shape of the document that `--json` prints. */
  readonly json?: string
}

const plan = `{planId, fingerprint, policy, snapshotId, organization, population,
 actions: [{accountId, action, target, reason, undo}],
 spared: {total, byReason: {…}, reasons: [{code, text, accounts}]}, refusals: [{code, cause, message, actual, limit, remedy}],
 limits, seats}

cause only where the code has several causes`
const run = '{runId, status, counts: {applied, skipped, failed, unknown, notAttempted}}'

export const commandExamples: Readonly<Record<string, CommandExample>> = {
  connect: { example: 'connect --read-key-expires 2027-01-31' },
  disconnect: { example: 'disconnect' },
  keys: { example: 'keys' },
  'keys show': { example: 'keys show' },
  'keys check': { example: 'keys check' },
  'keys expiry': { example: 'keys expiry --read 2027-01-31 --act unknown' },
  sync: { example: 'sync --json', json: '{snapshotId, asOf, accounts, complete, requests, durationMs}' },
  'accept-baseline': { example: 'accept-baseline', json: '{snapshotId, asOf, accounts, quiet, share}' },
  reconcile: { example: 'reconcile', json: '{reconciled, lost}' },
  licenses: {
    example: 'licenses',
    json: '[{site, product, capacity, used, available}]\n\ncapacity and available are null when unknown',
  },
  accounts: {
    example: 'accounts --inactive-for 90d --site acme.atlassian.net --product jira-software --csv',
    json: `{asOf, total, accounts: [{accountId, name, email, managed, synced, accountStatus, membershipStatus,
 protected: {by} | null, lastActive: {at} | {never, since} | {unknown},
 products: [{site, product, lastActive}], groups}]}`,
  },
  policy: { example: 'policy list' },
  'policy validate': { example: 'policy validate policy.yaml', json: '{valid, name}' },
  'policy import': { example: 'policy import policy.yaml' },
  'policy list': { example: 'policy list' },
  'policy export': { example: "policy export 'Free unused Jira seats' > policy.yaml" },
  'policy enable': { example: "policy enable 'Free unused Jira seats'" },
  'policy disable': { example: "policy disable 'Free unused Jira seats'" },
  'policy delete': { example: "policy delete 'Free unused Jira seats'", json: '{deleted}' },
  plan: { example: 'plan --action suspend-access --accounts leavers.txt', json: plan },
  undo: { example: 'undo RUN', json: plan },
  exclude: { example: "exclude PLAN ACCOUNT --reason 'on leave'", json: plan },
  'give-back': { example: 'give-back RUN ACCOUNT', json: plan },
  cancel: { example: "cancel RUN --reason 'wrong group'", json: '{runId, status, counts}' },
  plans: {
    example: 'plans',
    json: '[{planId, policy, status, since, accounts, population, fingerprint, refusals}]',
  },
  show: { example: 'show PLAN', json: plan },
  discard: { example: 'discard PLAN', json: '{planId, status}' },
  run: { example: 'run PLAN --approve FINGERPRINT --accept too-many', json: run },
  runs: { example: 'runs' },
  'run-status': {
    example: 'run-status RUN',
    json: `${run.slice(0, -1)}, results: [{accountId, action, state, reason}], …}`,
  },
  protect: { example: 'protect list' },
  'protect add': { example: "protect add 'email:*@partner.example' --reason 'Partner contract' --until 2027-01-31" },
  'protect remove': { example: "protect remove 'email:*@partner.example'", json: '{removed}' },
  'protect person': {
    example: "protect person ACCOUNT --reason 'Ci is a given name'",
    json: '{accountId, reason, by, at}; with --remove: {removed}',
  },
  'protect people': { example: 'protect people', json: '[{accountId, reason, by, at}]' },
  'protect list': { example: 'protect list', json: '[{subject, reason, by, addedAt, until}]' },
  exemptions: { example: 'exemptions' },
  'exemptions list': { example: 'exemptions list', json: '[{accountId, action, runId, since, until, times}]' },
  'exemptions end': { example: 'exemptions end ACCOUNT', json: '{lifted}' },
  limits: { example: 'limits' },
  'limits list': { example: 'limits list' },
  'limits set': { example: 'limits set accounts=100 percent=3' },
  'non-working-days': { example: 'non-working-days', json: '{weekdays, holidays}' },
  'non-working-days set': {
    example: 'non-working-days set --holidays 2026-12-25,2026-12-26',
    json: '{weekdays, holidays}',
  },
  audit: { example: 'audit verify' },
  'audit export': { example: 'audit export --format csv > audit.csv' },
  'audit verify': { example: 'audit verify audit.jsonl', json: '{ok, entries, …}' },
  'audit checkpoint': { example: 'audit checkpoint >> checkpoints.jsonl' },
  'audit checkpoints': { example: 'audit checkpoints' },
  'audit retention': { example: 'audit retention 730', json: '{days}' },
  forget: { example: 'forget ACCOUNT --email old.address@acme.example' },
  serve: { example: 'serve' },
  simulate: { example: 'simulate --port 4010 --users 2500 --seed 1 --now 2026-11-24T08:00:00Z' },
  stop: { example: 'stop', json: '{stopped}' },
  resume: { example: 'resume', json: '{stopped}' },
}
