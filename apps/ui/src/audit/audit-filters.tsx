// What to look for in the audit log.
import Button from '@atlaskit/button/new'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Code } from '../parts/code'
import { EditField } from '../parts/edit-field'
import layout from '../parts/layout.module.css'
import { SearchField } from '../parts/search-field'
import { SelectField } from '../parts/select-field'
import { useOperation } from '../parts/use-operation'
import type { AuditFilter, AuditKey } from './filter'

const text = messages.auditLog

const [events, actions, outcomes] = [text.events, messages.policies.actions, text.outcomes]

interface AuditFiltersProps {
  readonly filter: AuditFilter
  readonly onChange: (key: AuditKey, value: string) => void
}

export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const set = (key: AuditKey) => (value: string) => onChange(key, value)
  const policies = useOperation('policyCards')
  const choice = (key: 'event' | 'action' | 'outcome', names: Readonly<Record<string, string>>) => (
    <SelectField
      label={text[key]}
      value={filter[key] ?? ''}
      choices={[{ value: '', label: text.any }, ...Object.entries(names).map(([value, label]) => ({ value, label }))]}
      onChange={set(key)}
    />
  )
  return (
    <Card title={text.filter} testId="audit-filter" span="full">
      <div className={layout['filters']} role="search" aria-label={text.filter}>
        <SearchField label={text.subject} value={filter.subject ?? ''} onChange={set('subject')} />
        <SearchField label={text.actor} value={filter.actor ?? ''} onChange={set('actor')} />
        <SearchField
          label={text.policy}
          value={filter.policy ?? ''}
          options={(policies.data ?? []).map(({ name }) => name)}
          onChange={set('policy')}
        />
        {choice('event', events)}
        {choice('action', actions)}
        {choice('outcome', outcomes)}
        <EditField label={text.from} type="date" value={filter.from ?? ''} onChange={set('from')} />
        <EditField label={text.to} type="date" value={filter.to ?? ''} onChange={set('to')} />
        {filter.runId !== undefined && (
          <span className={layout['check']}>
            {text.ofRun} <Code>{filter.runId}</Code>
            <Button appearance="subtle" onClick={() => set('runId')('')}>
              {text.allRuns}
            </Button>
          </span>
        )}
      </div>
    </Card>
  )
}
