// docs/policies.md: the reference of policy files, written from the registries that read them.

import { actionIds, actions, conditionIds, conditions, limitNames, limitTable, type Action } from '@rollcall/core'

const notice = '<!-- `npm run docs` writes this page from the code. Change the code, not the page. -->'
const yaml = (lines: string): string => `\`\`\`yaml\n${lines}\n\`\`\``

const conditionPart = (): readonly string[] =>
  conditionIds.flatMap((id) => {
    const { meaning, takes, example } = conditions[id]
    return [`### \`${id}\``, meaning, `Value: ${takes}`, yaml(`conditions: ${example}`)]
  })

const needs: Readonly<Record<Action['needs'], string>> = {
  product: 'a scope with a site and a product',
  group: '`group: NAME`',
  nothing: 'no other key',
}

const actionPart = (): readonly string[] =>
  actionIds.flatMap((id) => {
    const action = actions[id]
    const facts = [
      `- Needs: ${needs[action.needs]}.`,
      `- Undo: \`${action.inverse}\`.`,
      `- ${action.removesAccess ? 'Removes access: newer activity and exemptions exclude an account.' : 'Removes no access.'}`,
      `- API key: ${action.permission}.`,
    ]
    return [`### \`${id}\``, action.meaning, facts.join('\n'), yaml(action.example)]
  })

const schedulePart = [
  'Without a schedule, or with `schedule: none`, a policy runs only when somebody runs it. `timeZone` is an IANA name. A policy with `approval: automatic` waits for the next working day, unless its schedule sets `weekends: true` or `holidays: true`.',
  '### `every`',
  'Every 1 to 999 hours, days, weeks or months. `on` is a weekday (with weeks) or a day of the month from 1 to 31 (with months; a shorter month uses its last day). `at` is the local time, 07:00 by default. Counting starts on `from`, 2024-01-01 by default.',
  yaml("schedule: { every: 1 week, on: monday, at: '07:00', timeZone: Europe/Berlin }"),
  '### `once`',
  'Once, at a local date and time.',
  yaml("schedule: { once: '2026-12-01T07:00', timeZone: Europe/Berlin }"),
  '### `cron`',
  'A cron expression of five fields: minute, hour, day of the month, month, weekday.',
  yaml("schedule: { cron: '0 7 * * 1', timeZone: Europe/Berlin }"),
]

const limitLines = (): readonly string[] =>
  limitNames.map((name) => {
    const { least, most, what, whole, default: standard } = limitTable[name]
    return `| \`${name}\` | ${what} | ${standard} | ${least} to ${most}${whole ? ', whole' : ''} |`
  })

/** Writes the reference of policies. */
export const policiesPage = (): string =>
  [
    '# Policy reference',
    notice,
    'A policy is a YAML file. Each example on this page shows only the keys that differ from this policy:',
    yaml(
      [
        'name: Suspend inactive users',
        'scope: organization',
        'conditions: { inactive-for: 90d }',
        'actions: [suspend-access]',
        'schedule: none',
        'approval: required # or automatic',
        'limits: { accounts: 50, percent: 5 }',
      ].join('\n'),
    ),
    '## Conditions',
    'Combine conditions with `all`, `any` and `not`. When the data is not enough to decide, Rollcall excludes the account.',
    yaml('conditions:\n  all:\n    - inactive-for: 90d\n    - not: { in-group: contractors }'),
    ...conditionPart(),
    '## Actions',
    'A policy has exactly one action.',
    ...actionPart(),
    '## Schedules',
    ...schedulePart,
    '## Limits',
    'The organization sets its limits; a policy may set stricter ones for itself, never wider ones, and not the weekly budget (`budget`). `take: 25` in a policy stops at 25 accounts, least active first.',
    yaml('limits: { accounts: 50, percent: 5, take: 25 }'),
    ['| Limit | Meaning | Default | Bounds |', '|---|---|---|---|', ...limitLines()].join('\n'),
  ].join('\n\n')
