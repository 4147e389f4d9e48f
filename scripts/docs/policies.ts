// docs/policies.md: what a policy file may say, from the registries that read it.

import { actionIds, conditionIds, limitNames, limitTable } from '@rollcall/core'

const notice = '<!-- `npm run docs` writes this page from the code. Change the code, not the page. -->'

const limitLines = (): readonly string[] =>
  limitNames.map((name) => {
    const { least, most, what, default: usual } = limitTable[name]
    return `| \`${name}\` | ${what} | ${usual} | ${least} to ${most} |`
  })

/** Writes the reference of policies. */
export const policiesPage = (): string =>
  [
    '# Policy reference',
    notice,
    '## Conditions',
    conditionIds.map((id) => `- \`${id}\``).join('\n'),
    '## Actions',
    actionIds.map((id) => `- \`${id}\``).join('\n'),
    '## Limits',
    ['| Limit | Meaning | Default | Bounds |', '|---|---|---|---|', ...limitLines()].join('\n'),
  ].join('\n\n')
