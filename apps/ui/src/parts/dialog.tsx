// A dialog over the page, or a drawer at its side. It uses the browser's dialog, which keeps the focus inside and closes
// with Escape.
import Heading from '@atlaskit/heading'
import { IconButton } from '@atlaskit/button/new'
import CrossIcon from '@atlaskit/icon/core/cross'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { messages } from '../messages'
import styles from './dialog.module.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly drawer?: boolean
  readonly testId: string
  readonly children: ReactNode
}

export function Dialog({ title, onClose, drawer = false, testId, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const headingId = useId()
  useEffect(() => {
    const dialog = element.current
    const previous = document.activeElement
    dialog?.showModal()
    return () => {
      dialog?.close()
      if (previous instanceof HTMLElement) previous.focus()
    }
  }, [])
  return (
    <dialog
      ref={element}
      className={`${styles['dialog']} ${drawer ? styles['drawer'] : ''}`}
      aria-labelledby={headingId}
      data-testid={testId}
      onCancel={(event) => {
        // The event comes from a dialog above this one, which closes alone.
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
    >
      <div className={styles['head']}>
        <Heading size="medium" as="h2" id={headingId}>
          <bdi>{title}</bdi>
        </Heading>
        <IconButton icon={CrossIcon} label={messages.close} appearance="subtle" onClick={onClose} />
      </div>
      {children}
    </dialog>
  )
}
