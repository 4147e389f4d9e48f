// A section without a heading, below the title of the screen.
import type { ReactNode } from 'react'
import styles from './panel.module.css'

interface PanelProps {
  readonly label: string
  readonly raised?: boolean
  readonly testId?: string
  readonly children: ReactNode
}

export function Panel({ label, raised = false, testId, children }: PanelProps) {
  return (
    <div
      className={`${styles['panel']} ${raised ? styles['raised'] : ''}`}
      role="group"
      aria-label={label}
      data-testid={testId}
    >
      {children}
    </div>
  )
}
