// The header of a column that the server can sort by.
import styles from './sort-button.module.css'

interface SortButtonProps {
  readonly name: string
  readonly title: string
  readonly sort: string
  readonly onSort: (sort: string) => void
}

export function SortButton({ name, title, sort, onSort }: SortButtonProps) {
  return (
    <button type="button" className={styles['sort']} onClick={() => onSort(name)}>
      {title}
      <span aria-hidden="true">{sort === name ? ' ↑' : ''}</span>
    </button>
  )
}
