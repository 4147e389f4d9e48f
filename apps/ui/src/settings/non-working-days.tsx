// The weekdays and holidays that schedules skip, unless a policy says otherwise.
import Button from '@atlaskit/button/new'
import { Stack, Text } from '@atlaskit/primitives/compiled'
import { useId, useState } from 'react'
import type { ListedNonWorkingDays } from '@rollcall/api'
import { client } from '../host/client'
import { messages } from '../messages'
import { Card } from '../parts/card'
import { Failure } from '../parts/failure'
import { Fetched } from '../parts/fetched'
import layout from '../parts/layout.module.css'
import fieldStyles from '../parts/field.module.css'
import { useAction } from '../parts/use-action'
import { useOperation } from '../parts/use-operation'

const text = messages.settings

export function NonWorkingDays() {
  const query = useOperation('listNonWorkingDays')
  return (
    <Card title={text.nonWorkingDays} testId="non-working-days" span="full">
      <Fetched query={query} loading={text.loadingNonWorkingDays}>
        {(days) => <NonWorkingDaysForm key={JSON.stringify(days)} days={days} />}
      </Fetched>
    </Card>
  )
}

function NonWorkingDaysForm({ days }: { readonly days: ListedNonWorkingDays }) {
  const id = useId()
  const [weekdays, setWeekdays] = useState<readonly string[]>(days.weekdays)
  const [holidays, setHolidays] = useState(days.holidays.join('\n'))
  const save = useAction(() =>
    client.request('setNonWorkingDays', {
      body: { weekdays, holidays: holidays.split(/\s+/).filter((date) => date !== '') },
    }),
  )
  const toggle = (day: string, on: boolean) =>
    setWeekdays(on ? [...weekdays, day] : weekdays.filter((one) => one !== day))
  return (
    <Stack space="space.150" alignInline="start">
      <Text as="p">{text.nonWorkingDaysMean}</Text>
      {days.unreadable !== null && <Failure title={messages.errors.partTitle} message={days.unreadable} />}
      <div className={layout['filters']} role="group" aria-label={text.weekdays}>
        {Object.entries(messages.policies.weekdays).map(([day, label]) => (
          <label key={day} className={layout['check']}>
            <input
              type="checkbox"
              checked={weekdays.includes(day)}
              onChange={({ target }) => toggle(day, target.checked)}
            />
            {label}
          </label>
        ))}
      </div>
      <div className={fieldStyles['field']}>
        <label className={fieldStyles['label']} htmlFor={id}>
          {text.holidays}
        </label>
        <textarea
          id={id}
          className={fieldStyles['input']}
          rows={4}
          value={holidays}
          onChange={({ target }) => setHolidays(target.value)}
        />
      </div>
      {save.error && <Failure title={text.notSaved} message={save.error.message} />}
      <Button isLoading={save.isPending} onClick={() => save.mutate()}>
        {text.saveNonWorkingDays}
      </Button>
    </Stack>
  )
}
