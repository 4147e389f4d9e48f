// The schedule of a policy: none, once, repeatedly at a time of day, or cron; always in a named time zone.
import { isRecord } from '../host/problem'
import { messages } from '../messages'
import { EditField } from '../parts/edit-field'
import layout from '../parts/layout.module.css'
import { SelectField } from '../parts/select-field'

const text = messages.policies
const zones = Intl.supportedValuesOf('timeZone')
const here = Intl.DateTimeFormat().resolvedOptions().timeZone
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

type Kind = keyof typeof text.scheduleKinds
type Schedule = Readonly<Record<string, unknown>>

const kindOf = (schedule: Schedule | undefined): Kind => {
  if (schedule === undefined) return 'none'
  if ('once' in schedule) return 'once'
  return 'cron' in schedule ? 'cron' : 'every'
}

const starts: Readonly<Record<Kind, Schedule | undefined>> = {
  none: undefined,
  every: { every: '1 week', on: 'monday', at: '07:00' },
  once: { once: '' },
  cron: { cron: '0 7 * * 1' },
}

interface ScheduleFieldsProps {
  readonly schedule: unknown
  readonly onChange: (schedule: Schedule | undefined) => void
}

const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

export function ScheduleFields({ schedule: given, onChange }: ScheduleFieldsProps) {
  const schedule = isRecord(given) ? given : undefined
  const kind = kindOf(schedule)
  const set = (changes: Schedule) =>
    onChange(Object.fromEntries(Object.entries({ ...schedule, ...changes }).filter(([, value]) => value !== undefined)))
  const timeZone = schedule?.['timeZone'] ?? here
  return (
    <fieldset className={layout['fieldset']}>
      <legend>{text.schedule}</legend>
      <div className={layout['filters']}>
        <SelectField
          label={text.when}
          value={kind}
          choices={Object.entries(text.scheduleKinds).map(([value, label]) => ({ value, label }))}
          onChange={(value) => {
            const start = starts[value as Kind]
            onChange(start === undefined ? undefined : { ...start, timeZone })
          }}
        />
        {schedule !== undefined && (
          <>
            <When kind={kind} schedule={schedule} set={set} />
            <EditField
              label={text.timeZone}
              value={word(schedule['timeZone'])}
              options={zones}
              onChange={(value) => set({ timeZone: value })}
            />
            <label className={layout['check']}>
              <input
                type="checkbox"
                checked={schedule['weekends'] === true}
                onChange={({ target }) => set({ weekends: target.checked ? true : undefined })}
              />
              {text.weekends}
            </label>
            <label className={layout['check']}>
              <input
                type="checkbox"
                checked={schedule['holidays'] === true}
                onChange={({ target }) => set({ holidays: target.checked ? true : undefined })}
              />
              {text.holidays}
            </label>
          </>
        )}
      </div>
    </fieldset>
  )
}

interface WhenProps {
  readonly kind: Kind
  readonly schedule: Schedule
  readonly set: (changes: Schedule) => void
}

function When({ kind, schedule, set }: WhenProps) {
  if (kind === 'once')
    return (
      <EditField
        label={text.once}
        type="datetime-local"
        value={word(schedule['once'])}
        onChange={(once) => set({ once })}
      />
    )
  if (kind === 'cron')
    return <EditField label={text.cron} value={word(schedule['cron'])} onChange={(cron) => set({ cron })} />
  const [count = '1', unit = 'week'] = word(schedule['every']).split(' ')
  const one = unit.replace(/s$/, '')
  const every = (number: string, of: string) => `${number} ${of}${number === '1' ? '' : 's'}`
  return (
    <>
      <EditField
        label={text.every}
        type="number"
        value={count}
        onChange={(number) => set({ every: every(number, one) })}
      />
      <SelectField
        label={text.unit}
        value={one}
        choices={Object.entries(text.units).map(([value, label]) => ({ value, label }))}
        onChange={(next) =>
          set({ every: every(count, next), on: next === 'week' ? 'monday' : next === 'month' ? 1 : undefined })
        }
      />
      {one === 'week' && (
        <SelectField
          label={text.on}
          value={word(schedule['on'])}
          choices={weekdays.map((value) => ({ value, label: text.weekdays[value] }))}
          onChange={(on) => set({ on })}
        />
      )}
      {one === 'month' && (
        <EditField
          label={text.onDay}
          type="number"
          value={word(schedule['on'])}
          onChange={(on) => set({ on: Number(on) })}
        />
      )}
      <EditField label={text.at} type="time" value={word(schedule['at'])} onChange={(at) => set({ at })} />
    </>
  )
}
