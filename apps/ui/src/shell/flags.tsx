// The message after an action, above the lower edge of the page. A screen reader announces it, so its place stays in the page.
import { IconButton } from '@atlaskit/button/new'
import CrossIcon from '@atlaskit/icon/core/cross'
import SuccessIcon from '@atlaskit/icon/core/status-success'
import { messages } from '../messages'
import { closeFlag, useFlag } from '../parts/flag'
import styles from './flags.module.css'

export function Flags() {
  const message = useFlag()
  return (
    <div role="status" className={styles['place']}>
      {message !== undefined && (
        <div className={styles['flag']} data-testid="flag">
          <span className={styles['icon']}>
            <SuccessIcon label="" color="currentColor" />
          </span>
          <p className={styles['text']}>{message}</p>
          <IconButton
            icon={CrossIcon}
            label={messages.close}
            appearance="subtle"
            spacing="compact"
            onClick={closeFlag}
          />
        </div>
      )}
    </div>
  )
}
