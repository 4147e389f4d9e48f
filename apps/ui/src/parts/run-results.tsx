// How many changes of a run ended with each result. Failed and unknown ones are highlighted.
import { formatNumber } from './format'
import { messages } from '../messages'
import type { RunCounts } from '../overview/overview-data'
import styles from './table.module.css'

const text = messages.run
const order = ['applied', 'skipped', 'failed', 'unknown', 'notAttempted'] as const
const alarming: readonly (keyof RunCounts)[] = ['failed', 'unknown']

export function RunResults({ counts }: { readonly counts: RunCounts }) {
  return (
    <table className={styles['plain']}>
      <caption>{text.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{text.result}</th>
          <th scope="col">{text.count}</th>
        </tr>
      </thead>
      <tbody>
        {order.map((result) => (
          <tr key={result} className={alarming.includes(result) && counts[result] > 0 ? styles['alarming'] : undefined}>
            <th scope="row">{text.results[result]}</th>
            <td>{formatNumber(counts[result])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
