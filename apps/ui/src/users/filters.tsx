// The filters above a user table: each change asks the host anew, from the first page on.
import { messages } from '../messages'
import layout from '../parts/layout.module.css'
import { SearchField } from '../parts/search-field'
import { SelectField } from '../parts/select-field'
import type { Filter, FilterKey } from './filter'

const text = messages.users
const ages = ['30d', '60d', '90d', '180d', '365d'] as const

interface FiltersProps {
  readonly filter: Filter
  readonly onChange: (key: FilterKey, value: string) => void
}

export function Filters({ filter, onChange }: FiltersProps) {
  const choices = (key: FilterKey, names: Readonly<Record<string, string>>) => (
    <SelectField
      label={text.filter[key]}
      value={filter[key] ?? ''}
      choices={[{ value: '', label: text.any }, ...Object.entries(names).map(([value, label]) => ({ value, label }))]}
      onChange={(value) => onChange(key, value)}
    />
  )
  return (
    <div className={layout['filters']} role="search" aria-label={text.filters}>
      <SearchField
        label={text.filter.search}
        value={filter.search ?? ''}
        onChange={(value) => onChange('search', value)}
      />
      {choices('status', { active: text.active, suspended: text.suspended, deactivated: text.deactivated })}
      {choices('inactiveFor', Object.fromEntries(ages.map((age) => [age, text.days(Number.parseInt(age, 10))])))}
      {choices('managed', { true: text.managed, false: text.external })}
      <SearchField
        label={text.filter.inGroup}
        value={filter.inGroup ?? ''}
        onChange={(value) => onChange('inGroup', value)}
      />
    </div>
  )
}
