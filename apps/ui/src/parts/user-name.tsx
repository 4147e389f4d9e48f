// The name and email of a user. Names may be very long, empty, or written from right to left.
import type { ReactNode } from 'react'
import { messages } from '../messages'
import styles from './user-name.module.css'

interface UserNameProps {
  readonly name: string
  readonly email: string
  readonly accountId: string
  /** Opens the details of the user. */
  readonly onOpen?: () => void
}

export function UserName({ name, email, accountId, onOpen }: UserNameProps) {
  const shown = name === '' ? accountId : name
  const line: ReactNode = <bdi>{shown}</bdi>
  return (
    <span className={styles['person']}>
      {onOpen === undefined ? (
        <span className={styles['line']} title={shown}>
          {line}
        </span>
      ) : (
        <button type="button" className={`${styles['line']} ${styles['open']}`} title={shown} onClick={onOpen}>
          {line}
        </button>
      )}
      <span className={`${styles['line']} ${styles['mail']}`} title={email}>
        <bdi>{email === '' ? messages.noEmail : email}</bdi>
      </span>
    </span>
  )
}
