// The form of a policy: name, scope, conditions, action, schedule, limits and approval.
import { placeName } from '@rollcall/core/product-name'
import { Stack } from '@atlaskit/primitives/compiled'
import { isRecord } from '../host/problem'
import { messages } from '../messages'
import { EditField } from '../parts/edit-field'
import { SelectField } from '../parts/select-field'
import { useOperation } from '../parts/use-operation'
import { needOf } from './action-needs'
import { ConditionLines } from './condition-lines'
import { withPart, type Draft } from './draft'
import { LimitFields } from './limit-fields'
import { ScheduleFields } from './schedule-fields'

const text = messages.policies

interface PolicyFormProps {
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  /** Whether a new name makes a new policy. */
  readonly renames: boolean
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

export function PolicyForm({ draft, onChange, renames }: PolicyFormProps) {
  const licenses = useOperation('licenses')
  const set = (key: string, value: unknown) => onChange(withPart(draft, key, value))
  const scope = isRecord(draft['scope']) ? `${word(draft['scope']['site'])} ${word(draft['scope']['product'])}` : ''
  const places = (licenses.data ?? []).map(({ site, product }) => ({
    value: `${site} ${product}`,
    label: placeName(site, product),
  }))
  const known = scope === '' || places.some(({ value }) => value === scope)
  const action = Array.isArray(draft['actions']) ? word(draft['actions'][0]) : ''
  return (
    <Stack space="space.200">
      <EditField
        label={text.name}
        help={renames ? text.renameHelp : ''}
        value={word(draft['name'])}
        onChange={(value) => set('name', value)}
      />
      <SelectField
        label={text.scope}
        value={scope}
        choices={[
          { value: '', label: text.organization },
          ...places,
          ...(known ? [] : [{ value: scope, label: scope }]),
        ]}
        onChange={(value) => {
          const [site, product] = value.split(' ')
          set('scope', value === '' ? 'organization' : { site, product })
        }}
      />
      <ConditionLines draft={draft} onChange={onChange} />
      <SelectField
        label={messages.users.action}
        value={action}
        choices={Object.entries(text.actions).map(([value, label]) => ({ value, label }))}
        onChange={(value) => set('actions', [value])}
      />
      {needOf(action) === 'group' && (
        <EditField label={text.group} help="" value={word(draft['group'])} onChange={(value) => set('group', value)} />
      )}
      <ScheduleFields schedule={draft['schedule']} onChange={(value) => set('schedule', value)} />
      <SelectField
        label={text.approval}
        value={word(draft['approval'])}
        choices={Object.entries(text.approvals).map(([value, label]) => ({ value, label }))}
        onChange={(value) => set('approval', value)}
      />
      <LimitFields limits={draft['limits']} onChange={(value) => set('limits', value)} />
    </Stack>
  )
}
