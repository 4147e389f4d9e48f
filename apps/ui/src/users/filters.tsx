// The filters above a user table. Each change loads the first page again.
import { productName, siteName } from '@rollcall/core/product-name'
import Button from '@atlaskit/button/new'
import { messages } from '../messages'
import layout from '../parts/layout.module.css'
import { SearchField } from '../parts/search-field'
import { SelectField } from '../parts/select-field'
import type { Filter, FilterKey } from './filter'

const text = messages.users
const shownValue = { site: siteName, product: productName }
const ages: readonly string[] = ['30d', '60d', '90d', '180d', '365d']

interface FiltersProps {
  readonly filter: Filter
  readonly onChange: (key: FilterKey, value: string) => void
  /** Whether the admin chooses site and product elsewhere on the screen. */
  readonly placed: boolean
}

/** Includes the duration from the address, so that an admin sees and can remove it. */
const agesWith = (chosen: string | undefined): readonly string[] =>
  chosen === undefined || ages.includes(chosen) ? ages : [chosen, ...ages]
const nameOfAge = (age: string): string => (/^\d+d$/.test(age) ? text.days(Number.parseInt(age, 10)) : age)

export function Filters({ filter, onChange, placed }: FiltersProps) {
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
      {choices('inactiveFor', Object.fromEntries(agesWith(filter.inactiveFor).map((age) => [age, nameOfAge(age)])))}
      {choices('managed', { true: text.managed, false: text.external })}
      <SearchField
        label={text.filter.inGroup}
        value={filter.inGroup ?? ''}
        onChange={(value) => onChange('inGroup', value)}
      />
      {!placed &&
        (['site', 'product'] as const).map(
          (key) =>
            filter[key] !== undefined && (
              <Button key={key} onClick={() => onChange(key, '')}>
                {text.without(text.filter[key], shownValue[key](filter[key]))}
              </Button>
            ),
        )}
    </div>
  )
}
