// Users in groups, as one divided bar and a table of the same numbers.
import { formatNumber, formatShare } from './format'
import styles from './divided-bar.module.css'
import tableStyles from './table.module.css'

export type Tone = 'success' | 'warning' | 'danger' | 'discovery' | 'neutral'

export interface Part {
  readonly name: string
  readonly label: string
  readonly count: number
  readonly tone: Tone
}

interface DividedBarProps {
  readonly parts: readonly Part[]
  /** The number that all percentages refer to. */
  readonly total: number
  readonly caption: string
  readonly heads: { readonly part: string; readonly count: string; readonly percentage: string }
}

export const Bar = ({ parts, tall = false }: { readonly parts: readonly Part[]; readonly tall?: boolean }) => (
  <div className={`${styles['bar']} ${tall ? styles['tall'] : ''}`} aria-hidden="true">
    {parts.map(({ name, count, tone }) => (
      <span key={name} className={styles[tone]} style={{ flexGrow: count }} hidden={count === 0} />
    ))}
  </div>
)

export const Numbers = ({ parts, total, caption, heads }: DividedBarProps) => (
  <table className={tableStyles['plain']}>
    <caption>{caption}</caption>
    <thead>
      <tr>
        <th scope="col">{heads.part}</th>
        <th scope="col">{heads.count}</th>
        <th scope="col">{heads.percentage}</th>
      </tr>
    </thead>
    <tbody>
      {parts.map(({ name, label, count, tone }) => (
        <tr key={name}>
          <th scope="row">
            <span className={`${styles['dot']} ${styles[tone]}`} aria-hidden="true" />
            {label}
          </th>
          <td>{formatNumber(count)}</td>
          <td>{formatShare(count, total)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
